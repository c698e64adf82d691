"""The orders at a glance: counters and a week's sparkline, each a button to the filtered table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.order_status import PRESENTED, OrderStatus
from mleg_tui.domain.university import University
from mleg_tui.locale import _, local, ngettext
from mleg_tui.services.order_queries import DAYS, Overview
from mleg_tui.textual_internals.app import run_beside
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.office.choosing import ALL, THIS_WEEK
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.chip import chip
from mleg_tui.ui.widgets.translated import TranslatedButton

COUNTED = (
    OrderStatus.PENDING,
    OrderStatus.IN_PROGRESS,
    OrderStatus.READY,
    OrderStatus.ERROR,
)
"""The states in which somebody may have something to do."""
_SHARE = 100
"""Counting may take so small a part of the time: a hundredth."""
_BLOCKS = "▁▂▃▄▅▆▇█"


class Counter(TranslatedButton):
    """What is counted, as a button that shows the rows."""

    def __init__(self, id: str) -> None:
        self._told: Callable[[], Content] = partial(Content, "")
        super().__init__(MessageId(""), id=id, classes="counter")

    def tell(self, told: Callable[[], Content]) -> None:
        """Show a count."""
        self._told = told
        self.say()
        self.refresh(layout=True)

    def say(self) -> None:
        """Show it in the session's present language."""
        before, after = ("[", "]") if self.has_focus else (" ", " ")
        lines = self._told().split("\n")
        lines = [Content(before if line is lines[0] else " ") + line for line in lines]
        self.label = Content("\n").join(lines) + after


class Dashboard(Horizontal):
    """Says which filter was pressed; counts beside the screen, never on the way to a key."""

    @dataclass
    class Pressed(Message):
        """A counter was pressed: the ids of its state and of its age in the filters."""

        status: str
        age: str

    def __init__(self, ask: Callable[[], Overview], university: University) -> None:
        super().__init__()
        self._ask = ask
        self._university = university
        self._overview: Overview | None = None
        self._is_busy = False
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """Draw the counters."""
        for status in COUNTED:
            yield Counter(status.value)
        yield Counter("week")

    def count(self) -> None:
        """Count again, soon: not more often than the time that counting takes allows."""
        self._is_stale = True
        if not self._is_busy:
            self._is_busy = True
            run_beside(self, self._count)

    async def _count(self) -> None:
        self._is_stale = False
        program, began = program_of(self), time.perf_counter()
        counted = await program.ask_store(self._ask)
        if counted is None or not is_alive(self):
            self._is_busy = False
            return
        self._show(counted)
        rest = 0 if program.options.frozen else _SHARE * (time.perf_counter() - began)
        self.set_timer(rest, self._rested) if rest else self._rested()

    def _rested(self) -> None:
        self._is_busy = False
        if self._is_stale:
            self.count()

    def _show(self, overview: Overview) -> None:
        if overview == self._overview:
            return
        self._overview = overview
        for status in COUNTED:
            self.query_one(f"#{status.value}", Counter).tell(partial(self._state, status, overview))
        self.query_one("#week", Counter).tell(partial(self._week, overview))

    def _state(self, status: OrderStatus, overview: Overview) -> Content:
        presented = PRESENTED[status]
        count = overview.by_status[status]
        head = chip(presented.sign, str(count), presented.tone)
        if not self._is_tall:
            return head
        label = local(self._university.label(status))
        return Content.assemble(head, f"\n{label}\n{self._more(status, overview)}")

    def _more(self, status: OrderStatus, overview: Overview) -> str:
        """Say what of a state wants to be looked at."""
        if status is OrderStatus.PENDING and overview.oldest_pending is not None:
            return _("od {date}").format(date=shown(overview.oldest_pending)[5:-3])
        if status is OrderStatus.READY and overview.codes_dying:
            count = overview.codes_dying
            told = ngettext("{count} wygasa", "{count} wygasają", count)
            return told.format(count=count)
        return ""

    def _week(self, overview: Overview) -> Content:
        counts = [count for _day, count in overview.by_day]
        line = sparkline(counts)
        heading = _("{count} dni").format(count=DAYS)
        if self._is_tall:
            return Content(f"{heading}\n{line}  {sum(counts)}")
        return Content(f"{heading} {line} {sum(counts)}")

    @property
    def _is_tall(self) -> bool:
        return self.screen.has_class("-tall") and not self.app.has_class("-plain")

    async def on_button_pressed(self, event: TranslatedButton.Pressed) -> None:
        """Show the rows that were counted."""
        event.stop()
        id_ = event.button.id or ""
        week = id_ == "week"
        self.post_message(self.Pressed(ALL if week else id_, THIS_WEEK if week else ALL))


def sparkline(counts: list[int]) -> str:
    """Return a bar of eighths for each count; nothing is a blank baseline."""
    most = max(counts, default=0) or 1
    return "".join(_BLOCKS[count * (len(_BLOCKS) - 1) // most] for count in counts)
