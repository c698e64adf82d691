"""A plain command for somebody whom the SSH server knows; see ``serve.ssh.plain_commands``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from mleg_tui import languages
from mleg_tui.cli import main, output, person
from mleg_tui.cli.output import exit_status
from mleg_tui.cli.parser import build
from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import NotYours
from mleg_tui.locale import Speech, speak

_OFFERED = ("order", "phone", "office")
_FILES = {"store", "config", "data", "file", "out", "roster"}
"""Options that name files of this machine; some of them work with every command."""


class NotOffered(Refused):
    """Only what an account may do for itself is offered over SSH."""

    message = N_("Tego polecenia nie ma przez SSH.")
    advice = N_("Są: {commands}; magazyn danych wskazuje serwer.")


def run() -> int:
    """Obey the words of the errand in the name of its login; return the exit status."""
    errand = json.loads(sys.stdin.buffer.readline())
    os.environ[languages.VARIABLE] = errand["language"]
    speak(Speech(errand["language"]))
    output.prepare()
    words, login = errand["words"], errand["login"]
    try:
        _check(words, login)
    except MlegError as error:
        output.tell_error(error)
        return exit_status(error)
    person.vouched_for = login
    return main([*words, "--user", login])


def _check(words: Sequence[str], login: str) -> None:
    """Raise ``NotOffered`` for other commands and stores, ``NotYours`` for other people."""
    if not words or "--version" in words:
        raise NotOffered(commands=", ".join(_OFFERED))
    parsed = build(os.environ).parse_args(words)
    if parsed.group not in _OFFERED or not _FILES.isdisjoint(vars(parsed)):
        raise NotOffered(commands=", ".join(_OFFERED))
    if getattr(parsed, "user", login) != login:
        raise NotYours


if __name__ == "__main__":
    sys.exit(run())
