"""What is encoded, and that a scanner reads it from the plain command."""

from __future__ import annotations

import subprocess
import sys

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mleg_tui.qr import QUIET_ZONES, ansi_text, encode, half_block_lines
from tests.end_to_end.qr_reader import LIGHT, scan, spaces_read
from tests.end_to_end.terminal import cells_of

TOKEN = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
LOWER = TOKEN.lower()

GOLDEN = """
#######...#...#######
#.....#.#...#.#.....#
#.###.#...#.#.#.###.#
#.###.#.....#.#.###.#
#.###.#..####.#.###.#
#.....#.####..#.....#
#######.#.#.#.#######
........#..##........
....####.##...##...#.
..#.#...##.#.#....#.#
#.#.#.#...#..#.###.##
##.##..#.##..#..#....
#####.#.###.####.##..
........#.##.##..#..#
#######.#..#..##.##..
#.....#.#....###.###.
#.###.#.#.#####.#.#.#
#.###.#..#...###...##
#.###.#..####...###..
#.....#........##...#
#######...####.#..###
"""


def matrix(text: str) -> str:
    return "\n".join("".join(".#"[dark] for dark in row) for row in encode(text).modules)


def test_the_matrix_is_the_pinned_one() -> None:
    assert matrix("AB12CD34EF") == GOLDEN.strip("\n")


@pytest.mark.parametrize(
    ("text", "version", "level", "cells"),
    [
        (LOWER, 3, "Q", (37, 19)),
        (TOKEN, 2, "M", (33, 17)),
        ("AB12CD34EF", 1, "H", (29, 15)),
        ("0123456789", 1, "H", (29, 15)),
        ("Ab12Cd34eF", 1, "Q", (29, 15)),
    ],
)
def test_the_level_is_the_highest_of_the_smallest_size(
    text: str, version: int, level: str, cells: tuple[int, int]
) -> None:
    code = encode(text)
    assert (code.version, code.level, code.cells()) == (version, level, cells)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        encode("x" * 3000)
    assert encode("x" * 2331).level == "M"  # the largest code: the higher levels overflow


def test_half_blocks_end_with_light_and_keep_finders_on_cell_boundaries() -> None:
    code = encode(TOKEN)
    lines = half_block_lines(code, 4)
    assert (len(lines[0]), len(lines)) == code.cells(4)
    assert all(cell == (False, False) for row in (*lines[:2], *lines[-2:]) for cell in row)
    assert lines[2][4:11] == ((True, True), *[(True, False)] * 5, (True, True))
    with pytest.raises(ValueError, match="even"):
        half_block_lines(code, 3)


@pytest.mark.parametrize("colour", [True, False])
@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1))
def test_every_text_is_read_back_from_the_plain_command(colour: bool, text: str) -> None:  # noqa: FBT001
    columns, rows = encode(text).cells()
    screen = pyte.Screen(columns + 2, rows)
    pyte.Stream(screen).feed(ansi_text(encode(text), colour=colour).replace("\n", "\r\n"))
    assert scan(cells_of(screen)) == text
    assert scan(cells_of(screen), LIGHT) == (text if colour else None)


@pytest.mark.parametrize("quiet_zone", QUIET_ZONES)
def test_a_large_code_is_read_with_space_between_the_lines(quiet_zone: int) -> None:
    code = encode(LOWER)
    side = len(code.modules) + 2 * quiet_zone
    screen = pyte.Screen(2 * side, side)
    drawn = ansi_text(code, colour=True, large=True, quiet_zone=quiet_zone)
    pyte.Stream(screen).feed(drawn.replace("\n", "\r\n"))
    assert spaces_read(cells_of(screen)) == {LOWER}


def test_a_small_code_is_not_read_with_space_below_the_lines() -> None:
    screen = pyte.Screen(37, 19)
    pyte.Stream(screen).feed(ansi_text(encode(LOWER), colour=True).replace("\n", "\r\n"))
    assert scan(cells_of(screen)) == LOWER
    assert scan(cells_of(screen), gap=2, where="below") is None  # which is why there are large ones


def test_pillow_stays_out_and_qrcode_waits() -> None:
    script = (
        "import sys, mleg_tui.qr as qr; assert 'qrcode' not in sys.modules;"
        "qr.encode('A'); assert 'PIL' not in sys.modules and 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
