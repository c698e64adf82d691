"""What differs between two snapshots, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby, zip_longest

from mleg_tui.locale import _, ngettext

LINES = 60
"""The most lines that a comparison shows."""


def differences(kept: str, taken: str, *, limit: int = LINES) -> list[str]:
    """Give what changed, the last line saying how much is left out; nothing for equal pictures.

    A row whose text changed is there twice (`-` as kept, `+` as taken); where only colours did,
    a line that begins with `~` names the row, the columns, their text and both styles.
    """
    if kept == taken:
        return []
    if kept.splitlines() == taken.splitlines():
        return ["! " + _("te same wiersze, ale inaczej zakończone")]
    changes = [*_head(kept, taken), *_rows(cells(kept), cells(taken))] or _lines(kept, taken)
    hidden = len(changes) - limit
    if hidden <= 0:
        return changes
    more = ngettext("… i {count} wiersz", "… i {count} wiersze", hidden)
    return [*changes[:limit], more.format(count=hidden)]


def _head(kept: str, taken: str) -> list[str]:
    before, after = (text.partition("\n")[0].rstrip("\r") for text in (kept, taken))
    return [] if before == after else [f"-{before}", f"+{after}"]


def _rows(kept: list[list[Cell]], taken: list[list[Cell]]) -> Iterator[str]:
    for number, (old, new) in enumerate(zip_longest(kept, taken)):
        before, after = _text(old), _text(new)
        if before == after and old is not None and new is not None:
            yield from _styles(number, old, new)
            continue
        if before is not None:
            yield f"-{number:02}│{before}"
        if after is not None:
            yield f"+{number:02}│{after}"


def _text(row: Sequence[Cell] | None) -> str | None:
    return None if row is None else "".join(cell.character for cell in row).rstrip()


def _styles(row: int, old: list[Cell], new: list[Cell]) -> Iterator[str]:
    column = 0
    pairs = zip_longest(old, new, fillvalue=Cell("", ""))
    for (before, after), run in groupby(pairs, key=lambda pair: (pair[0].style, pair[1].style)):
        text = "".join(cell.character for _before, cell in run)
        if before != after:
            columns = f"{column}-{column + len(text) - 1}"
            yield f"~{row:02}│{columns} „{text.strip()}”: {before} → {after}"
        column += len(text)


def _lines(kept: str, taken: str) -> list[str]:
    """Compare what is no picture, or one whose cells are equal."""
    return [
        line
        for line in unified_diff(kept.splitlines(), taken.splitlines(), n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a picture: its character and the description of its style."""

    character: str
    style: str


def cells(text: str) -> list[list[Cell]]:
    """Return the rows of a picture. A wide character is one cell that stands for two columns."""
    head, _, rest = text.partition("# styles\n")
    runs, _, legend = rest.partition("# legend\n")
    meanings = dict(line.split(" = ", 1) for line in legend.splitlines() if " = " in line)
    rows = [line.split("│", 1)[1].removesuffix("│") for line in head.splitlines() if "│" in line]
    styles = [_styles_of(line, meanings) for line in runs.splitlines()]
    return [
        [Cell(character, style) for character, style in zip_longest(row, named, fillvalue="")]
        for row, named in zip_longest(rows, styles, fillvalue=())
    ]


def _styles_of(line: str, meanings: dict[str, str]) -> list[str]:
    runs = (run.partition("*") for run in line.split()[1:])
    return [
        style
        for code, _, count in runs
        if count.isdecimal()
        for style in [meanings.get(code, "")] * int(count)
    ]
