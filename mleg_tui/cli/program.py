"""``mleg-tui`` without a command: the program on the whole screen."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mleg_tui import preflight
from mleg_tui.cli import output
from mleg_tui.cli.parser import PROGRAM
from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.languages import VARIABLE as LANGUAGE_VARIABLE
from mleg_tui.locale import Speech, speak, speech

if TYPE_CHECKING:
    from argparse import Namespace

    from mleg_tui.services.services import Services
    from mleg_tui.ui.start import Left


class Program(NamedTuple):
    """How the program begins; the options are described in the parser, for every start."""

    store: str | None = None
    lang: str | None = None
    university: str | None = None
    scenario: str | None = None
    speed: str | None = None
    theme: str | None = None
    plain: bool = False
    user: str | None = None
    config: str | None = None
    screen: str = "usosweb"
    follow: str | None = None
    served: str | None = None
    """The address of somebody who sits elsewhere, empty where sshd tells it."""

    @classmethod
    def from_parsed(cls, parsed: Namespace) -> Self:
        """Return what was given on the command line; the rest is as the fields say."""
        return cls(**{name: getattr(parsed, name) for name in cls._fields if name in parsed})


def run(arguments: Program) -> int:
    """Show the program until the user leaves it; return its exit status."""
    refusal = preflight.check(os.environ)
    if refusal is not None:
        output.tell(refusal.message)
        return refusal.exit_status
    return _show(arguments)


def _show(arguments: Program) -> int:
    """Show the program, and after each demonstration that is asked for there its login page."""
    while True:
        left = _visit(arguments)
        if left.demo is None:
            return left.status
        from mleg_tui.cli.demo import watch

        status = watch(left.demo, left.language, left.theme)
        if status:
            return status
        arguments = arguments._replace(
            user=None, scenario=None, lang=left.language, theme=left.theme
        )


def _visit(arguments: Program) -> Left:
    # Textual and the services are loaded only where there is a screen to show them on.
    from mleg_tui.cli.config import check_theme, chosen_settings, config_path
    from mleg_tui.cli.crash import log_kept
    from mleg_tui.cli.person import PASSWORD_VARIABLE
    from mleg_tui.compose import open_services, settings_from

    local = arguments.served is None
    settings = chosen_settings(arguments.config, own=local)
    if settings and settings.language and not (arguments.lang or os.environ.get(LANGUAGE_VARIABLE)):
        speak(Speech(settings.language))
    services = open_services(settings_from(os.environ, arguments.store))
    with closing(services), log_kept():
        if arguments.theme:
            check_theme(arguments.theme, PROGRAM)
        speed = arguments.speed or os.environ.get("MLEG_TUI_SPEED")
        if speed:
            from mleg_tui.simulation.typed import parse_speed

            services.time.borrow_speed(parse_speed(speed))
        if arguments.scenario:
            arguments = _set_up(services, arguments.scenario, arguments)
        from mleg_tui.textual_internals.without_palette import load_textual

        load_textual()
        from mleg_tui.ui.start import show

        return show(
            services,
            language=arguments.lang or speech().code,
            theme=arguments.theme or (settings.theme if settings else None),
            university=arguments.university,
            login=arguments.user,
            password=os.environ.get(PASSWORD_VARIABLE),
            follow=(arguments.follow or (settings.follow if settings else None)) != "as-in-usosweb",
            screen=arguments.screen,
            local=local,
            source=_source(arguments),
            settings=settings,
            config=config_path(arguments.config, os.environ) if local else None,
            plain=arguments.plain or bool(settings and settings.plain),
            encoding=preflight.encoding(os.environ),
            play_demo=_play_demo,
        )


async def _play_demo(*how: Any) -> None:
    """Play a demonstration to a class, on a store in memory."""
    from mleg_tui.compose import Settings, open_services
    from mleg_tui.demo.to_all import play_unattended

    await play_unattended(lambda begin, at: open_services(Settings("memory:", begin), at), *how)


def _source(arguments: Program) -> str:
    """Return the address of somebody who is served: as given, else as sshd tells it."""
    if arguments.served is None:
        return ""
    return arguments.served or os.environ.get("SSH_CONNECTION", "").partition(" ")[0]


def _set_up(services: Services, name: str, arguments: Program) -> Program:
    """Set a scenario up; what the command line leaves open is as the scenario wants it."""
    from mleg_tui.errands.play import Scenarios
    from mleg_tui.services.session import Administrator

    scenarios = Scenarios(services)
    chosen = scenarios.named(name)
    scenarios.set_up(Administrator(), chosen)
    student = next(student for student in chosen.students if student.id == chosen.account)
    language = chosen.language if chosen.language != SOURCE_LANGUAGE else None
    return arguments._replace(
        user=arguments.user or student.id,
        university=arguments.university or student.university,
        lang=arguments.lang or language,
    )
