"""The catalogue of scenes: what it covers, and that each picture is the same every time."""

from __future__ import annotations

import re

import pytest

from mleg_tui.domain.order import OrderStatus
from mleg_tui.gallery.catalogue import _ALL, SCENES
from mleg_tui.gallery.steps import Give
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.help import TOPICS
from tests.gallery.shots import Shot


def test_names_are_dotted_and_stand_for_one_scene_each() -> None:
    assert len(SCENES) == len(_ALL)
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", name) for name in SCENES)


def test_every_state_of_an_order_is_in_the_catalogue() -> None:
    expected = {f"usosweb.mlegitymacja.{status.name.lower()}" for status in OrderStatus}
    assert {*expected, "usosweb.mlegitymacja.none"} <= SCENES.keys()


def test_every_page_of_usosweb_with_a_help_topic_is_in_the_catalogue() -> None:
    for topic in (topic for topic in TOPICS if topic.startswith("usosweb.")):
        assert any(name == topic or name.startswith(f"{topic}.") for name in SCENES), topic


def test_scenes_give_commands_that_exist() -> None:
    given = {step.command for scene in _ALL for step in scene.steps if isinstance(step, Give)}
    assert given <= COMMANDS.keys()


@pytest.mark.parametrize("scene", ["usosweb.login.refused", "usosweb.mlegitymacja.revoked"])
async def test_a_scene_gives_the_same_picture_again(
    scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = Shot(scene, "en", (80, 24))
    assert await shot.take(monkeypatch) == await shot.take(monkeypatch)
