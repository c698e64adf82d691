"""DLA PRACOWNIKÓW: the orders, without their codes."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import DataTable

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.text import N_
from mleg_tui.locale import _, local
from mleg_tui.services.order_rows import OrderRow
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.said import Said

_COLUMNS = (
    N_("Data zamówienia"),
    N_("Status"),
    N_("Student"),
    N_("Numer albumu"),
    N_("Uczelnia"),
)


class StaffOrdersPage(Page):
    """A table of all orders, the newest first."""

    topic = "usosweb.staff_orders"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[OrderRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Draw the table."""
        yield Said(N_("Zamówienia mLegitymacji"), classes="title")
        yield DataTable(cursor_type="row", id="orders")

    async def load(self) -> None:
        """Read the orders."""
        program, session = self.portal.program, self.portal.session
        rows = await program.ask_store(partial(program.services.office.orders, session))
        if rows is not None and self.is_mounted:
            self._rows = rows
            self.say()

    def say(self) -> None:
        """List the orders in the session's present language; the cursor stays where it is."""
        table: DataTable[str] = self.query_one(DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        table.add_columns(*(_(column) for column in _COLUMNS))
        for order in self._rows:
            table.add_row(
                shown(order.order_date),
                local(order.status_label),
                order.student,
                order.student_number,
                local(order.university),
                key=order.id,
            )
        table.move_cursor(row=row)
