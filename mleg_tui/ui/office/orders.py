"""``Zamówienia``: all orders in one table, searched as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from mleg_tui.domain.calendar import shown, warsaw_date
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order_status import PRESENTED
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local
from mleg_tui.services.feed import Interest
from mleg_tui.services.order_queries import OrderFilter, Sorting
from mleg_tui.services.order_rows import OrderRow
from mleg_tui.services.pages import Found
from mleg_tui.ui.commands import Place
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office import choosing
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.office.choosing import Chosen
from mleg_tui.ui.office.dashboard import Dashboard
from mleg_tui.ui.office.listing import ListPage, number_of
from mleg_tui.ui.office.table import Shape, Table
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.payments.table import Column

_COLUMNS = (
    Column(N_("Zamówiono"), 16),
    Column(N_("Status"), 20),
    Column(N_("Student"), share=1),
    Column(N_("Album"), 7),
    Column(N_("Uczelnia"), share=1),
)
_SORTED_BY = (
    Sorting.ORDER_DATE,
    Sorting.STATUS,
    Sorting.STUDENT,
    Sorting.STUDENT_NUMBER,
    Sorting.UNIVERSITY,
)
"""What a click on each heading sorts by."""


def _cells(row: OrderRow) -> tuple[str, ...]:
    return (
        shown(row.order_date)[:-3],
        f"{PRESENTED[row.status].sign} {local(row.status_label)}",
        row.student,
        row.student_number,
        local(row.university),
    )


class OrdersPage(ListPage[OrderRow]):
    """The orders that the filters let through; what is done with many of them at once."""

    places = frozenset({Place.OFFICE_LIST, Place.OFFICE_ORDERS})
    topic = Topic(
        "usosweb.staff_orders",
        N_(
            "Zamówienia mLegitymacji tak, jak widzi je dziekanat: kto, kiedy i w jakim są stanie. "
            "Kodu QR i kodu aktywacyjnego dziekanat nie widzi. Enter otwiera zamówienie z jego "
            "historią. W prawdziwym USOS wygląda to inaczej; tu jest to, co w nim ważne."
        ),
    )
    title = N_("Zamówienia mLegitymacji")

    def __init__(self) -> None:
        chip = (_SORTED_BY.index(Sorting.STATUS), lambda row: PRESENTED[row.status].tone)
        spare = len(_COLUMNS) - 1
        super().__init__(Shape(_COLUMNS, _cells, lambda row: row.id, spare, chip))
        self._names: Mapping[str, LocalText] = {}
        self._chosen = Chosen()

    def head(self) -> ComposeResult:
        """Yield the orders at a glance."""
        portal = self.portal
        ask = partial(portal.program.services.office_orders.overview, portal.session)
        yield Dashboard(ask, portal.university)

    def _filter(self, typed: str) -> OrderFilter:
        moment = self.portal.program.moment or self.portal.program.services.clock.now()
        return self._chosen.wanted(typed, warsaw_date(moment))

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("orders", "students")

    def find(self, typed: str, start: int, number: int) -> Found[OrderRow]:
        """Return so many of the orders that are let through, from a place on."""
        orders, wanted = self.portal.program.services.office_orders, self._filter(typed)
        return orders.find(self.portal.session, wanted, start, number, wanted.most_counted)

    async def load(self) -> None:
        """Read the universities' names, too."""
        program = self.portal.program
        known = await program.ask_store(program.services.campus.universities)
        if known is not None:
            self._names = {one.id: one.name for one in known}
        await super().load()
        self.query_one(Dashboard).count()

    @on(Dashboard.Pressed)
    async def _counter_pressed(self, event: Dashboard.Pressed) -> None:
        event.stop()
        self._chosen = replace(self._chosen, status=event.status, age=event.age)
        await self.search()
        self.table.focus()

    def sorted_by(self) -> tuple[int, bool] | None:
        """Return the column that the rows are sorted by, and whether from its greatest."""
        by = self._chosen.by
        return (_SORTED_BY.index(by), self._chosen.descending) if by in _SORTED_BY else None

    def say(self) -> None:
        """Say how many rows there are, and which."""
        if self.found is None:
            return
        count = _("Zamówienia: {shown} z {total}").format(
            shown=number_of(self.found), total=self.found.total
        )
        told = self._chosen.told(self.portal.program.university, self._names)
        self.query_one("#found", Static).update(" · ".join(filter(None, (count, told))))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        return {
            **super().handlers(),
            "orders.status": self._choose_status,
            "orders.university": self._choose_university,
            "orders.age": self._choose_age,
            "orders.sort": self._choose_sorting,
            "orders.reverse": self._reverse,
            "orders.counters": self._count,
            "orders.revoke_list": self._revoke_list,
            "orders.export": self._export,
        }

    def _choose_status(self) -> None:
        choices = partial(choosing.statuses, self.portal.program.university)
        self._choose(N_("Pokaż status"), choices, "status")

    def _choose_university(self) -> None:
        choices = partial(choosing.universities, self._names)
        self._choose(N_("Pokaż uczelnię"), choices, "university")

    def _choose_age(self) -> None:
        self._choose(N_("Pokaż złożone dawniej niż"), choosing.ages, "age")

    def _choose(self, title: MessageId, choices: Callable[[], Choices], field: str) -> None:
        async def chosen(id_: str) -> None:
            changed: dict[str, Any] = {field: id_}
            self._chosen = replace(self._chosen, **changed)
            await self.search()

        choice = Choice(title, choices, getattr(self._chosen, field))
        self.app.push_screen(choice, answered(chosen))

    def _choose_sorting(self) -> None:
        choice = Choice(N_("Sortuj według"), choosing.sortings, self._chosen.by.value)
        self.app.push_screen(choice, answered(self._sort_by))

    async def _sort_by(self, by: str) -> None:
        self._chosen = self._chosen.sorted_by(Sorting(by))
        await self.load()

    async def _reverse(self) -> None:
        await self._sort_by(self._chosen.by)

    @on(Table.HeadingClicked)
    async def _heading_clicked(self, event: Table.HeadingClicked) -> None:
        event.stop()
        await self._sort_by(_SORTED_BY[event.column])

    async def _count(self) -> None:
        from mleg_tui.ui.office.counters import CountersDialog

        program, wanted = self.portal.program, self._filter(self.typed)
        count = partial(program.services.office_orders.counters, self.portal.session, wanted)
        counted = await program.ask_store(count)
        if counted is not None:
            self.app.push_screen(CountersDialog(counted, program.university))

    def _revoke_list(self) -> None:
        from mleg_tui.ui.office.revoke_list import ListRevocation

        ListRevocation(self.portal.program, self.portal.session).begin()

    def _export(self) -> None:
        from mleg_tui.ui.office.export import LONGEST_PATH, NotOnThisDisk, path_from
        from mleg_tui.ui.widgets.form import Field, Form  # noqa: PLC0415

        program = self.portal.program
        if not program.options.local:
            program.tell(NotOnThisDisk())
            return

        async def filled(typed: tuple[str, ...]) -> None:
            written = await program.ask_store(partial(self._written, typed[0]))
            if written is not None:
                path, count = written
                told = _("Zapisano {count} wierszy: {path}")
                self.notify(told.format(count=count, path=path))

        form = Form(
            N_("Eksport pokazanych wierszy"),
            N_("Kończy się na .csv albo .json; tokenów i kodów w nim nie ma."),
            (Field(N_("Plik:"), _("zamowienia.csv"), path_from, LONGEST_PATH),),
            N_("Zapisz"),
        )
        self.app.push_screen(form, answered(filled))

    def _written(self, path: str) -> tuple[Path, int]:
        """Write all rows that are let through to a file; return where it is, and how many."""
        from mleg_tui.ui.office.export import export

        orders, wanted = self.portal.program.services.office_orders, self._filter(self.typed)
        return export(orders.stream(self.portal.session, wanted), path)

    def open(self, key: str) -> None:
        """Open the order's own screen."""
        self.portal.desk.open_file("orders", key)
