"""The stepper: the states that an order goes through, with the moments that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.order import HistoryEntry, Order, OrderStatus
from mleg_tui.domain.order_status import PRESENTED
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.locale import local
from mleg_tui.ui.widgets.translated import Lines

WAY = (
    OrderStatus.PENDING,
    OrderStatus.IN_PROGRESS,
    OrderStatus.READY,
    OrderStatus.COLLECTED,
)
"""The states of an order that comes to a good end."""
ROOMY = 30
"""The least height of a window in which the moments have a line of their own, with seconds."""
_REACHED, _AHEAD = "●", "○"
_GAP = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the way: what it is called, when it was reached, and whether it is the present."""

    status: OrderStatus
    label: LocalText
    at: datetime | None = None
    is_present: bool = False

    @property
    def sign(self) -> str:
        """What stands on the line: an end that is no good one has its own sign."""
        if self.at is None and not self.is_present:
            return _AHEAD
        return _REACHED if self.status in WAY else PRESENTED[self.status].sign


def stages(order: Order, university: University, now: datetime) -> tuple[Stage, ...]:
    """Return the states that an order went through, and those that are ahead of it."""
    present = order.status_at(now)
    turned = order.ends_at if present is OrderStatus.EXPIRED else order.codes_end_at
    return stages_of(order.history, present, university, turned)


def stages_of(
    history: Iterable[HistoryEntry],
    present: OrderStatus,
    university: University,
    turned: datetime | None,
) -> tuple[Stage, ...]:
    """Return the stages of a history; ``turned`` is when time alone brought the present state."""
    entries = {entry.status: entry for entry in history}
    passed = {status: entry.at for status, entry in entries.items()}
    way = [*(status for status in passed if status is not present), present]
    if present in WAY:
        way += WAY[WAY.index(present) + 1 :]
    return tuple(
        Stage(
            one,
            university.label(one, by_student=one in entries and entries[one].is_by_student),
            passed.get(one, turned if one is present else None),
            one is present,
        )
        for one in way
    )


class Stepper(Lines):
    """Stages in a row, joined by a line: thick up to the present one, which is bold.

    Where the window is low, the moments stand beside the names; where it is narrow, or read out,
    the stages stand one below the other. A ``brief`` one, beside which status and history are told,
    then names the present stage only, or none where the window is low.
    """

    DEFAULT_CSS = """
    Stepper { width: 100%; height: auto; }
    """

    stages: reactive[tuple[Stage, ...]] = reactive((), layout=True)

    def __init__(self, *, brief: bool = False) -> None:
        super().__init__()
        self._is_brief = brief

    def lines(self, width: int) -> list[Content]:
        """Return the stages."""
        if not self.stages:
            return []
        told = [*zip(self.stages, self._told(), strict=True)]
        roomy = self.app.size.height >= ROOMY
        cells = [[_styled(stage, name), Content.styled(at, "$quiet")] for stage, (name, at) in told]
        if not roomy:
            cells = [[_beside(stage, *one)] for stage, one in told]
        needed = [max(cell.cell_length for cell in column) for column in cells]
        spare, rest = divmod(width - sum(needed), len(cells) - 1 or 1)
        is_plain = self.app.has_class("-plain")
        if self._is_brief and spare < _GAP and not is_plain:
            return self._brief([_beside(stage, *one) for stage, one in told], width)
        if is_plain or spare < _GAP:
            return [Content(f"{stage.sign} ") + _beside(stage, *one) for stage, one in told]
        widths = [need + spare + (number < rest) for number, need in enumerate(needed)]
        rows = (_in_columns(row, widths) for row in zip(*cells, strict=True))
        return [self._track(widths), *rows]

    def _brief(self, names: list[Content], width: int) -> list[Content]:
        """Return the line, and below it the name of the present stage."""
        step = (width - 1) // (len(names) - 1 or 1)
        track = self._track([step] * (len(names) - 1) + [1])
        if self.app.size.height < ROOMY:
            return [track]
        place = next(place for place, stage in enumerate(self.stages) if stage.is_present)
        name = names[place]
        begins = place * step - name.cell_length // 2
        return [track, name.pad_left(max(0, min(begins, width - name.cell_length)))]

    def _told(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the moment of each stage; a day where it is not the one before's."""
        day = None
        pattern = "%H:%M:%S" if self.app.size.height >= ROOMY else "%H:%M"
        for stage in self.stages:
            at = ""
            if stage.at is not None:
                moment = stage.at.astimezone(WARSAW)
                another = day is not None and moment.date() != day
                at = moment.strftime(f"%m-%d {pattern}" if another else pattern)
                day = moment.date()
            yield local(stage.label), at

    def _track(self, widths: list[int]) -> Content:
        parts: list[Content | tuple[str, str]] = []
        following = [*self.stages[1:], None]
        for stage, after, width in zip(self.stages, following, widths, strict=True):
            reached = stage.sign != _AHEAD
            parts.append((stage.sign, "bold $primary" if reached else "$edge"))
            if after is not None:
                thick = after.sign != _AHEAD
                line = ("━" if thick else "─") * (width - 1)
                parts.append((line, "$primary" if thick else "$edge"))
        return Content.assemble(*parts)


def _styled(stage: Stage, name: str) -> Content:
    if stage.is_present:
        return Content.styled(name, "bold")
    return Content.styled(name, "$quiet") if stage.at is None else Content(name)


def _beside(stage: Stage, name: str, at: str) -> Content:
    return Content.assemble(_styled(stage, name), f" {at}" if at else "")


def _in_columns(cells: Iterable[Content], widths: list[int]) -> Content:
    padded = (
        cell.pad_right(width - cell.cell_length) for cell, width in zip(cells, widths, strict=True)
    )
    return Content("").join(padded).rstrip()
