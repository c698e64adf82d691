"""The command line's grammar. Everything is described here; nothing is imported to do it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, NoReturn

from mleg_tui import __version__
from mleg_tui.cli import (
    argparse_in_polish,
    office_arguments,
    screens_arguments,
    simulation_arguments,
    store_arguments,
)
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.language import VARIABLE
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.locale import LANGUAGES, _

PROGRAM = "mleg-tui"
_WIDTH = 80
_SCREEN_ONLY = ("university", "speed", "theme", "screen", "follow", "scenario")
_Groups = Any
"""What ``add_subparsers`` returns; argparse keeps its class to itself."""


class BadUsage(BadInput):
    """The command line cannot be understood."""

    message = N_("Błędne użycie: {problem}")
    advice = N_("Pomoc: {command} --help")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help of one width: asking for the terminal's would load half of shutil for every command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser that raises ``BadUsage`` and takes the options that work at every level.

    An option that is not given leaves no trace, so that the same option can stand before the
    command or after it.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            argument_default=argparse.SUPPRESS,
            allow_abbrev=False,
            formatter_class=_Help,
            **settings,
        )
        self.add_argument(
            "--store",
            metavar=_("MAGAZYN"),
            help=_("magazyn danych: ścieżka, sqlite:ŚCIEŻKA, postgresql://… albo memory:"),
        )
        self.add_argument("--lang", choices=LANGUAGES, help=_("język (domyślnie polski)"))

    def error(self, message: str) -> NoReturn:
        """Raise ``BadUsage`` instead of printing and exiting."""
        raise BadUsage(problem=message, command=self.prog)

    def commands(self, dest: str, *, required: bool) -> _Groups:
        """Begin the list of commands that follow here."""
        return self.add_subparsers(
            dest=dest, required=required, title=_("polecenia"), metavar=_("POLECENIE")
        )


def build(environ: Mapping[str, str]) -> Parser:
    """Return the parser of the whole command line, in the language that is spoken."""
    argparse_in_polish.install()
    parser = Parser(
        prog=PROGRAM,
        description=_(
            "Symulator zamawiania mLegitymacji w terminalu. SYMULACJA — NIE JEST DOKUMENTEM.\n"
            "Bez polecenia otwiera program na całym ekranie."
        ),
        epilog=_(
            "Kody wyjścia: 0 zrobione, 1 odmowa (powód na wyjściu błędów), 2 błędne użycie,\n"
            "3 magazynu danych nie można użyć, 5 odmowa zalogowania, 130 przerwano.\n"
            "Zmienne: MLEG_TUI_STORE, MLEG_TUI_PASSWORD, MLEG_TUI_LANG, MLEG_TUI_SPEED,\n"
            "MLEG_TUI_SEED, MLEG_TUI_NOW, NO_COLOR."
        ),
    )
    if environ.get(VARIABLE) and environ[VARIABLE] not in LANGUAGES:
        parser.error(_("{name} to pl albo en").format(name=VARIABLE))
    parser.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__}",
        help=_("pokazuje wersję"),
    )
    _add_program(parser)
    groups = parser.commands("group", required=False)
    _add_order(groups)
    _add_phone(groups)
    _add_office(groups)
    _add_simulation(groups)
    _add_store(groups)
    _add_screens(groups)
    _add_doctor(groups)
    return parser


def refuse_misplaced(arguments: Arguments) -> None:
    """Raise ``BadUsage`` for an option of the program's screen that stands with a command."""
    given = [f"--{name}" for name in _SCREEN_ONLY if getattr(arguments, name) is not None]
    if arguments.group is not None and given:
        problem = _("tylko bez polecenia działa: {options}").format(options=", ".join(given))
        raise BadUsage(problem=problem, command=PROGRAM)


def _add_program(parser: Parser) -> None:
    screen = parser.add_argument_group(_("opcje programu"))
    screen.add_argument("--university", metavar="ID", help=_("uczelnia na stronie logowania"))
    screen.add_argument(
        "--scenario", metavar=_("NAZWA"), help=_("przygotowuje scenariusz i konto do niego")
    )
    screen.add_argument("--speed", metavar="N", help=_("ile razy szybciej płynie czas symulacji"))
    screen.add_argument("--theme", metavar=_("NAZWA"), help=_("motyw kolorów"))
    screen.add_argument("--user", metavar="LOGIN", help=_("konto, na które się zalogować"))
    screen.add_argument(
        "--screen",
        choices=("usosweb", "mobilny-usos", "mobywatel", "office"),
        help=_("od czego zacząć po zalogowaniu"),
    )
    screen.add_argument(
        "--follow",
        choices=("live", "as-in-usosweb"),
        help=_("strona śledzi zamówienie sama albo, jak w USOSweb, po odświeżeniu"),
    )


def _add_order(groups: _Groups) -> None:
    summary = _("zamówienie mLegitymacji jako zwykłe wiersze tekstu")
    order = groups.add_parser("order", help=summary, description=summary)
    commands = order.commands("command", required=True)
    for name, does in (
        ("conditions", _("pokazuje warunki i czy są spełnione")),
        ("place", _("zamawia mLegitymację")),
        ("status", _("pokazuje zamówienie i jego historię")),
        ("cancel", _("anuluje zamówienie, dopóki nie jest gotowe")),
        ("revoke", _("unieważnia gotową mLegitymację")),
        ("qr", _("pokazuje kod QR i kod aktywacyjny")),
    ):
        command = _leaf(commands, name, does, "order")
        command.add_argument("--user", metavar="LOGIN", help=_("konto studenta"))
        _add_json(command)
        if name == "place":
            command.add_argument(
                "--consent",
                action="append",
                metavar="all|ID",
                help=_("udzielona zgoda; można powtórzyć albo oddzielić przecinkami"),
            )
        if name in ("cancel", "revoke"):
            command.add_argument(
                "--yes", action="store_true", default=argparse.SUPPRESS, help=_("nie pyta")
            )


def _add_phone(groups: _Groups) -> None:
    summary = _("telefon z aplikacją mObywatel jako zwykłe wiersze tekstu")
    phone = groups.add_parser("phone", help=summary, description=summary)
    commands = phone.commands("command", required=True)
    for name, does in (
        ("add", _("dodaje mLegitymację; czyta token i kod aktywacyjny, każdy w swoim wierszu")),
        ("show", _("pokazuje dokument, jak telefon, także bez sieci")),
        ("update", _("pobiera aktualne dane i ważność dokumentu")),
        ("remove", _("usuwa dokument z telefonu")),
        ("verify", _("sprawdza dokument: pyta o niego kontroler, udostępnia go student")),
    ):
        command = _leaf(commands, name, does, "phone")
        command.add_argument("--user", metavar="LOGIN", help=_("konto studenta albo kontrolera"))
        command.add_argument("--phone", choices=("1", "2"), help=_("który telefon (domyślnie 1)"))
        _add_json(command)
        if name == "add":
            _add_switch(command, "--accept-terms", _("akceptuje regulamin usługi"))
        if name == "remove":
            _add_switch(command, "--yes", _("nie pyta"))
        if name == "verify":
            command.add_argument("--code", metavar="N", help=_("sześć cyfr sprawdzenia"))
            _add_switch(command, "--share", _("udostępnia dane pod tym kodem"))


def _add_office(groups: _Groups) -> None:
    summary = _("dziekanat: zamówienia, studenci i decyzje jako zwykłe wiersze tekstu")
    office = groups.add_parser("office", help=summary, description=summary)
    office_arguments.add(office.commands("command", required=True))


def _add_switch(command: Parser, name: str, does: str) -> None:
    command.add_argument(name, action="store_true", default=argparse.SUPPRESS, help=does)


def _add_simulation(groups: _Groups) -> None:
    for name, summary, add in (
        (
            "time",
            _("czas symulacji, wspólny dla całego magazynu danych"),
            simulation_arguments.add_time,
        ),
        (
            "simulation",
            _("przełączniki symulacji; nie są częścią prawdziwych systemów"),
            simulation_arguments.add_simulation,
        ),
        (
            "scenario",
            _("scenariusze: problemy, które ludzie naprawdę mają"),
            simulation_arguments.add_scenario,
        ),
    ):
        group = groups.add_parser(name, help=summary, description=summary)
        add(group.commands("command", required=True))


def _add_store(groups: _Groups) -> None:
    summary = _("magazyn danych")
    commands = groups.add_parser("store", help=summary, description=summary).commands(
        "command", required=True
    )
    store_arguments.add(commands)


def _add_screens(groups: _Groups) -> None:
    summary = _("wszystkie ekrany jako zdjęcia, do testów w CI")
    screens = groups.add_parser("screens", help=summary, description=summary)
    screens.set_defaults(module="mleg_tui.cli.screens_commands")
    screens_arguments.add(screens)
    _add_json(screens)


def _add_doctor(groups: _Groups) -> None:
    summary = _("pokazuje, co warto podać w zgłoszeniu błędu")
    doctor = groups.add_parser("doctor", help=summary, description=summary)
    doctor.set_defaults(module="mleg_tui.cli.doctor")
    _add_json(doctor)


def _leaf(commands: _Groups, name: str, does: str, group: str) -> Parser:
    command: Parser = commands.add_parser(name, help=does, description=does)
    command.set_defaults(module=f"mleg_tui.cli.{group}_commands")
    return command


def _add_json(command: Parser) -> None:
    command.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=_("jeden dokument JSON")
    )
