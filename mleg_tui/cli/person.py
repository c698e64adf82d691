"""Talking to the person at the terminal: who they are, and whether they mean it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.domain.errors import LoginRefused, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session

PASSWORD_VARIABLE = "MLEG_TUI_PASSWORD"  # noqa: S105 - its name, not its value
_YES = frozenset({"t", "tak", "y", "yes"})


class NoPassword(LoginRefused):
    """There is no password, and nobody to ask for it."""

    message = N_("Nie podano hasła, a nie ma terminala, na którym można o nie zapytać.")
    advice = N_("Ustaw zmienną MLEG_TUI_PASSWORD albo uruchom polecenie w terminalu.")


class NotConfirmed(Refused):
    """What needs a yes did not get one."""

    message = N_("Nie potwierdzono, więc nic się nie zmieniło.")
    advice = N_("Potwierdź w terminalu albo dodaj opcję --yes.")


vouched_for: str | None = None
"""Whose command this process runs, where somebody else has made sure of it: the SSH server."""


def password() -> str:
    """Return the password from the environment, else ask for it. Raises ``NoPassword``.

    Who is vouched for needs none.
    """
    if vouched_for is not None:
        return ""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not _is_there():
        raise NoPassword
    from getpass import getpass

    try:
        return getpass(_("Hasło: "), stream=sys.stderr)
    except (EOFError, UnicodeDecodeError):
        return ""


def sign_in(services: Services, login: str, password: str) -> Session:
    """Return the session of an account. Raises ``LoginRefused``."""
    if vouched_for is None:
        return services.login.sign_in(login, password)
    return services.login.vouch(vouched_for)


def confirm(question: str, *, yes: bool) -> None:
    """Go on only if the person means it. Raises ``NotConfirmed``."""
    if not (yes or (_is_there() and _agrees(question))):
        raise NotConfirmed


def _is_there() -> bool:
    """Tell whether somebody can read a question and answer it."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _agrees(question: str) -> bool:
    output.tell(_("{question} [t/N]").format(question=question))
    try:
        return sys.stdin.readline().strip().casefold() in _YES
    except UnicodeDecodeError:
        return False
