"""A store that broke under a running program goes back to its last good copy."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.order import Order
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.services import Services
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.dialogs import Failure, Question
from tests.ui.pilot import text_of, told

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Broken:
    """A program whose store was cut short behind its back."""

    app: MlegTui
    pilot: Pilot[None]
    path: Path
    services: Services

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settle(self.app)

    def on_top(self, kind: type[Screen[Any]]) -> bool:
        return isinstance(self.app.screen, kind)

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@asynccontextmanager
async def broken(
    path: Path, *, local: bool = True, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Broken]:
    settings = Settings(str(path), Beginning(seed=7, now=NOW))
    services = open_services(settings, StandingClock(NOW))
    with closing(services.store):
        services.time.set_speed(2)
        session = services.login.sign_in("anna.nowak", "demo")
        app = MlegTui(services, Options(frozen=True, local=local), session)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app)
            os.truncate(path, 200)
            one = Broken(app, pilot, path, services)
            await one.press("l", "f5")
            yield one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.json"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_last_good_copy_is_used_after_a_question(
    path: Path, size: tuple[int, int]
) -> None:
    async with broken(path, size=size) as one:
        assert one.on_top(Failure)
        assert "store recover" in told(one.app)
        for label in ("Użyj ostatniej dobrej kopii", "Spróbuj ponownie", "Zakończ program"):
            assert label in text_of(one.app)
        await one.press("left", "enter")
        assert one.on_top(Question)
        await one.press("left", "enter")
        assert not one.on_top(Failure)
        (kept,) = path.parent.glob("store.json.broken-*")
        assert kept.stat().st_size == 200
        assert one.services.time.timeline().speed == 1
        await one.press("z")
        assert one.services.store.read(lambda view: len(view.select(Order))) == 1


async def test_who_does_not_agree_is_asked_again(path: Path) -> None:
    async with broken(path) as one:
        await one.press("left", "enter", "enter")
        assert one.on_top(Failure)
        assert one.size == 200


async def test_it_is_not_for_those_who_sit_elsewhere(path: Path) -> None:
    async with broken(path, local=False) as one:
        assert one.on_top(Failure)
        assert not one.app.screen.query("#recover")


async def test_without_a_copy_it_is_not_offered(path: Path) -> None:
    async with broken(path) as one:
        await one.press("enter")  # try again, in vain
        path.with_name("store.json.last-good").unlink()
        await one.press("enter")
        assert one.on_top(Failure)
        assert not one.app.screen.query("#recover")
