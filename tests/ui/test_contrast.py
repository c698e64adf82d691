"""What is drawn can be seen in every theme: text 4.5 to 1, edges 3 to 1, as WCAG 2 asks for."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import PRESENTED, OrderStatus
from mleg_tui.gallery.catalogue import SCENES
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.options import Options
from mleg_tui.ui.themes import ANSI, THEMES
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.chip import Chip, status_chip
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import TranslatedButton
from tests.ui.pilot import playing
from tests.ui.rendering import DARK_GROUND, EDGES, LIGHT_GROUND, Run, luminance, ratio, runs

NAMES = [theme.name for theme in THEMES]
LOOKED_AT = (
    "usosweb.login",
    "usosweb.login.refused",
    "usosweb.mlegitymacja.pending",
    "usosweb.mlegitymacja.ready",
    "usosweb.mlegitymacja.refused",
    "usosweb.mlegitymacja.ask_cancel",
    "usosweb.mlegitymacja.consents",
    "usosweb.staff_orders",
    "office.student",
    "office.simulation.forward",
    "office.class",
    "office.classes",
    "office.classes.open",
    "phone.push",
    "mobilny_usos.menu",
    "mobilny_usos.copied",
    "mobywatel.store",
    "mobywatel.document",
    "mobywatel.error.codes_expired",
    "inspector.result",
)


class Showcase(DrawnApp):
    """Everything that screens share, in each of its looks."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            for simulator in (False, True):
                with TitledCard(N_("mLegitymacja"), simulator=simulator):
                    yield Static("text")
            for variant in ("default", "primary", "error"):
                yield TranslatedButton(N_("Zamknij"), variant)
                yield TranslatedButton(N_("Zamknij"), variant, classes="boxed")
                disabled = TranslatedButton(N_("Zamknij"), variant)
                disabled.disabled = True
                yield disabled
            yield Entry("text", compact=True)
            yield Entry("text", compact=True, classes="boxed")
            for status in PRESENTED:
                yield Static(status_chip(status, status.name))
            yield (done := Answer())
            yield (refused := Answer())
        self.call_later(done.done, lambda: "done")
        self.call_later(refused.refused, lambda: "refused")


@pytest.mark.parametrize("theme", NAMES)
async def test_what_screens_share_stands_out_whatever_has_the_focus(theme: str) -> None:
    app = Showcase(Options(theme=theme))
    async with app.run_test(size=(60, 60)):
        await settle(app)
        stops = len(app.screen.focus_chain)
        assert stops == 8
        for _stop in range(stops):
            drawn = _see_everything(app, theme)
            app.screen.focus_next()
            await settle(app)
        assert {"text", "✓ done", "✗ refused"} <= {run.text for run in drawn}
        assert sum(run.is_edge for run in drawn) > 20


@pytest.mark.parametrize("scene", LOOKED_AT)
async def test_screens_can_be_read(scene: str) -> None:
    taken = SCENES[scene]
    async with playing(taken.user, *taken.steps, size=(120, 40)) as play:
        for theme in NAMES:
            play.app.show_theme(theme)
            await play.rest()
            _see_everything(play.app, theme)


def _see_everything(app: DrawnApp, theme: str) -> list[Run]:
    grounds = [DARK_GROUND, LIGHT_GROUND] if theme == ANSI.name else [DARK_GROUND]
    seen = strips(app)
    if app.screen.is_modal:  # what lies below is not to be read
        frame = app.screen.query_one("#frame").region
        seen = [strip.crop(frame.x, frame.right) for strip in seen[frame.y : frame.bottom]]
    drawn = [run for ground in grounds for run in runs(seen, ground)]
    faint = [run for run in drawn if run.contrast < run.least]
    assert not faint, f"{len(faint)} of {faint[0]}"
    return drawn


async def test_a_state_is_told_by_sign_and_word() -> None:
    assert {*PRESENTED} == {*OrderStatus}
    app = Showcase(Options())
    async with app.run_test(size=(60, 60)):
        chip = Chip()
        await app.screen.mount(chip)
        assert not chip.display
    assert status_chip(OrderStatus.READY, "gotowy").plain == " ✓ gotowy "


def test_the_measure_is_the_usual_one() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert "│" in EDGES
