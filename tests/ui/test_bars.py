"""The notice at the top of every screen, and the keys at its bottom."""

from __future__ import annotations

from tests.ui.pilot import NOTICES, playing


async def test_a_click_on_a_key_gives_its_command() -> None:
    async with playing() as play:
        column = play.text.splitlines()[-1].index("F2")
        await play.pilot.click(offset=(column, 23))
        assert NOTICES["en"] in play.text
