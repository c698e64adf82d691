"""``mleg-tui manual``: the man page, made from the command line's own grammar."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator

from mleg_tui import __version__
from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, sole
from mleg_tui.cli.output import without_home
from mleg_tui.cli.parser import PROGRAM, Parser, whole
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

VARIABLES = {
    "MLEG_TUI_STORE": N_("magazyn danych, jak --store"),
    "MLEG_TUI_PASSWORD": N_("hasło konta z --user; bez niej program pyta o hasło"),
    "MLEG_TUI_LANG": N_("język, jak --lang"),
    "MLEG_TUI_SPEED": N_("ile razy szybciej płynie czas symulacji, dopóki program działa"),
    "MLEG_TUI_SEED": N_("liczba, od której zależą kody i czasy: ta sama daje to samo"),
    "MLEG_TUI_NOW": N_("chwila w ISO 8601, w której nowy magazyn danych zaczyna i stoi"),
    "MLEG_TUI_CONFIG": N_("plik konfiguracji, jak --config"),
    "NO_COLOR": N_("ekran bez kolorów"),
}
STATUSES = {
    "0": N_("zrobione"),
    "1": N_("odmowa; powód jest na wyjściu błędów"),
    "2": N_("błędne użycie albo terminal, który nie pokaże ekranu"),
    "3": N_("magazynu danych nie można użyć; pozostał nietknięty"),
    "4": N_("zdjęcia ekranów się różnią"),
    "5": N_("odmowa zalogowania"),
    "130": N_("przerwano"),
}


def _run(_arguments: Arguments) -> int:
    """Print the page in roff, in the language that is spoken."""
    output.show(page(whole(os.environ)))
    return 0


def page(parser: Parser) -> Iterator[str]:
    """Yield the lines of the man page of a command line and all its commands."""
    yield f'.TH {_quoted(PROGRAM.upper())} "1" "" "{PROGRAM} {__version__}" "{PROGRAM}"'
    yield from _section(_("NAZWA"))
    purpose = _("symulator zamawiania mLegitymacji w terminalu")
    yield rf"{_text(PROGRAM)} \- {_text(purpose)}"
    yield from _section(_("SKŁADNIA"))
    yield rf".B {_text(PROGRAM)}"
    yield _text(f"[{_('opcje')}] [{_('POLECENIE')} …]")
    yield from _section(_("OPIS"))
    yield from _paragraph(parser.description or "")
    for title, actions in parser.groups():
        yield from _section(title.upper())
        yield from _list(map(_entry, actions))
    yield from _section(_("POLECENIA"))
    for command in parser.leaves():
        yield from _command(command)
    yield from _section(_("KODY WYJŚCIA"))
    yield from _list((status, _(meaning)) for status, meaning in STATUSES.items())
    yield from _section(_("ŚRODOWISKO"))
    yield from _list((name, _(meaning)) for name, meaning in VARIABLES.items())
    yield from _section(_("PLIKI"))
    yield from _list(_files())


def _files() -> Iterator[tuple[str, str]]:
    from mleg_tui.cli.config import default_config
    from mleg_tui.cli.crash import log_path
    from mleg_tui.compose import default_store

    yield without_home(default_store()), _("magazyn danych, gdy nie wskazano innego")
    yield without_home(str(default_config())), _("plik konfiguracji, gdy nie wskazano innego")
    yield without_home(str(log_path())), _("dziennik nieoczekiwanych błędów")


def _command(parser: Parser) -> Iterator[str]:
    yield f".SS {_text(parser.prog)}"
    yield from _paragraph(parser.description or "")
    for _title, actions in parser.groups(own=True):
        yield from _list(map(_entry, actions))


def _entry(action: argparse.Action) -> tuple[str, str]:
    """Return how an option or an argument is written, and what it means."""
    metavar = action.metavar if isinstance(action.metavar, str) else None
    value = metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
    if action.nargs == 0:
        value = ""
    names = ", ".join(action.option_strings)
    return f"{names} {value}".strip(), action.help or ""


def _list(entries: Iterator[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in entries:
        yield ".TP"
        yield rf"\fB{_text(term)}\fR"
        yield from _paragraph(meaning)


def _section(title: str) -> Iterator[str]:
    yield f".SH {_quoted(title)}"


def _paragraph(text: str) -> Iterator[str]:
    return (_text(line) for line in text.splitlines())


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """Escape what roff would take for a request or a hyphen of its own."""
    escaped = re.sub(r"[\\-]", lambda sign: r"\e" if sign[0] == "\\" else r"\-", text)
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


COMMAND = sole(Arguments, _run)
