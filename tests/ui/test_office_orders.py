"""Zamówienia: finding, sorting, counting, acting on one and on many, and exporting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.services.store import View, Work
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.ui.office.counters import CountersDialog, bar, chart
from mleg_tui.ui.office.order_screen import OrderScreen
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.widgets.dialogs import Told
from mleg_tui.ui.widgets.form import Form
from tests.factories import order
from tests.ui.pilot import Play, playing, told

OFFICE = "dziekanat"
S = OrderStatus


def order_of(play: Play, id_: str) -> Order:
    return play.services.store.read(lambda view: view.get(Order, id_))


def files(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


async def stock(play: Play) -> None:
    """Three orders: Anna's READY, Ola's PENDING, Jan's ERROR; Jan has a name with marks."""

    def change(work: Work) -> None:
        for student, status in (
            ("anna.nowak", S.READY),
            ("ola.wisniewska", S.PENDING),
            ("jan.kowalski", S.ERROR),
        ):
            known = work.get(Student, student)
            changes = {
                "id": f"{student}-001",
                "student": student,
                "university": known.university,
                "student_number": known.student_number,
            }
            now = play.stage.clock.now()
            fresh = timedelta(hours=1) if status is S.PENDING else timedelta()
            work.add(order(status, now + fresh, **changes))
        work.save(replace(work.get(Student, "jan.kowalski"), last_name="Żółw"))

    play.services.store.transact(change)
    await play.press("4")


async def test_a_key_in_the_search_asks_the_store_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    read = MemoryStore.read

    def counted(store: MemoryStore, ask: Callable[[View], object]) -> object:
        looks.append(ask)
        return read(store, ask)

    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("n")
        monkeypatch.setattr(MemoryStore, "read", counted)
        await play.write("z")
        assert "Zamówienia: 1 z 3" in play.text
        assert len(looks) == 1


async def open_one(play: Play, name: str) -> None:
    await play.press("n")
    await play.write(name)
    await play.press("enter", "enter")
    assert play.on_top(OrderScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_orders_file_shows_how_far_it_has_come(size: tuple[int, int]) -> None:
    async with playing(OFFICE, size=size) as play:
        await stock(play)
        await open_one(play, "anna")
        assert re.search("●━+●━+●─+○", play.text)
        assert "Historia" in play.text
        assert "system mObywatel" in play.text


async def test_the_state_is_a_chip_but_for_the_row_that_the_cursor_is_on() -> None:
    async with playing(OFFICE, size=(120, 40)) as play:
        await stock(play)
        rows = play.text.splitlines()

        def ground(state: str, of: int) -> object:
            """Return what is behind a letter of the state."""
            y = next(y for y, row in enumerate(rows) if state in row and "2026-" in row)
            return play.app.screen.get_style_at(rows[y].index(state) + of, y).bgcolor

        assert ground("✓ gotowy", 0) == ground("✓ gotowy", 5) != ground("✓ gotowy", -2)
        assert len({ground(state, 2) for state in ("✓ gotowy", "✗ błąd", "● oczek")}) == 3
        assert ground("● oczek", 0) == ground("● oczek", -2), "the cursor is there"


async def test_searching_needs_no_polish_letters_and_shows_the_count() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        assert "Zamówienia: 3 z 3" in play.text
        await play.press("n")
        await play.write("zolw jan")
        assert "Zamówienia: 1 z 3" in play.text
        assert "Jan Żółw" in play.text
        assert "Anna Nowak" not in play.text
        await play.write("x")
        assert "Nic nie znaleziono." in play.text


async def test_filters_by_status_university_and_age() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("t", "down", "enter")
        assert "Zamówienia: 1 z 3 · status: niezakończone" in play.text
        assert "Ola" in play.text
        await play.press("t", "home", "enter", "u", "down", "enter")
        assert "uczelnia:" in play.text
        assert "z 3 ·" in play.text
        await play.press("u", "home", "enter", "g", "end", "enter")
        assert "Zamówienia: 0 z 3 · wiek: ponad 30 dni" in play.text


async def test_sorting_by_key_and_by_heading_and_turning_round() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("o", "down", "down", "enter")
        assert "Student ▲" in play.text
        first = play.text.index("Żółw")
        assert play.text.index("Nowak") < first
        await play.press("v")
        assert "Student ▼" in play.text
        assert play.text.index("Nowak") > play.text.index("Żółw")
        await play.pilot.click(Table, offset=(20, 0))
        await play.press("f5")
        assert "Status ▲" in play.text


async def test_counters_have_numbers_beside_their_bars() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("c")
        assert play.on_top(CountersDialog)
        assert "Razem: 3" in play.text
        assert "█ 1" in play.text
        assert "█ 3" in play.text


async def test_what_is_longer_than_a_dialog_is_reached_by_keys() -> None:
    async with playing(OFFICE, size=(80, 24)) as play:

        def fill(work: Work) -> None:
            for number in range(20):
                placed = play.stage.clock.now() - timedelta(days=number)
                work.add(order(S.CANCELLED, placed, id=f"anna.nowak-{number:03}"))

        play.services.store.transact(fill)
        await play.press("4", "c")
        body = play.app.screen.query_one("#body")
        assert body.max_scroll_y > 0
        await play.press("down", "down")
        assert body.scroll_offset.y == 2
        await play.press("pagedown", "pagedown")
        assert body.scroll_offset.y == body.max_scroll_y
        await play.press("up")
        assert body.scroll_offset.y == body.max_scroll_y - 1
        await play.press("enter")
        assert not play.on_top(CountersDialog)


async def test_in_a_narrow_window_the_university_gives_way_to_the_name() -> None:
    async with playing(OFFICE, size=(60, 20)) as play:
        await stock(play)
        assert "Uczelnia" not in play.text
        assert "Anna N" in play.text
        await play.pilot.click(Table, offset=(50, 0))
        await play.press("f5")
        assert "Album ▲" in play.text
        await play.resize(80, 24)
        assert "Uczelnia" in play.text


def test_bars_are_as_long_as_their_counts() -> None:
    assert bar(0, 10) == ""
    assert bar(10, 10, 4) == "████"
    assert bar(5, 10, 4) == "██"
    assert bar(1, 1000, 4) == "▏"
    assert chart([("a", 2), ("bcd", 1)]) == [f"a   {'█' * 24} 2", f"bcd {'█' * 12} 1"]
    assert chart([]) == ["brak"]


async def test_one_order_shows_its_history_and_no_codes() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await open_one(play, "nowak")
        codes = order_of(play, "anna.nowak-001").codes
        assert codes is not None
        for told in ("oczekujący", "agent USOS", "student (anna.nowak)", "system mObywatel"):
            assert told in play.text
        assert codes.token not in play.text
        assert codes.distribution_pass not in play.text
        await play.press("f2")
        assert "agent" in play.text
        await play.press("escape")
        assert not play.on_top(OrderScreen)


async def test_an_order_is_failed_with_a_reason() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await open_one(play, "ola")
        await play.press("B", "enter")
        assert play.on_top(Form), "a reason is needed"
        assert "Ta czynność wymaga podania powodu." in play.text
        await play.write("Brak zgody")
        await play.press("enter", "right", "enter")
        assert "✓ Zamówienie odrzucone." in play.text
        failed = order_of(play, "ola.wisniewska-001")
        assert failed.status is S.ERROR
        assert failed.last_change.reason == "Brak zgody"
        assert "Brak zgody" in play.text


async def test_a_failed_order_is_retried() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session("anna.nowak"))
        staff = play.stage.session(OFFICE)
        play.services.office_orders.fail(staff, "anna.nowak-001", "Pomyłka")
        await play.press("4", "enter", "p", "left", "enter")
        orders = play.services.store.read(lambda view: view.select(Order))
        assert {one.status for one in orders} == {S.ERROR, S.PENDING}
        assert "Status:  ● oczekujący" in play.text


async def test_a_ready_order_is_revoked_with_a_reason_and_cannot_be_failed() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await open_one(play, "nowak")
        await play.press("B")
        assert play.on_top(Told)
        assert "Tego nie można teraz zrobić" in play.text
        await play.press("escape", "U")
        await play.write("Zgubiona karta")
        await play.press("enter", "enter")
        assert order_of(play, "anna.nowak-001").status is S.READY, "the safe answer has focus"
        await play.press("U")
        await play.write("Zgubiona karta")
        await play.press("enter", "right", "enter")
        assert order_of(play, "anna.nowak-001").status is S.REVOKED
        assert "Zgubiona karta" in play.text


async def test_a_list_is_revoked_after_a_preview_only() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("X")
        await play.write("anna.nowak,ola.wisniewska-001 999999")
        await play.press("tab", "enter")
        assert "Ta czynność wymaga podania powodu." in play.text
        await play.write("Koniec roku")
        await play.press("enter")
        assert "Zostaną unieważnione 2 zamówienia z 3 pozycji." in play.text
        assert "✗ 999999" in play.text
        assert order_of(play, "anna.nowak-001").status is S.READY
        await play.press("left", "enter")
        assert "Unieważniono: 2. Pominięto: 1." in play.text
        for id_ in ("anna.nowak-001", "ola.wisniewska-001"):
            assert order_of(play, id_).last_change.reason == "Koniec roku"


async def test_an_empty_list_is_told_and_escape_revokes_nothing() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("X", "tab", "enter")
        assert "Lista jest pusta." in play.text
        await play.press("escape")
        assert "Zamówienia: 3 z 3" in play.text


@pytest.mark.parametrize("suffix", ["csv", "json"])
async def test_the_shown_rows_are_exported_once(suffix: str, tmp_path: Path) -> None:
    path = Path("rows").with_suffix(f".{suffix}")
    async with playing(OFFICE) as play:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path)
            await stock(play)
            await play.press("n")
            await play.write("anna")
            await play.press("down", "e", *["backspace"] * len("zamowienia.csv"))
            await play.write(str(path))
            await play.press("enter")
            text = (tmp_path / path).read_text(encoding="utf-8")
            await play.press("e", *["backspace"] * len("zamowienia.csv"))
            await play.write(str(path))
            await play.press("enter")
            assert "Nie można zapisać pliku" in play.text, "nothing is written over"
    assert "SYMULACJA" in text
    assert "anna.nowak-001" in text
    assert "ola" not in text
    if suffix == "json":
        assert len(json.loads(text)["orders"]) == 1


async def test_a_path_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / ("d" * 60) / ("e" * 60) / "rows.csv"
    path.parent.mkdir(parents=True)
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("e", *["backspace"] * len("zamowienia.csv"))
        await play.write(str(path))
        await play.press("enter")
    assert "anna.nowak-001" in path.read_text(encoding="utf-8")


async def test_a_session_from_elsewhere_does_not_write_on_this_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with playing(OFFICE) as play:
        await stock(play)
        play.app.options = play.app.options._replace(local=False)
        await play.press("e")
        assert "W sesji zdalnej eksport trafiłby na dysk serwera" in told(play.app)
        assert "mleg-tui office export" in told(play.app)
        await play.press("enter", "enter")
    assert files(tmp_path) == []


async def test_an_export_needs_a_name_that_tells_the_format() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        await play.press("e", "backspace", "enter")
        assert "Z nazwy pliku nie wynika format." in play.text
