"""The generated pictures."""

from __future__ import annotations

import re

import pytest

from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.pictures import PICTURES, SIDE, Picture

NAME = MessageId("obrazek")


@pytest.mark.parametrize("picture", PICTURES.values(), ids=list(PICTURES))
def test_a_picture_is_drawn_with_and_without_colours(picture: Picture) -> None:
    pixels = "".join(picture.rows)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in picture.palette.values())
    assert set(pixels) == set(picture.palette)
    dark = sum(pixel in picture.dark for pixel in pixels)
    assert 0.2 * SIDE * SIDE < dark < 0.8 * SIDE * SIDE


def test_no_two_pictures_are_alike() -> None:
    assert len({picture.rows for picture in PICTURES.values()}) == len(PICTURES) >= 5


@pytest.mark.parametrize("rows", [(), ("." * SIDE,) * (SIDE - 1), ("x" * SIDE,) * SIDE])
def test_what_is_no_picture(rows: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="pi"):
        Picture(NAME, {".": "#ffffff"}, rows, ".")
