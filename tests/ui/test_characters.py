"""What stands for a character that the terminal lacks."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from mleg_tui.ui.characters import Fewer, has_blocks, is_utf8

SHOWN = "Zażółć gęślą jaźń ✓ ✗ → — „tak” │─┌┘ ▄█ 漢 • ×2"


def painted(encoding: str, text: str = SHOWN) -> str:
    return "".join(s.text for s in Fewer(encoding).apply([Segment(text)], Color(0, 0, 0)))


def test_ascii_is_enough() -> None:
    assert painted("ascii") == 'Zazolc gesla jazn v x > - "tak" |-++ ## ?? * x2'


def test_what_the_encoding_has_is_kept() -> None:
    assert painted("iso-8859-2") == 'Zażółć gęślą jaźń v x > - "tak" |-++ ## ?? * ×2'
    assert painted("utf-8") == SHOWN


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-2", "latin-1", "cp852", "cp1250"])
def test_every_character_keeps_its_width_and_can_be_sent(encoding: str) -> None:
    for code in [*range(32, 127), *range(160, 0x250), *range(0x2000, 0x2800), 0x6F22]:
        char = chr(code)
        if char.isprintable() and cell_len(char):
            assert cell_len(painted(encoding, char)) == cell_len(char), hex(code)
            painted(encoding, char).encode(encoding)


def test_an_unknown_encoding_has_only_ascii() -> None:
    assert painted("no-such") == painted("ascii")
    assert not is_utf8("no-such")
    assert is_utf8("UTF8")


def test_the_code_pages_of_dos_have_the_half_block() -> None:
    assert has_blocks("cp852")
    assert not has_blocks("iso-8859-2")
