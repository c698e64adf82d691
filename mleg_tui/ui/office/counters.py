"""How many orders there are by status and by day, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.locale import _, local
from mleg_tui.services.order_rows import Counters
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel

_DAYS = 14
_LENGTH = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(count: int, most: int, length: int = _LENGTH) -> str:
    """Return a bar in eighths of a cell; what is not nothing is at least a sliver."""
    eighths = max(1, count * length * 8 // most) if count else 0
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def chart(counted: Sequence[tuple[str, int]]) -> list[str]:
    """Return a line for each count: its name, a bar, and the number behind it."""
    if not counted:
        return [_("brak")]
    wide = max(len(name) for name, _count in counted)
    most = max(count for _name, count in counted)
    return [f"{name.ljust(wide)} {bar(count, most)} {count}" for name, count in counted]


class CountersDialog(Dialog):
    """Both charts of the rows that are shown."""

    def __init__(self, counted: Counters, university: University) -> None:
        super().__init__(N_("Liczniki pokazanych zamówień"))
        self._counted = counted
        self._university = university

    def body(self) -> ComposeResult:
        """Yield the charts."""
        yield ComposedLabel(self._charts)

    def _charts(self) -> str:
        counted = self._counted
        label = self._university.label
        states = [(local(label(status)), n) for status, n in counted.by_status.items() if n]
        days = [(day.isoformat(), count) for day, count in counted.by_day[-_DAYS:]]
        lines = [_("Razem: {count}").format(count=counted.total), "", _("Według statusu")]
        lines += [*chart(states), "", _("Według dnia zamówienia (ostatnie dni)"), *chart(days)]
        return "\n".join(lines)
