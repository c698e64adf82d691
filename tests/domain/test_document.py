"""What the document says beside the data that USOS has: age, relief, number of the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.document import card_number
from mleg_tui.domain.phone import Document, Phone, Validity
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import Speech, speak
from mleg_tui.ui.phone.rows import entitlement_rows

DOCUMENT = Document(
    order="anna.nowak-001",
    first_name="Anna",
    second_name=None,
    last_name="Nowak",
    birth_date=date(2004, 5, 17),
    pesel="04251712487",
    university=LocalText({"pl": "AGH (symulacja)"}),
    student_number="401237",
    picture=None,
    issued_on=date(2026, 3, 2),
    expiration_date=date(2026, 10, 31),
    validity=Validity.VALID,
    updated_at=datetime(2026, 3, 2, tzinfo=UTC),
)


@given(st.text(min_size=1, max_size=40))
def test_the_number_of_a_card_is_none_that_a_real_one_can_have(order: str) -> None:
    number = card_number(replace(DOCUMENT, order=order))
    assert len(number) == 8
    assert number.isdigit()
    weighted = sum(int(digit) * weight for digit, weight in zip(number, (3, 1) * 4, strict=True))
    assert weighted % 10 != 0


def test_each_order_has_a_number_of_its_own() -> None:
    assert card_number(DOCUMENT) == card_number(replace(DOCUMENT, last_name="Kowalska"))
    assert card_number(DOCUMENT) != card_number(replace(DOCUMENT, order="anna.nowak-002"))


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 5, 16), 21), (date(2026, 5, 17), 22), (date(2026, 12, 1), 22)]
)
def test_one_is_a_year_older_on_the_birthday(day: date, age: int) -> None:
    assert DOCUMENT.age_on(day) == age


@pytest.mark.parametrize(
    ("day", "relief"),
    [
        (date(2030, 5, 16), "Ulga na kolej: 51% do 2030-05-17"),
        (date(2030, 5, 17), "Ulga na kolej: brak od 2030-05-17"),
    ],
)
def test_the_relief_ends_at_26(day: date, relief: str) -> None:
    speak(Speech("pl"))
    assert relief in list(entitlement_rows(DOCUMENT, day))


def test_a_phone_that_was_used_before_has_the_app() -> None:
    unused = Phone(id="anna.nowak-1", owner="anna.nowak", number=1)
    assert not unused.has_app
    assert replace(unused, password_hash="hash").has_app
    assert replace(unused, document=DOCUMENT).has_app
    assert replace(unused, installed=True).has_app
