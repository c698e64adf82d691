"""That a scanner reads the digits off the modules."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from mleg_tui.barcode import QUIET_CELLS, cells, encode

_PIXELS, _HEIGHT, _AROUND = 4, 40, 40


def scan(modules: list[bool]) -> str | None:
    """Read dark modules on light ground, within something dark such as a phone."""
    line = b"".join((b"\x00" if dark else b"\xff") * _PIXELS for dark in modules)
    row = b"\x30" * _AROUND + line + b"\x30" * _AROUND
    beyond = b"\x30" * len(row) * _AROUND
    image = memoryview(beyond + row * _HEIGHT + beyond)
    found = zxingcpp.read_barcode(
        image.cast("B", (_HEIGHT + 2 * _AROUND, len(row))), try_invert=False
    )
    return None if found is None else str(found.text)


@given(st.integers(0, 10**8 - 1))
@settings(max_examples=60, deadline=None)
def test_what_is_encoded_is_read(number: int) -> None:
    digits = f"{number:08}"
    assert scan([module for cell in cells(digits) for module in cell]) == digits


def test_a_code_of_eight_digits_fits_a_narrow_phone() -> None:
    assert len(encode("00401237")) == 64
    assert len(cells("00401237")) == 64 // 2 + 2 * QUIET_CELLS == 40


@pytest.mark.parametrize("text", ["123", "12a4", "١٢"])
def test_it_is_of_an_even_number_of_digits(text: str) -> None:
    with pytest.raises(ValueError, match="even number of digits"):
        encode(text)
