"""Every screen looks as it did when somebody last looked at it, and keeps what holds on all.

``pytest --update-goldens tests/gallery/test_goldens.py`` writes the pictures anew; look at the
difference.

A scene begins in one size, and its window is changed for the others, in Polish from the largest to
the smallest and in English the other way round. Where a screen that was larger or smaller is not
the same as one that began so, it is the beginning that counts, and it is pictured by itself.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

import pytest

from mleg_tui.gallery.album import Shot, Taken, take
from mleg_tui.gallery.camera import SynchronousExecutor, freeze, hold_still
from mleg_tui.gallery.catalogue import SCENES
from mleg_tui.gallery.check import verdict
from mleg_tui.gallery.picture import picture
from mleg_tui.gallery.stage import Stage
from mleg_tui.languages import LANGUAGES
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.shortcuts import shortcuts
from mleg_tui.ui.settings import DEFAULT_THEME
from tests.gallery.shots import GOLDENS, SHOTS
from tests.ui.on_every_screen import let_a_monkey_play_on, see_what_holds_on_every_screen
from tests.ui.pilot import Play

USUAL = [shot for shot in SHOTS if (shot.theme, shot.university) == (DEFAULT_THEME, "")]
PLAYS = {
    f"{scene}.{language}": sorted(shots, reverse=language == LANGUAGES[0])
    for (scene, language), shots in groupby(
        sorted(USUAL), key=lambda shot: (shot.scene, shot.language)
    )
}


@pytest.mark.parametrize("name", PLAYS)
def test_a_screen_looks_as_kept_in_every_size(
    name: str, pytestconfig: pytest.Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the monkey may export to
    if pytestconfig.getoption("update_goldens"):
        for shot in PLAYS[name]:
            see_that_it_looks_as_kept(keep(shot))
        return
    for taken in asyncio.run(play_and_look(PLAYS[name])):
        if verdict(GOLDENS, taken):
            see_that_it_looks_as_kept(take(taken.shot, MemoryStore))


@pytest.mark.parametrize(
    "shot", [shot for shot in SHOTS if shot not in USUAL], ids=lambda shot: shot.name
)
def test_a_screen_looks_as_kept(shot: Shot, pytestconfig: pytest.Config) -> None:
    update = pytestconfig.getoption("update_goldens")
    see_that_it_looks_as_kept(keep(shot) if update else take(shot, MemoryStore))


def test_no_picture_is_kept_that_is_not_taken(pytestconfig: pytest.Config) -> None:
    extra = {*GOLDENS.names()} - {shot.name for shot in SHOTS}
    if pytestconfig.getoption("update_goldens"):
        for name in extra:
            GOLDENS.remove(name)
        extra = set()
    assert extra == set()
    assert {path.suffix for path in GOLDENS.path.iterdir()} == {".txt"}


def keep(shot: Shot) -> Taken:
    taken = take(shot, MemoryStore)
    if not taken.problem:
        GOLDENS.make(update=True)
        GOLDENS.keep(shot.name, {"txt": taken.text.encode()})
    return taken


def see_that_it_looks_as_kept(taken: Taken) -> None:
    finding = verdict(GOLDENS, taken)
    if finding is not None:
        told = [f"{finding.name} is {finding.problem.value}:", *finding.changes()]
        pytest.fail("\n".join(told), pytrace=False)


async def play_and_look(shots: list[Shot]) -> list[Taken]:
    """Play a scene once, in one language: picture it in every size, then see what else holds."""
    first = shots[0]
    scene = SCENES[first.scene]
    stage = Stage(MemoryStore, scene.user, first.language, first.theme)
    freeze(stage.app)
    loop = asyncio.get_running_loop()
    loop.set_default_executor(SynchronousExecutor())
    with ExitStack() as unseen:
        unseen.enter_context(shortcuts())
        size = first.width, first.height
        async with stage.app.run_test(size=size, notifications=True) as pilot:
            play = Play(stage, pilot)
            await play.rest()
            await stage.play(scene.steps)
            await play.rest()
            taken = [await look(play, shot) for shot in shots]
            if first.language == LANGUAGES[0]:
                await see_what_holds_on_every_screen(play, scene)
                unseen.close()
                loop.set_default_executor(ThreadPoolExecutor())
                await let_a_monkey_play_on(play, scene)
    return taken


async def look(play: Play, shot: Shot) -> Taken:
    await play.resize(shot.width, shot.height)
    await hold_still(play.app)
    await play.rest()
    return Taken(shot, picture(play.app, shot.scene, shot.language).text)
