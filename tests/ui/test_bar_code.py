"""That a scanner reads the bar code off the document, in every theme and without colours."""

from __future__ import annotations

import pytest
import zxingcpp
from rich.color import Color
from rich.style import Style
from textual.strip import Strip

from mleg_tui.domain.document import card_number
from mleg_tui.errands.steps import Give
from mleg_tui.gallery.phone_scenes import INSTALL
from mleg_tui.textual_internals.settle import strips
from mleg_tui.ui.phone.mobywatel.document import DocumentPage
from mleg_tui.ui.themes import THEMES
from mleg_tui.ui.widgets.bar_code import BarCodeView
from tests.ui.mobywatel import Hand, quick_passwords
from tests.ui.pilot import playing

_PIXELS = 5
_DARK_TERMINAL = {True: 229, False: 0}
"""How light the terminal's own ink and paper are."""


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def scan(lines: list[Strip]) -> str | None:
    """Read what the cells show, each as two halves beside each other."""
    rows = [b"".join(_halves(text, style) for text, style, _control in line) for line in lines]
    height = 4 * _PIXELS
    image = memoryview(b"".join(row for row in rows for _pixel in range(height)))
    found = zxingcpp.read_barcode(
        image.cast("B", (len(rows) * height, len(rows[0]))), try_invert=False
    )
    return None if found is None else str(found.text)


def _halves(text: str, style: Style | None) -> bytes:
    style = style or Style()
    ink, paper = _grey(style.color, is_ink=True), _grey(style.bgcolor, is_ink=False)
    halves = {"█": (ink, ink), "▌": (ink, paper), "▐": (paper, ink)}
    return b"".join(
        bytes([half]) * _PIXELS for letter in text for half in halves.get(letter, (paper, paper))
    )


def _grey(colour: Color | None, *, is_ink: bool) -> int:
    if colour is None or colour.is_default:
        return _DARK_TERMINAL[is_ink]
    red, green, blue = colour.get_truecolor()
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


SIZES = ((60, 20), (80, 24), (120, 40), (160, 50))


@pytest.mark.parametrize(
    ("theme", "no_color"),
    [*((theme.name, False) for theme in THEMES), ("usosweb-dark", True), ("ansi", True)],
)
async def test_the_bar_code_is_read_off_the_document(
    theme: str, monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with playing("anna.nowak", size=SIZES[0], theme=theme) as play:
        await play.stage.play((*INSTALL, Give("desk.phone")))
        hand = Hand(play)
        await hand.set_up()
        await hand.tap("student-card")
        for size in SIZES:
            await play.resize(*size)
            await see_that_it_is_read(hand)


async def see_that_it_is_read(hand: Hand) -> None:
    assert isinstance(hand.page, DocumentPage)
    hand.page.scroll_end(animate=False)
    await hand.play.rest()
    document = hand.phone().document
    assert document is not None
    region = hand.page.query_one(BarCodeView).region
    lines = [line.crop(region.x, region.right) for line in strips(hand.play.app)]
    assert scan(lines[region.y : region.bottom]) == card_number(document)
    assert f"Numer legitymacji: {card_number(document)}" in hand.play.text
