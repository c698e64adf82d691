"""The virtual table: it paints what is seen, and keeps the cursor's row when others change."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult

from mleg_tui.domain.messages import MessageId
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.office.table import Shape, Table, Window
from mleg_tui.ui.usosweb.payments.table import Column

HEIGHT = 12
ROOM = HEIGHT - 1
LENGTH = 50_000


def whole(rows: Sequence[int]) -> Window[int]:
    """Return a window through which everything is seen."""
    return Window(rows, 0, len(rows))


class OneTable(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        columns = (Column(MessageId("Numer"), 8), Column(MessageId("Nazwa"), share=1))
        yield Table(Shape(columns, self.cells, str))

    def cells(self, row: int) -> Sequence[str]:
        self.drawn.append(row)
        return str(row), f"row {row}"

    def on_table_opened(self, event: Table.Opened) -> None:
        self.opened.append(event.key)

    @property
    def table(self) -> Table[int]:
        return self.query_one(Table)

    @property
    def lines(self) -> list[str]:
        return [line.text.rstrip() for line in strips(self)]


async def test_of_many_rows_only_the_seen_ones_are_drawn() -> None:
    app = OneTable()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        app.table.show(whole(range(LENGTH)))
        await settle(app)
        assert set(app.drawn) == set(range(ROOM))
        await pilot.press("end")
        await settle(app)
        assert app.lines[-1].startswith(str(LENGTH - 1))
        assert len(set(app.drawn)) == 2 * ROOM


async def test_keys_move_the_cursor_and_enter_opens() -> None:
    app = OneTable()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        app.table.show(whole(range(100)))
        await pilot.press("up", "down", "down", "pagedown", "enter")
        await settle(app)
        assert app.opened == [str(2 + ROOM - 1)]
        await pilot.press("home", "enter")
        assert app.opened[-1] == "0"


async def test_the_cursors_row_and_its_line_stay_when_rows_come_and_go() -> None:
    app = OneTable()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        app.table.show(whole(range(100, 200)))
        await pilot.press("pagedown", "pagedown", "pagedown", "up", "up")
        await settle(app)
        row, line = app.table.row, app.lines.index(f"{app.table.row}      row {app.table.row}")
        app.table.show(whole(range(95, 210)))
        await settle(app)
        assert app.table.row == row
        assert app.lines[line].startswith(str(row))
        app.table.show(whole([1, 2, 3]))
        await settle(app)
        assert app.table.row == 3, "where the row is gone, the cursor stays as near as can be"


async def test_without_rows_it_says_so_and_opens_nothing() -> None:
    app = OneTable()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        app.table.show(whole(()))
        await pilot.press("down", "end", "enter")
        await settle(app)
        assert "Nic nie znaleziono." in app.lines[1]
        assert app.opened == []


async def test_the_mouse_opens_rows_and_asks_to_sort() -> None:
    app = OneTable()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        app.table.show(whole(range(100)))
        await pilot.click(Table, offset=(3, 4))
        assert app.opened == ["3"]
        assert app.table.row == 3
