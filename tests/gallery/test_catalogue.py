"""The catalogue of scenes: what it covers, and that each picture is the same every time."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

import pytest

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give
from mleg_tui.gallery.album import Shot, take
from mleg_tui.gallery.camera import SynchronousExecutor
from mleg_tui.gallery.catalogue import _ALL, SCENES
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.usosweb.qr_screen import QrScreen
from tests.gallery.shots import GOLDENS


def test_names_are_dotted_and_stand_for_one_scene_each() -> None:
    assert len(SCENES) == len(_ALL)
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", name) for name in SCENES)


def test_every_state_of_an_order_is_in_the_catalogue() -> None:
    expected = {f"usosweb.mlegitymacja.{status.name.lower()}" for status in OrderStatus}
    assert {*expected, "usosweb.mlegitymacja.none"} <= SCENES.keys()


def topics_below(kind: type[Any]) -> Iterator[str]:
    """Yield the names of the help's topics that the classes below one have."""
    for narrower in kind.__subclasses__():
        topic = getattr(narrower, "topic", None)
        if isinstance(topic, Topic):
            yield topic.name
        yield from topics_below(narrower)


def test_every_page_of_usosweb_with_a_help_topic_is_in_the_catalogue() -> None:
    found = {QrScreen.topic.name, *topics_below(Page), *topics_below(MlegScreen)}
    for topic in (topic for topic in found if topic.startswith("usosweb.")):
        assert any(name == topic or name.startswith(f"{topic}.") for name in SCENES), topic
    assert {"usosweb.login", "usosweb.my_data", "usosweb.qr"} <= found


def test_scenes_give_commands_that_exist() -> None:
    given = {step.command for scene in _ALL for step in scene.steps if isinstance(step, Give)}
    assert given <= COMMANDS.keys()


@pytest.mark.parametrize("scene", ["usosweb.login.refused", "usosweb.mlegitymacja.revoked"])
def test_a_scene_gives_the_same_picture_again(scene: str) -> None:
    shot = Shot(scene, "en", 80, 24)
    taken = take(shot, MemoryStore)
    assert taken.problem == ""
    assert taken == take(shot, MemoryStore)


def test_no_two_scenes_look_alike() -> None:
    by_look: dict[bytes, set[str]] = {}
    for name in GOLDENS.names():
        text = GOLDENS.text(name) or b""
        by_look.setdefault(text.partition(b"\n")[2], set()).add(_scene(name))
    assert [names for names in by_look.values() if len(names) > 1] == []


def _scene(name: str) -> str:
    shot = Shot.named(name)
    assert shot is not None
    return shot.scene


@pytest.mark.parametrize(
    "scene", ["usosweb.mlegitymacja.ask_revoke", "mobywatel.error.wrong_code", "app.palette.search"]
)
def test_shortcuts_alter_no_picture(scene: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shot = Shot(scene, "pl", 80, 24)
    short = take(shot, MemoryStore)
    monkeypatch.setattr("mleg_tui.gallery.camera.shortcuts", nullcontext)
    monkeypatch.setattr("mleg_tui.gallery.camera.SynchronousExecutor", ThreadPoolExecutor)
    assert take(shot, MemoryStore) == short
    assert short.problem == ""


def test_a_scene_that_fails_says_why() -> None:
    def broken() -> MemoryStore:
        message = "no store today"
        raise RuntimeError(message)

    assert (
        take(Shot("usosweb.news", "pl", 80, 24), broken).problem == "RuntimeError: no store today"
    )


async def test_what_is_done_at_once_gives_its_result_or_its_error_to_who_asks() -> None:
    asyncio.get_running_loop().set_default_executor(SynchronousExecutor())
    own = threading.get_ident()
    assert await asyncio.to_thread(threading.get_ident) == own
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(lambda: 1 // 0)
