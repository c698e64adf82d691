"""A screen as SVG for paper: what is pressed is marked, and no font is measured.

Frames, blocks and the modules of QR codes are drawn as shapes, so that they fit without gaps
whatever font there is; all other text is stretched to its cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from mleg_tui.domain.inert import visible

WIDTH, HEIGHT = 10, 20
"""Of a cell, in the units of the drawing."""
_EDGE = 8
"""Left around the screen for marks at its border."""
_FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
_SIZE = 16.4
"""Of the letters; those of common fonts of one width then take about their cells."""
_TALL = 44
"""Rows above which a picture is to have a page of its own."""
MARK = "#c2185b"
_ARROW = 52
"""How long an arrow is."""
_WORDS = re.compile(r"\S+(?: \S+)*")
_FRAMES = re.compile("[─-▟]+")
_PAPER, _INK = "#ffffff", "#000000"
_LINES: Mapping[str, str] = {
    **dict.fromkeys("─━═╌┄┈", "lr"),
    **dict.fromkeys("│┃║╎┆┊", "ud"),
    **dict.fromkeys("┌┏╔╭", "rd"),
    **dict.fromkeys("┐┓╗╮", "ld"),
    **dict.fromkeys("└┗╚╰", "ru"),
    **dict.fromkeys("┘┛╝╯", "lu"),
    **dict.fromkeys("├┣╠", "udr"),
    **dict.fromkeys("┤┫╣", "udl"),
    **dict.fromkeys("┬┳╦", "lrd"),
    **dict.fromkeys("┴┻╩", "lru"),
    **dict.fromkeys("┼╋╬", "udlr"),
    **dict(zip("╴╵╶╷╸╹╺╻", "lurdlurd", strict=True)),
}
"""Characters of frames, and from which sides their lines come to the middle."""
_HEAVY = frozenset("━┃┏┓┗┛┣┫┳┻╋═║╔╗╚╝╠╣╦╩╬╸╹╺╻")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the screen that is pointed at; with a ``number`` where there are several."""

    place: Region
    number: int | None = None


def around_text(place: Region, rows: Sequence[Strip]) -> Region:
    """Return the part of a place in which something is written; the whole if nothing is."""
    written = []
    for y in range(max(0, place.y), min(place.bottom, len(rows))):
        text = rows[y].crop(max(0, place.x), place.right).text
        bare = _FRAMES.sub(lambda frame: " " * len(frame[0]), text)
        if bare.strip():
            start = cell_len(bare) - cell_len(bare.lstrip())
            written.append(Region(place.x + start, y, cell_len(bare.strip()), 1))
    return Region.from_union(written) if written else place


def plain_text(rows: Iterable[Strip]) -> str:
    """Return what is written on a screen, a line each, without frames and blank lines."""
    lines = (" ".join(_FRAMES.sub(" ", visible(row.text)).split()) for row in rows)
    return "\n".join(line for line in lines if line)


def drawn(
    rows: Sequence[Strip], marks: Iterable[Mark], *, name: str, title: str, description: str
) -> str:
    """Draw a screen, with what is told of it to those who do not see it.

    ``name`` is one of its own among all pictures of a document.
    """
    width, height = rows[0].cell_length * WIDTH, len(rows) * HEIGHT
    box = f"{-_EDGE} {-_EDGE} {width + 2 * _EDGE} {height + 2 * _EDGE}"
    paper = _paper(rows)
    tall = ' class="tall"' if len(rows) > _TALL else ""
    named = f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-text"'
    screen = f'width="{width + 4}" height="{height + 4}" fill="{paper}"'
    numbered = [*enumerate(rows)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg"{tall} viewBox="{box}" {named}>',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-text">{escape(description)}</desc>',
            f'<rect x="-2" y="-2" {screen} stroke="#1b2a41" stroke-width="3"/>',
            '<g shape-rendering="crispEdges">',
            *(line for number, row in numbered for line in _ground(row, number, paper)),
            *(line for number, row in numbered for line in _shapes(row, number)),
            "</g>",
            f'<g font-family="{_FONT}" font-size="{_SIZE}">',
            *(line for number, row in numbered for line in _words(row, number)),
            "</g>",
            *(line for mark in marks for line in _mark(mark, width)),
            "</svg>",
        )
    )


def _paper(rows: Iterable[Strip]) -> str:
    """Return the colour of most of the screen."""
    grounds: Counter[str] = Counter()
    for row in rows:
        for part in row:
            grounds[_colours(part.style)[1]] += part.cell_length
    return grounds.most_common(1)[0][0]


def _runs(row: Strip) -> Iterator[tuple[int, str, Style | None]]:
    """Yield the column, text and style of each part of a row."""
    column = 0
    for part in row:
        if not part.control:
            yield column, visible(part.text), part.style
            column += part.cell_length


def _ground(row: Strip, number: int, paper: str) -> Iterator[str]:
    """Paint the background where it is not that of the whole."""
    pieces = ((_colours(style)[1], column, cell_len(text)) for column, text, style in _runs(row))
    for colour, same in groupby(pieces, lambda piece: piece[0]):
        cells = list(same)
        if colour != paper:
            width = sum(piece[2] for piece in cells) * WIDTH
            yield _rect(cells[0][1] * WIDTH, number * HEIGHT, width, HEIGHT, colour)


def _shapes(row: Strip, number: int) -> Iterator[str]:
    """Draw blocks and frames."""
    top = number * HEIGHT
    for column, text, style in _runs(row):
        left, colour = column * WIDTH, _colours(style)[0]
        for character, same in groupby(text):
            count = len(list(same))
            if block := _block(character):
                x, y, width, height = block
                if width == WIDTH:
                    yield _rect(left, top + y, count * WIDTH, height, colour)
                else:
                    for cell in range(count):
                        yield _rect(left + cell * WIDTH + x, top + y, width, height, colour)
            elif character in _LINES:
                yield from _frame(left, top, character * count, colour)
            left += cell_len(character) * count * WIDTH


@cache
def _block(character: str) -> tuple[float, float, float, float] | None:
    """Return which part of its cell a block fills: left, top, width, height."""
    code = ord(character)
    eighth = HEIGHT / 8
    if code == ord("▀"):
        return 0, 0, WIDTH, HEIGHT / 2
    if ord("▁") <= code <= ord("█"):
        height = (code - ord("▀")) * eighth
        return 0, HEIGHT - height, WIDTH, height
    if ord("▉") <= code <= ord("▏"):
        return 0, 0, (ord("▐") - code) * WIDTH / 8, HEIGHT
    return {
        "▐": (WIDTH / 2, 0, WIDTH / 2, HEIGHT),
        "▔": (0, 0, WIDTH, eighth),
        "▕": (WIDTH * 7 / 8, 0, WIDTH / 8, HEIGHT),
    }.get(character)


def _frame(left: float, top: float, text: str, colour: str) -> Iterator[str]:
    """Draw equal characters of a frame."""
    sides, count = _LINES[text[0]], len(text)
    thickness = 3 if text[0] in _HEAVY else 1.5
    half = thickness / 2
    middle = top + HEIGHT / 2
    if sides == "lr":
        yield _rect(left, middle - half, count * WIDTH, thickness, colour)
        return
    for cell in range(count):
        start = left + cell * WIDTH
        centre = start + WIDTH / 2
        for side in sides:
            match side:
                case "l":
                    yield _rect(start, middle - half, WIDTH / 2 + half, thickness, colour)
                case "r":
                    yield _rect(centre - half, middle - half, WIDTH / 2 + half, thickness, colour)
                case "u":
                    yield _rect(centre - half, top, thickness, HEIGHT / 2 + half, colour)
                case _:
                    yield _rect(centre - half, middle - half, thickness, HEIGHT / 2 + half, colour)


def _words(row: Strip, number: int) -> Iterator[str]:
    """Write all that is no shape, words with one blank between them as one."""
    for column, text, style in _runs(row):
        written = "".join(" " if _is_shape(character) else character for character in text)
        for words in _WORDS.finditer(written):
            start = column + cell_len(written[: words.start()])
            length = cell_len(words[0])
            looks = "".join(_looks(style))
            yield (
                f'<text x="{start * WIDTH}" y="{number * HEIGHT + 15}" '
                f'textLength="{length * WIDTH}" {looks}>{escape(words[0], quote=False)}</text>'
            )


def _is_shape(character: str) -> bool:
    return character in _LINES or _block(character) is not None


def _looks(style: Style | None) -> Iterator[str]:
    yield f'fill="{_colours(style)[0]}"'
    if style is not None:
        if style.bold:
            yield ' font-weight="bold"'
        if style.italic:
            yield ' font-style="italic"'
        if style.underline:
            yield ' text-decoration="underline"'
        if style.dim:
            yield ' opacity="0.7"'


def _colours(style: Style | None) -> tuple[str, str]:
    """Return the colours of letters and background as they are seen."""
    ink, paper = _INK, _PAPER
    if style is not None:
        if style.color is not None and style.color.triplet is not None:
            ink = style.color.triplet.hex
        if style.bgcolor is not None and style.bgcolor.triplet is not None:
            paper = style.bgcolor.triplet.hex
        if style.reverse:
            ink, paper = paper, ink
    return ink, paper


def _mark(mark: Mark, room: int) -> Iterator[str]:
    """Frame a place, and point at it: with an arrow, or with its number."""
    left, top = mark.place.x * WIDTH - 2, mark.place.y * HEIGHT - 1
    width, height = mark.place.width * WIDTH + 4, mark.place.height * HEIGHT + 2
    for colour, thickness in (("#ffffff", 5), (MARK, 3)):
        yield (
            f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="3" fill="none" '
            f'stroke="{colour}" stroke-width="{thickness}"/>'
        )
    right = left + width
    if mark.number is None:
        yield from _arrow(left, right, top + height / 2, room)
        return
    centre = min(right + 11, room - 6)
    yield f'<circle cx="{centre}" cy="{top}" r="12" fill="{MARK}" stroke="#ffffff"/>'
    yield (
        f'<text x="{centre}" y="{top + 5.5:g}" font-family="{_FONT}" font-size="16" '
        f'font-weight="bold" text-anchor="middle" fill="#ffffff">{mark.number}</text>'
    )


def _arrow(left: int, right: int, middle: float, room: int) -> Iterator[str]:
    """Point at a frame from the right, or from the left where only there is room for it."""
    from_left = right + _ARROW > room and left > _ARROW
    tip = left - 4 if from_left else min(right + 4, room - _ARROW)
    way = "l-22 -14v8h-26v12h26v8z" if from_left else "l22 -14v8h26v12h-26v8z"
    yield f'<path d="M{tip:g} {middle:g}{way}" fill="{MARK}" stroke="#ffffff" stroke-width="2"/>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'
