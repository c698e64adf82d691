"""A snapshot read back: which character is where, and in which style."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest


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
    styles = [_styles(line, meanings) for line in runs.splitlines()]
    return [
        [Cell(character, style) for character, style in zip_longest(row, named, fillvalue="")]
        for row, named in zip_longest(rows, styles, fillvalue=())
    ]


def _styles(line: str, meanings: dict[str, str]) -> list[str]:
    runs = (run.partition("*") for run in line.split()[1:])
    return [
        style
        for code, _, count in runs
        if count.isdecimal()
        for style in [meanings.get(code, "")] * int(count)
    ]
