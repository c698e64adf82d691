"""From the command line to the first screen."""

from __future__ import annotations

import gc

from mleg_tui.services.services import Services
from mleg_tui.ui.app import MlegTui, Options
from mleg_tui.ui.terminal import restore_on_signals, tolerate_invalid_input
from mleg_tui.ui.themes import LIGHT


class LocalMlegTui(MlegTui):
    """The program on the user's own terminal, whose signals it may take."""

    async def on_mount(self) -> None:
        """See that the terminal is put right again, however the program ends."""
        restore_on_signals(self)

    def on_ready(self) -> None:
        """Collect garbage again, which the start did without; what is there now will stay."""
        gc.freeze()
        gc.enable()


def show(
    services: Services,
    *,
    language: str = "pl",
    theme: str | None = None,
    university: str | None = None,
    login: str | None = None,
    password: str | None = None,
    follow: bool = True,
    screen: str = "usosweb",
) -> int:
    """Run the program until the user leaves it; return its exit status.

    With a login and its password the session begins behind the login page. Raises
    ``LoginRefused``, and ``UnknownUniversity``.
    """
    session = services.login.sign_in(login, password) if login and password else None
    options = Options(
        language=language,
        theme=theme or LIGHT.name,
        university=university or (session and session.account.university) or "agh",
        login=login or "",
        follow=follow,
        screen=screen,
    )
    tolerate_invalid_input()
    app = LocalMlegTui(services, options, session)
    app.run()
    return app.return_code or 0
