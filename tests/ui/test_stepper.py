"""The stepper: the states that an order goes through."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.ui.widgets.stepper import Stage, Stepper
from tests.factories import NOW

S = OrderStatus
NAMES = {
    S.PENDING: "oczekujący",
    S.IN_PROGRESS: "w toku",
    S.READY: "gotowy",
    S.COLLECTED: "odebrany",
}
AT = NOW.astimezone(WARSAW).strftime("%H:%M")


def way(present: OrderStatus) -> tuple[Stage, ...]:
    """Return the stages of an order that has come so far in a moment."""
    number = [*NAMES].index(present)
    return tuple(
        Stage(
            status,
            LocalText({"pl": name, "en": name}),
            NOW if place <= number else None,
            is_present=status is present,
        )
        for place, (status, name) in enumerate(NAMES.items())
    )


class Shows(App[None]):
    def __init__(self, stepper: Stepper, present: OrderStatus) -> None:
        super().__init__()
        self._stepper = stepper
        stepper.set_reactive(Stepper.stages, way(present))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "#808080", "edge": "#808080"}

    def compose(self) -> ComposeResult:
        yield self._stepper


async def drawn(width: int, present: OrderStatus, *, brief: bool, height: int = 24) -> list[str]:
    app = Shows(Stepper(brief=brief), present)
    async with app.run_test(size=(100, height)):
        return [line.plain for line in app.query_one(Stepper).lines(width)]


@pytest.mark.parametrize("brief", [True, False])
async def test_where_there_is_room_each_stage_has_its_name_and_moment(*, brief: bool) -> None:
    track, names = await drawn(90, S.READY, brief=brief)
    assert track.count("●") == 3
    assert names.split() == ["oczekujący", AT, "w", "toku", AT, "gotowy", AT, "odebrany"]


async def test_a_narrow_one_has_a_line_for_each_stage() -> None:
    assert await drawn(30, S.IN_PROGRESS, brief=False) == [
        f"● oczekujący {AT}",
        f"● w toku {AT}",
        "○ gotowy",
        "○ odebrany",
    ]


@pytest.mark.parametrize(
    ("present", "track", "begins"),
    [
        (S.PENDING, "●─────────○─────────○─────────○", 0),
        (S.IN_PROGRESS, "●━━━━━━━━━●─────────○─────────○", 3),
        (S.COLLECTED, "●━━━━━━━━━●━━━━━━━━━●━━━━━━━━━●", 31 - len(f"odebrany {AT}:00")),
    ],
)
async def test_a_brief_one_names_the_present_stage(
    present: OrderStatus, track: str, begins: int
) -> None:
    name = " " * begins + f"{NAMES[present]} {AT}:00"
    assert await drawn(31, present, brief=True, height=40) == [track, name]
    assert await drawn(31, present, brief=True) == [track], "the status says it"
