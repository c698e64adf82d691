"""Differing pictures side by side, as a page for a browser, made from the texts alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>mleg-tui screens</title>
<style>
body {{ font-family: sans-serif; background: #fff; color: #111 }}
pre {{ display: inline-block; vertical-align: top; margin: 0 1em 1em 0; line-height: 1.2;
  font-family: "DejaVu Sans Mono", monospace; background: #222; color: #ddd }}
.changed {{ outline: 1px solid #f0f }}
</style>
<h1>mleg-tui screens</h1>
{body}
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a picture: its character and the description of its style."""

    character: str
    style: str


def page(pairs: Iterable[tuple[str, str, str]]) -> str:
    """Return the page for pictures given as name, kept text and taken text."""
    return _PAGE.format(body="\n".join(_section(*pair) for pair in pairs))


def _section(name: str, before: str, after: str) -> str:
    old, new = _cells(before), _cells(after)
    return f"<h2>{escape(name)}</h2>\n{_drawn(old, new)}\n{_drawn(new, old)}"


def _cells(text: str) -> list[list[Cell]]:
    """Read a picture's text back. A wide character is one cell that stands for two columns."""
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
    return [style for code, _, count in runs for style in [meanings.get(code, "")] * int(count)]


def _drawn(rows: Sequence[Sequence[Cell]], others: Sequence[Sequence[Cell]]) -> str:
    lines = ("".join(_spans(row, other)) for row, other in zip_longest(rows, others, fillvalue=()))
    return f"<pre>{chr(10).join(lines)}</pre>"


def _spans(row: Sequence[Cell], other: Sequence[Cell]) -> Iterator[str]:
    for number, cell in enumerate(row):
        changed = number >= len(other) or cell != other[number]
        css = _css(cell.style)
        kind = ' class="changed"' if changed else ""
        yield f'<span{kind} style="{css}">{escape(cell.character)}</span>'


def _css(style: str) -> str:
    colours, _, flags = style.partition(" on ")
    background, _, marks = flags.partition(" ")
    rules = [f"color:{colours}", f"background:{background}"]
    if "b" in marks:
        rules.append("font-weight:bold")
    if "u" in marks:
        rules.append("text-decoration:underline")
    if "i" in marks:
        rules.append("font-style:italic")
    return ";".join(
        rule for rule in rules if rule.endswith(tuple("0123456789abcdefghijklmnopqrstuvwxyz"))
    )
