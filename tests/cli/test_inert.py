"""Nothing that comes from outside does anything in somebody else's terminal, file or log."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from mleg_tui.cli import crash, output
from mleg_tui.cli.office import page as office_page
from mleg_tui.cli.order.page import (
    card_document,
    card_lines,
    condition_lines,
    conditions_document,
)
from mleg_tui.cli.parser import BadUsage
from mleg_tui.cli.plain import Shown
from mleg_tui.compose import open_store
from mleg_tui.demo.cast import Cast
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.locale import advice_of, message_of
from mleg_tui.log_lines import LogLines
from mleg_tui.serve.log import log, logged
from mleg_tui.services.audit_log import EventFilter
from mleg_tui.services.imports import NothingImported
from mleg_tui.services.order_export import as_csv, as_json
from mleg_tui.services.order_queries import OrderFilter
from mleg_tui.services.store import NotFound
from mleg_tui.services.student_rows import StudentFilter
from mleg_tui.stores.transfer import exported
from tests.active import SPOILT, TEXTS, active_in, see_that_it_is_inert, spoil
from tests.cli.conftest import Run
from tests.factories import NOW, House, house, order

STAFF = "--user dziekanat"
FORMULA = "=+-@＝＋－＠﹦"
"""How cells begin that a spreadsheet would compute."""


def spoil_file(path: Path, text: str) -> None:
    with closing(open_store(str(path))) as kept:
        spoil(kept, text)


@pytest.mark.parametrize(
    "line",
    [
        f"office students {STAFF}",
        f"office orders {STAFF}",
        f"office audit {STAFF} --limit 1000",
        f"office export {STAFF}",
        f"office student {STAFF} --student anna.nowak",
        f"office revoke {STAFF} --ids anna.nowak,x --preview",
        "order status --user anna.nowak",
        "order conditions --user ola.wisniewska",
    ],
)
def test_an_older_store_is_shown_as_signs(on_store: Run, store: Path, line: str) -> None:
    on_store("order place --user anna.nowak")
    spoil_file(store, SPOILT)
    plain, in_json = on_store(line), on_store(f"{line} --json")
    for result in (plain, in_json):
        assert result.status == 0
        see_that_it_is_inert(result.out + result.err)
    if "preview" not in line:
        assert "␛]52;c;aGFja2Vk␇" in plain.out
        assert any(SPOILT in text for text in texts_in(in_json.json))


def texts_in(document: Any) -> Iterator[str]:
    match document:
        case str():
            yield document
        case list() | dict():
            parts = document.values() if isinstance(document, dict) else document
            for part in parts:
                yield from texts_in(part)


@pytest.fixture(scope="module")
def usos() -> House:
    built = house()
    built.keep(order(OrderStatus.READY, now=NOW + timedelta(hours=1)))
    session = built.session("dziekanat")
    built.services.office_orders.revoke(session, "anna.nowak", "zguba")
    return built


def all_that_is_shown(usos: House) -> Iterator[Shown]:
    services, office, anna = usos.services, usos.session("dziekanat"), usos.session("anna.nowak")
    card = services.ordering.card(anna)
    yield card_document(card), card_lines(card)
    yield conditions_document(card), condition_lines(card)
    for row in services.office_orders.stream(office, OrderFilter()):
        yield office_page.order(row), office_page.order_lines(row)
    for student in services.office_students.stream(office, StudentFilter()):
        yield office_page.student_row(student), office_page.row_lines(student)
    for event in services.audit_log.stream(office, EventFilter()):
        yield office_page.event(event), office_page.event_lines(event)
    yield office_page.order_file(services.office_orders.order(office, "anna.nowak-001"))
    yield office_page.student_file(services.office_students.file(office, "anna.nowak"))


def written(show: Callable[[Any], None], told: object) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        show(told)
    return out.getvalue()


@given(text=TEXTS)
@settings(max_examples=40, deadline=None)
def test_no_text_of_a_store_is_active_in_plain_lines_and_json(usos: House, text: str) -> None:
    spoil(usos.services.store, text)
    for document, lines in all_that_is_shown(usos):
        known = [*lines]
        shown, in_json = written(output.show, known), written(output.show_json, document)
        see_that_it_is_inert(shown + in_json)
        assert len(shown.split("\n")) == len(known) + 1
        assert json.loads(in_json) == json.loads(json.dumps(document))
    for line in usos.services.store.read(exported):
        assert active_in(line.decode()) == set()


def exported_name(name: str) -> str:
    """Return the cell that an export of orders has for a student of this name."""
    built = house()
    built.keep(order(OrderStatus.READY))
    known = built.services.store.read(lambda view: view.get(Student, "anna.nowak"))
    built.keep(replace(known, first_name=name, last_name="y"))
    rows = tuple(built.services.office_orders.stream(built.session("dziekanat"), OrderFilter()))
    table, document = "".join(as_csv(rows)), "".join(as_json(rows))
    assert json.loads(document)["orders"][0]["name"] == f"{name} y"
    see_that_it_is_inert(table + document)
    (row,) = list(csv.reader(io.StringIO(table)))[2:]
    return row[2]


@given(st.text(f"{FORMULA} \t\r\n\xa0\u200b\x1ba;\"'", min_size=1, max_size=4) | TEXTS)
@settings(deadline=None)
def test_no_text_is_active_in_a_spreadsheet(text: str) -> None:
    assert exported_name(f"{text}x").lstrip()[:1] not in tuple(FORMULA)


@pytest.mark.parametrize("begins", [*FORMULA, "\t=", " ＝", "\r\n@", "\xa0＋"])
def test_a_cell_that_a_spreadsheet_would_compute_begins_with_an_apostrophe(begins: str) -> None:
    assert exported_name(f"{begins}1+1").startswith("'")


@given(TEXTS)
def test_no_text_is_active_in_an_error(text: str) -> None:
    for error in (NotFound(id=text), BadUsage(problem=text, command=text), NothingImported([])):
        see_that_it_is_inert(message_of(error) + advice_of(error))


@given(TEXTS | st.just("a\n2026-01-01T00:00:00Z INFO forged"))
def test_no_text_is_active_in_a_log_or_begins_a_line(text: str) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LogLines("%(levelname)s"))
    handler.handle(logging.makeLogRecord({"msg": "user “%s”", "args": (text,)}))
    see_that_it_is_inert(out.getvalue())
    assert len(out.getvalue().split("\n")) == 2
    error = ValueError(text)
    handler.handle(logging.makeLogRecord({"msg": "", "exc_info": (ValueError, error, None)}))
    see_that_it_is_inert(out.getvalue())
    assert "ValueError" in out.getvalue()


def test_the_log_of_an_unexpected_error_is_inert(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SPOILT)

    monkeypatch.setattr("mleg_tui.cli.plain.services_at_one_moment", fail)
    assert cli("time show").status == 70
    see_that_it_is_inert(crash.log_path().read_text("utf-8"))


def test_a_server_log_is_inert(capsys: pytest.CaptureFixture[str]) -> None:
    with logged():
        log.info("user “%s”", SPOILT)
    see_that_it_is_inert(capsys.readouterr().err)


def test_a_recording_is_inert() -> None:
    cast = Cast(80, 1, SPOILT)
    cast.frame([Strip([Segment(SPOILT)])], 0)
    header, *events = (json.loads(line) for line in cast.to_bytes(1).decode().splitlines())
    assert active_in(header["title"]) == set()
    assert active_in(events[1][2].removeprefix("\x1b[1;1H\x1b[0m")) == set()
