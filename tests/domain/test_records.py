"""Records that contradict themselves cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.order import NotYours, OrderStatus, TransitionRefused
from mleg_tui.domain.pesel import RealPesel
from mleg_tui.domain.student import Els, Photo, PhotoStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import (
    Condition,
    Durations,
    Fees,
    Regulation,
    Skin,
    Span,
    ValidityRule,
)
from tests.factories import demo_data, student

TEXT = LocalText({"pl": "tak", "en": "yes"})


@pytest.mark.parametrize(
    "make",
    [
        lambda: LocalText({"pl": "", "en": "yes"}),
        lambda: LocalText({"pl": "tak", "en": " "}),
        lambda: Span(-1, 5),
        lambda: Span(6, 5),
        lambda: Durations(codes_valid_days=0),
        lambda: Fees(els=-1),
        lambda: Fees(duplicate=-1),
        lambda: Regulation("x", (Condition.PESEL, Condition.PESEL), ValidityRule.ELS),
        lambda: Skin("x", {OrderStatus.PENDING: TEXT}),
        lambda: replace(demo_data().universities[0], paths=()),
        lambda: replace(demo_data().universities[0], address="usosweb.agh.edu.pl"),
        lambda: Photo(PhotoStatus.APPROVED),
        lambda: Photo(PhotoStatus.NONE, "cat"),
        lambda: Els(date(2026, 1, 2), date(2026, 1, 1), "Nowak"),
        lambda: student(id=""),
        lambda: student(last_name=" "),
        lambda: student(student_number="12a"),
        lambda: Account(id="x", role=Role.STUDENT, name="X", password_hash=""),
        lambda: Account(id="x", role=Role.OFFICE, name="X", password_hash="", student="x"),
    ],
)
def test_a_contradiction_is_refused(make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()


def test_no_student_can_hold_a_pesel_that_may_be_somebodys() -> None:
    with pytest.raises(RealPesel):
        student(pesel="44051401359")


def test_an_account_shows_no_hash_when_it_is_logged() -> None:
    account = Account(id="x", role=Role.OFFICE, name="X", password_hash="$argon2id$")
    assert "argon2id" not in repr(account)


@pytest.mark.parametrize(("code", "said"), [("pl", "tak"), ("en", "yes"), ("de", "tak")])
def test_a_local_text_is_polish_unless_english_is_asked_for(code: str, said: str) -> None:
    assert TEXT.in_language(code) == said


def test_refusals_that_say_the_same_are_equal() -> None:
    assert NotYours() == NotYours()
    assert TransitionRefused(status="READY") == TransitionRefused(status="READY")
    assert TransitionRefused(status="READY") != TransitionRefused(status="PENDING")
    assert NotYours() != TransitionRefused()
    assert len({NotYours(), NotYours()}) == 1
