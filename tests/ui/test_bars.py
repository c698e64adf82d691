"""The notice at the top of every screen, and the keys at its bottom."""

from __future__ import annotations

import pytest

from mleg_tui.gallery.catalogue import SCENES, Scene
from mleg_tui.ui.commands import FOOTER_LENGTH
from mleg_tui.ui.widgets.bars import KeyBar
from tests.gallery.shots import SMALLEST
from tests.ui.play import playing

NOTICES = {"pl": "SYMULACJA — NIE JEST DOKUMENTEM", "en": "SIMULATION — NOT A DOCUMENT"}


@pytest.mark.parametrize("language", NOTICES)
@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
async def test_every_screen_says_whole_that_it_is_a_simulation(scene: Scene, language: str) -> None:
    size = scene.size or SMALLEST
    async with playing(scene.user, *scene.steps, size=size, language=language) as play:
        first = play.text.splitlines()[0] if scene.size is None else play.text
        assert NOTICES[language] in first


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
async def test_the_footer_has_seven_keys_at_most_and_each_fits_whole(scene: Scene) -> None:
    async with playing(scene.user, *scene.steps, size=scene.size or (160, 40)) as play:
        for bar in play.app.screen.query(KeyBar):
            assert 1 <= len(bar.keys) <= FOOTER_LENGTH
            shown = str(bar.render())
            assert all(command.label in shown for command, _refusal in bar.keys)


async def test_a_click_on_a_key_gives_its_command() -> None:
    async with playing() as play:
        column = play.text.splitlines()[-1].index("F2")
        await play.pilot.click(offset=(column, 23))
        assert NOTICES["en"] in play.text
