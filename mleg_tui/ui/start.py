"""From the command line to the first screen."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mleg_tui import splash
from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.services.services import Services
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.options import Options
from mleg_tui.ui.settings import Settings
from mleg_tui.ui.themes import LIGHT

if TYPE_CHECKING:
    from mleg_tui.ui.classroom.demo import PlayDemo


class Left(NamedTuple):
    """How the program was left: with which exit status, and which demonstration comes next.

    ``language`` and ``theme`` are those that it had in the end.
    """

    status: int
    demo: str | None
    language: str
    theme: str


class LocalMlegTui(MlegTui):
    """The program in a process of its own."""

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Apply the theme; before there is a screen, only see that the rules are read with it.

        Textual would read all of them at once, and again for the first screen.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    async def on_mount(self) -> None:
        """Take over from the first frame, which is not to be taken down any more."""
        splash.hand_over()

    def on_ready(self) -> None:
        """Collect garbage again, which the start did without; what is there now will stay."""
        gc.freeze()
        gc.enable()


def show(
    services: Services,
    *,
    language: str = SOURCE_LANGUAGE,
    theme: str | None = None,
    university: str | None = None,
    login: str | None = None,
    password: str | None = None,
    follow: bool = True,
    screen: str = "usosweb",
    local: bool = True,
    source: str = "",
    settings: Settings | None = None,
    config: Path | None = None,
    plain: bool = False,
    encoding: str = "utf-8",
    play_demo: PlayDemo | None = None,
) -> Left:
    """Run the program until the user leaves it; return how.

    With a login and its password the session begins behind the login page. Raises
    ``LoginRefused``, and ``UnknownUniversity``.
    """
    session = services.login.sign_in(login, password, source) if login and password else None
    options = Options(
        language=language,
        theme=theme or LIGHT.name,
        university=university or (session and session.account.university) or DEFAULT_UNIVERSITY,
        login=login or "",
        follow=follow,
        screen=screen,
        local=local,
        source=source,
        keymap=settings.keymap if settings else Keymap(),
        settings=settings or Settings(),
        config=config,
        plain=plain,
        encoding=encoding,
        play_demo=play_demo,
    )
    app = LocalMlegTui(services, options, session)
    app.run()
    if app.demo is not None:
        app.relent()
    return Left(app.return_code or 0, app.demo, app.speech.code, app.chosen_theme)
