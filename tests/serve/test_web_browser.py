"""A real browser plays the login on the page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mleg_tui.domain.messages import NOTICE
from tests.serve.browser import CHROMIUM, Page, browser
from tests.serve.website import website

BAR, PAGE, NOTICE_BACKGROUND = "0b2a4f", "ffffff", "ffe9a8"
"""Colours of the theme ``usosweb``."""


def focus_moved(page: Page) -> bool:
    """Tell whether Enter has moved the cursor to the password, three rows below."""
    row = next(number for number, line in enumerate(page.screen.display) if "Hasło" in line)
    return abs(page.screen.cursor.y - row) <= 1


async def test_a_browser_plays_the_login(tmp_path: Path) -> None:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "chromium is missing"
        pytest.skip("chromium is not installed")
    async with website(tmp_path / "store.json") as site, browser(tmp_path / "profile") as page:
        await page.ask("Page.navigate", url=site.url)
        await page.wait_for("anna.nowak")
        assert NOTICE in await page.evaluate("document.title")
        await page.type("anna.nowak")
        await page.wait_for(lambda page: page.text.count("anna.nowak") > 1)
        await page.type("\n")
        await page.wait_for(focus_moved)
        await page.type("demo")
        await page.wait_for("••••")
        await page.type("\n")
        await page.wait_for("Zalogowany użytkownik: Anna Nowak")

        colours = await page.colours()
        while not colours.get(PAGE, 0) > 0.3:  # the picture follows the bytes
            colours = await page.colours()
        assert colours[BAR] > 0.02
        assert colours[NOTICE_BACKGROUND] > 0.02

        await page.type("l")
        await page.wait_for("Możesz zamówić mLegitymację")
        assert page.complaints == []
        outside = [address for address in page.asked if site.url.partition("//")[2] not in address]
        assert outside == []
        assert len(page.asked) > 5
        await page.ask("Page.navigate", url="about:blank")
        await site.logged("gone after")
