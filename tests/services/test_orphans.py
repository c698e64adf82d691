"""A store whose records name others that are not there: what is known is shown, nothing dies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mleg_tui.cli import main
from mleg_tui.domain.order import OrderStatus
from mleg_tui.services.order_queries import OrderFilter
from mleg_tui.services.session import Administrator
from mleg_tui.services.student_rows import StudentFilter
from tests.factories import NOW, House, house, order, student

STAFF, BY = "dziekanat", Administrator()


def orphans() -> House:
    """Return a house with orders of a student, and students of a university, that nobody knows."""
    usos = house()
    for number, status in enumerate((OrderStatus.PENDING, OrderStatus.READY)):
        usos.keep(order(status, NOW, id=f"ghost-{number}", student=f"ghost{number}"))
        usos.keep(order(status, NOW, id=f"nowhere-{number}", student="maja", university="nowhere"))
    usos.keep(student(id="maja", university="nowhere", student_number="7"))
    return usos


def test_the_office_sees_the_orders() -> None:
    usos = orphans()
    office = usos.services.office_orders
    rows = {row.id: row for row in office.stream(usos.session(STAFF), OrderFilter())}
    assert rows["ghost-0"].student == "ghost0"
    assert rows["nowhere-0"].university["pl"] == "nowhere"
    assert rows["nowhere-1"].status_label["pl"] == "READY"
    found = office.stream(usos.session(STAFF), OrderFilter("ghost0"))
    assert [row.id for row in found] == ["ghost-0"]
    for id_, row in rows.items():
        assert office.order(usos.session(STAFF), id_).row == row


def test_the_office_can_end_them() -> None:
    usos = orphans()
    office = usos.services.office_orders
    planned = office.preview(usos.session(STAFF), "ghost-0 nowhere-1 maja ghost0")
    assert [bool(plan.row) for plan in planned] == [True, True, True, False]
    office.fail(usos.session(STAFF), "nowhere-0", "nie ma takiej uczelni")
    office.revoke(usos.session(STAFF), "ghost-0 ghost-1", "nie ma takiego studenta")
    ended = {one.id: one.status for one in usos.orders()}
    assert ended["ghost-1"] is OrderStatus.REVOKED
    assert ended["nowhere-0"] is OrderStatus.ERROR


def test_the_office_sees_the_students() -> None:
    usos = orphans()
    found = StudentFilter("maja 7")
    (maja,) = usos.services.office_students.stream(usos.session(STAFF), found)
    assert maja.university.in_language("en") == "nowhere"
    file = usos.services.office_students.file(usos.session(STAFF), "maja")
    assert {row.id for row in file.orders} == {"nowhere-0", "nowhere-1"}


def test_time_goes_on_for_all_others() -> None:
    usos = orphans()
    usos.services.ordering.place(usos.session())
    usos.services.time.forward(timedelta(days=1))
    states = {one.id: one.status for one in usos.orders()}
    assert states["anna.nowak-001"] is OrderStatus.READY
    assert states["ghost-0"] is OrderStatus.READY  # its university tells how long it takes
    assert states["nowhere-0"] is OrderStatus.PENDING
    usos.services.simulation.step(BY)
    assert usos.services.simulation.whats_next(BY)
    usos.services.time.show()


@pytest.mark.parametrize(
    "line",
    [
        "office orders", "office counters", "office export", "office export --json",
        "office students", "office student --student ewa.lis", "office order --order {id}",
        "office revoke --ids {id} --preview", "office audit", "order status", "time show",
        "simulation show", "store export -",
    ],
)  # fmt: skip
def test_no_command_dies_of_it(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "store.json"
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    monkeypatch.setenv("MLEG_TUI_STORE", str(path))
    monkeypatch.setenv("MLEG_TUI_SEED", "7")
    assert main(["order", "place", "--user", "anna.nowak"]) == 0
    text = path.read_text(encoding="utf-8")
    spoilt = text.replace(
        '"student": "anna.nowak", "university": "agh", "student_number"',
        '"student": "ghost", "university": "nowhere", "student_number"',
    )
    assert spoilt != text
    path.write_text(spoilt, encoding="utf-8")
    user = {"office": STAFF, "order": "anna.nowak"}.get(line.split(maxsplit=1)[0])
    words = [*line.format(id="anna.nowak-001").split(), *(["--user", user] if user else [])]
    assert main(words) == 0
    assert main(["store", "check"]) == 3
    assert "students/ghost" in capfd.readouterr().err
