"""Tab goes from the top to the bottom, in the one pane and then in the other."""

from __future__ import annotations

import pytest

from mleg_tui.gallery.catalogue import SCENES
from tests.ui.focus import see_that_tab_goes_as_one_reads
from tests.ui.pilot import playing


@pytest.mark.parametrize("name", ["usosweb.mlegitymacja.ready", "mobywatel.documents", "inspector"])
async def test_tab_goes_from_one_pane_to_the_other(name: str) -> None:
    scene = next(scene for scene in SCENES.values() if scene.name.startswith(name))
    async with playing(scene.user, *scene.steps, size=(140, 40)) as play:
        see_that_tab_goes_as_one_reads(play.app.screen)
