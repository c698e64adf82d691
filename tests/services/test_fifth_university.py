"""A fifth university is data alone: no code knows any university by its id."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import mleg_tui
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.university import OrderPath
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.ordering import CannotOrder, ConsentMissing
from mleg_tui.services.services import Services
from mleg_tui.stores.memory import MemoryStore
from tests.factories import NOW

STUDENT = "iga.nowa"
UNIVERSITY = {
    "id": "nowa",
    "name": {"pl": "Nowa Uczelnia (symulacja)", "en": "New University (simulation)"},
    "address": "usosweb.nowa.example",
    "contact": "dziekanat@nowa.example",
    "regulation": "2020",
    "skin": "2026",
    "paths": ["MOBILE"],
    "consents": [
        {
            "id": "telefon",
            "version": "3",
            "title": {"pl": "Zgoda na telefon", "en": "Consent to the phone"},
            "text": {"pl": "Zgadzam się.", "en": "I agree."},
        }
    ],
    "durations": {
        "pending": {"least": 30, "most": 30},
        "in_progress": {"least": 60, "most": 60},
        "codes_valid_days": 3,
    },
}
DEFAULT_UNIVERSITY = {"university.py"}
"""The module that may name one: where the program begins before anybody has logged in."""


def content(name: str) -> Any:
    return json.loads((own_directory() / name).read_text("utf-8"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return demo data with one more university, whose student is like anna.nowak."""
    universities, students = content("universities.json"), content("students.json")
    universities["universities"].append(UNIVERSITY)
    anna = next(student for student in students["students"] if student["id"] == "anna.nowak")
    students["students"].append({**anna, "id": STUDENT, "university": "nowa"})
    accounts, payments = content("accounts.json"), content("payments.json")
    for name, whole in (
        ("universities.json", universities),
        ("students.json", students),
        ("accounts.json", accounts),
        ("payments.json", payments),
    ):
        (tmp_path / name).write_text(json.dumps(whole), "utf-8")
    return tmp_path


def test_a_university_with_its_own_mix_works_from_the_order_to_the_document(data: Path) -> None:
    store = MemoryStore()
    assert fill_if_new(store, Beginning(seed=7, now=NOW, data=data), NOW)
    services = Services(store, StandingClock(NOW))
    session = services.login.sign_in(STUDENT, "demo")
    before = services.ordering.card(session)
    assert before.university.paths == (OrderPath.MOBILE,)
    assert len(before.findings) == 7
    with pytest.raises(CannotOrder) as caught:
        services.ordering.place(session)
    assert [type(reason) for reason in caught.value.reasons] == [ConsentMissing]

    card = services.ordering.place(session, ["telefon"])
    assert card.status_label is not None
    assert card.status_label["pl"] == "Oczekuje"
    assert card.order is not None
    assert [(given.id, given.version) for given in card.order.consents] == [("telefon", "3")]
    assert card.order.expiration_date == date(2027, 3, 31)
    services.time.forward(timedelta(seconds=90))
    ready = services.ordering.card(session)
    assert ready.status is OrderStatus.READY
    assert ready.order is not None
    assert ready.order.codes_expiration == NOW + timedelta(days=3, seconds=90)
    assert ready.codes is not None
    services.mobywatel.add(
        session, 1, ready.codes.token, ready.codes.distribution_pass, terms_accepted=True
    )
    assert services.ordering.card(session).status is OrderStatus.COLLECTED


def texts(path: Path) -> Iterator[str]:
    """Yield the text literals of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_code_names_a_university() -> None:
    ids = {university["id"] for university in content("universities.json")["universities"]}
    assert ids == {"agh", "fk", "pwr", "umcs", "agh2025"}
    modules = Path(mleg_tui.__file__).parent.rglob("*.py")
    naming = {path.name for path in modules if ids.intersection(texts(path))}
    assert naming <= DEFAULT_UNIVERSITY
