"""Whatever a store holds, nothing on a screen does anything but be read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static, TextArea

from mleg_tui.automation import Hands
from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give, Key, Order, WaitFor
from mleg_tui.gallery.catalogue import ANNA, OFFICE, SCENES, Scene
from mleg_tui.gallery.stage import Stage
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import TranslatedButton
from tests.active import SPOILT, TEXTS, active_in, spoil
from tests.ui.pilot import Play

SHOWING_DATA = [
    "usosweb.login",
    "usosweb.my_data",
    "usosweb.mlegitymacja.ready",
    "usosweb.mlegitymacja.consents",
    "usosweb.payments",
    "usosweb.payments.plans",
    "usosweb.payments.due",
    "usosweb.staff_orders",
    "mobywatel.document",
    "mobywatel.verify.share",
    "inspector.result",
    "office.order",
    "office.order.overtaken",
    "office.orders.revoke_list.preview",
    "office.student",
    "office.students",
    "office.audit.event",
]
_ORDER_READY = (Order(who=ANNA), WaitFor(OrderStatus.READY, who=ANNA))


@asynccontextmanager
async def aged(scene: Scene, text: str) -> AsyncIterator[Play]:
    """Play a scene on a store whose every free field ends in a text that got in before."""
    stage = Stage(MemoryStore, scene.user, "pl", "usosweb")
    spoil(stage.store.sound, text)
    session = None if scene.user is None else stage.session(scene.user)
    stage.app = MlegTui(stage.services, stage.app.options, session)
    async with stage.app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(stage.app)
        await stage.play(scene.steps)
        spoil(stage.store.sound, text)
        await Hands(stage.app).look_again()
        yield Play(stage, pilot)


def see_that_it_is_inert(app: App[Any]) -> None:
    width, height = app.size
    lines = strips(app)
    assert len(lines) == height
    for line in lines:
        assert active_in(line.text) == set(), line.text
        assert sum(segment.cell_length for segment in line) == width


@pytest.mark.parametrize("scene", SHOWING_DATA)
async def test_no_screen_passes_on_what_an_older_store_holds(scene: str) -> None:
    async with aged(SCENES[scene], SPOILT) as play:
        see_that_it_is_inert(play.app)
        assert "␛]52;c" in play.text


@pytest.mark.parametrize(
    "scene",
    [
        Scene("file", OFFICE, (*_ORDER_READY, Give("office.students"), Key("enter"))),
        Scene("page", ANNA, (*_ORDER_READY, Give("usosweb.mlegitymacja"))),
    ],
    ids=lambda scene: scene.name,
)
@given(TEXTS)
@settings(max_examples=6, deadline=None)
async def test_no_text_of_a_store_is_active_on_a_screen(scene: Scene, text: str) -> None:
    async with aged(scene, text) as play:
        see_that_it_is_inert(play.app)


class Drawn(Widget):
    """A widget that makes its lines by itself."""

    def render_line(self, y: int) -> Strip:
        del y
        return Strip([Segment("ab"), Segment(SPOILT, Style(color="red")), Segment("cd")])


class Everything(DrawnApp):
    """One of each kind of widget that shows what others have written."""

    def __init__(self) -> None:
        super().__init__(Options(frozen=True))

    def compose(self) -> ComposeResult:
        yield Static(SPOILT, markup=False)
        yield Entry(SPOILT, compact=True, placeholder=SPOILT)
        yield Entry(placeholder=SPOILT, compact=True)
        yield TextArea(SPOILT, compact=True)
        yield TranslatedButton(SPOILT)
        yield Drawn()

    def on_mount(self) -> None:
        self.query_one(Static).border_title = Content(SPOILT)
        self.query_one(Static).styles.border = ("heavy", "red")
        self.query_one(TextArea).styles.height = 3
        self.query_one(Drawn).styles.height = 1
        self.notify(SPOILT, title=SPOILT, timeout=3600)


@asynccontextmanager
async def everything() -> AsyncIterator[Everything]:
    app = Everything()
    async with app.run_test(size=(120, 30), notifications=True):
        await settle(app)
        yield app


def text_of(app: App[Any]) -> str:
    return "\n".join(line.text for line in strips(app))


async def test_every_kind_of_widget_draws_signs() -> None:
    async with everything() as app:
        see_that_it_is_inert(app)
        shown = text_of(app)
        assert shown.count("␛]52;c;aGFja2Vk␇") == 9


async def test_what_somebody_wrote_is_no_markup() -> None:
    async with everything() as app:
        assert text_of(app).count("[red]") == 9
        styles = [segment.style for line in strips(app) for segment in line]
        assert not any(style and "@click" in style.meta for style in styles)


async def test_colours_stay_as_they_were() -> None:
    async with everything() as app:
        line = next(line for line in strips(app) if line.text.startswith("ab␛"))
        assert [bool(part.style and part.style.color) for part in line][:3] == [False, True, False]
