"""What the table of orders shows, and in which order: as the office chose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import IN_PROCESS, OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.locale import _, local
from mleg_tui.services.order_queries import DAYS, OrderFilter, Sorting
from mleg_tui.ui.office.choice import Choices

ALL = "all"
THIS_WEEK = "week"
_MOVING = "moving"
_STATUSES: Mapping[str, frozenset[OrderStatus]] = {
    ALL: frozenset(),
    _MOVING: IN_PROCESS,
    **{status.value: frozenset({status}) for status in OrderStatus},
}
_AGES: Mapping[str, tuple[MessageId, timedelta | None]] = {
    ALL: (N_("dowolny"), None),
    THIS_WEEK: (N_("ostatnie 7 dni"), None),
    "1h": (N_("ponad godzina"), timedelta(hours=1)),
    "1d": (N_("ponad doba"), timedelta(days=1)),
    "7d": (N_("ponad 7 dni"), timedelta(days=7)),
    "30d": (N_("ponad 30 dni"), timedelta(days=30)),
}
SORTINGS: Mapping[Sorting, MessageId] = {
    Sorting.ORDER_DATE: N_("data zamówienia"),
    Sorting.STATUS: N_("status"),
    Sorting.STUDENT: N_("nazwisko"),
    Sorting.STUDENT_NUMBER: N_("numer albumu"),
    Sorting.UNIVERSITY: N_("uczelnia"),
    Sorting.CHANGED: N_("ostatnia zmiana"),
}
_FROM_THE_GREATEST = frozenset({Sorting.ORDER_DATE, Sorting.CHANGED})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters, by the ids of their choices, and the sorting."""

    status: str = ALL
    university: str = ALL
    age: str = ALL
    by: Sorting = Sorting.ORDER_DATE
    descending: bool = True

    def sorted_by(self, by: Sorting) -> Chosen:
        """Return the same rows sorted by a column; the same one again turns them round."""
        if by is self.by:
            return replace(self, descending=not self.descending)
        return replace(self, by=by, descending=by in _FROM_THE_GREATEST)

    def wanted(self, text: str, today: date) -> OrderFilter:
        """Return the filter that lets through what is to be shown, in its order."""
        return OrderFilter(
            text=text,
            statuses=_STATUSES[self.status],
            university=None if self.university == ALL else self.university,
            older_than=_AGES[self.age][1],
            since=today - timedelta(days=DAYS - 1) if self.age == THIS_WEEK else None,
            by=self.by,
            descending=self.descending,
        )

    def told(self, university: University, names: Mapping[str, LocalText]) -> str:
        """Say what is shown; a filter that lets everything through is not worth a word."""
        parts = []
        if self.status != ALL:
            parts.append(_("status: {name}").format(name=_status(self.status, university)))
        if self.university in names:
            parts.append(_("uczelnia: {name}").format(name=local(names[self.university])))
        if self.age != ALL:
            parts.append(_("wiek: {name}").format(name=_(_AGES[self.age][0])))
        return " · ".join(parts)


def statuses(university: University) -> Choices:
    """Return the choices of a status, in a university's words."""
    return [(id_, _status(id_, university)) for id_ in _STATUSES]


def universities(names: Mapping[str, LocalText]) -> Choices:
    """Return the choices of a university."""
    return [(ALL, _("wszystkie")), *((id_, local(name)) for id_, name in names.items())]


def ages() -> Choices:
    """Return the choices of an age."""
    return [(id_, _(label)) for id_, (label, _age) in _AGES.items()]


def sortings() -> Choices:
    """Return the choices of a column to sort by."""
    return [(by.value, _(label)) for by, label in SORTINGS.items()]


def _status(id_: str, university: University) -> str:
    match id_:
        case "all":
            return _("wszystkie")
        case "moving":
            return _("niezakończone")
        case _:
            return local(university.label(OrderStatus(id_)))
