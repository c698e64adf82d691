"""Differing snapshots side by side, as a page for a browser, made from the texts alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest

from mleg_tui.domain.messages import NOTICE
from mleg_tui.gallery.compare import Cell, cells

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
<p>{notice}</p>
{body}
"""


def page(pairs: Iterable[tuple[str, str, str]]) -> str:
    """Return the page for pictures given as name, kept text and taken text."""
    return _PAGE.format(notice=escape(NOTICE), body="\n".join(_section(*pair) for pair in pairs))


def _section(name: str, before: str, after: str) -> str:
    old, new = cells(before), cells(after)
    return f"<h2>{escape(name)}</h2>\n{_drawn(old, new)}\n{_drawn(new, old)}"


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
