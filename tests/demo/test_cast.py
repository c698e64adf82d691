"""A recording holds what changes, as a terminal takes it."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mleg_tui.demo.cast import Cast
from tests.demo.asciicast import last_screen, read

RED, PLAIN = Style.parse("bold red on #102030"), Style.null()
WIDTH = 8


def strip(*parts: tuple[str, Style | None]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(WIDTH)


def cast_of(*frames: list[Strip]) -> bytes:
    cast = Cast(WIDTH, len(frames[0]), "tytuł „ą”")
    for second, rows in enumerate(frames):
        cast.frame(rows, second)
    return cast.to_bytes(len(frames))


def test_the_header_tells_the_size_and_the_title() -> None:
    header, events = read(cast_of([strip(("a", PLAIN))]))
    assert (header["width"], header["height"], header["title"]) == (WIDTH, 1, "tytuł „ą”")
    assert [event.at for event in events] == [0.0, 0.0, 1.0]


def test_only_the_runs_that_change_are_written() -> None:
    before = [strip(("ab", RED), ("cd", PLAIN), ("ef", RED)), strip(("same", PLAIN))]
    after = [strip(("ab", RED), ("xd", PLAIN), ("ef", RED)), strip(("same", PLAIN))]
    events = read(cast_of(before, after))[1]
    assert events[2].data == "\x1b[1;3H\x1b[0mxd"


def test_a_frame_like_the_one_before_is_no_event() -> None:
    rows = [strip(("ab", RED))]
    assert len(read(cast_of(rows, rows, rows))[1]) == len(read(cast_of(rows))[1])


_TEXTS = st.text(alphabet="abc ąż✓▄日", max_size=WIDTH)
_ROWS = st.lists(st.tuples(_TEXTS, st.sampled_from([RED, PLAIN])), max_size=4)


@given(st.lists(st.tuples(_ROWS, _ROWS), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_replayed_it_is_the_last_frame(frames: list[tuple[list[tuple[str, Style]], ...]]) -> None:
    drawn = [[strip(*row) for row in rows] for rows in frames]
    changing, whole = last_screen(cast_of(*drawn)), last_screen(cast_of(drawn[-1]))
    assert changing.display == whole.display
    assert _colours(changing) == _colours(whole)


def _colours(screen: pyte.Screen) -> list[tuple[str, str, bool]]:
    cells = (screen.buffer[row][column] for row in range(2) for column in range(WIDTH))
    return [(cell.fg, cell.bg, cell.bold) for cell in cells]
