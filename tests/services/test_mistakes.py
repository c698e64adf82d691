"""What is wrong with data is said in words of the catalogue, never in a library's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import mleg_tui
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.pesel import RealPesel
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.locale import Speech, message_of, speak
from mleg_tui.services.mistakes import CONTRADICTIONS, Odd, in_words
from mleg_tui.services.plain_values import from_plain, to_plain
from tests.factories import demo_data, order, student

RAW = ("Expected", "Object", "Invalid", "malformed", "truncated", "recursion", "codec", "range")


def told(error: Exception, kind: Any = None) -> dict[str, str]:
    """Return what is said of an error, by language."""
    said = {}
    for language in ("pl", "en"):
        speak(Speech(language))
        said[language] = message_of(in_words(error, kind))
    speak(Speech())
    return said


def refusal(kind: type, document: object) -> Exception:
    with pytest.raises(Exception, match=r"\w") as refused:
        from_plain(document, kind)
    return refused.value


def plain(record: object, **changes: object) -> dict[str, Any]:
    document: dict[str, Any] = to_plain(record)
    return {**document, **changes}


@pytest.mark.parametrize(
    ("kind", "document", "polish"),
    [
        (Student, {"id": "x"}, "brakuje pola university"),
        (Student, plain(student(), enrolment={}), "brakuje pola enrolment.level"),
        (Student, plain(student(), id=1), "id: ma być tekst, a jest liczba całkowita"),
        (Student, plain(student(), pesel=1), "pesel: ma być tekst, a jest liczba całkowita"),
        (Student, plain(student(), els=[]), "els: ma być obiekt, a jest lista"),
        (Student, [], "wpis: ma być obiekt, a jest lista"),
        (Student, plain(student(), birth_date="x"), "birth_date: to nie jest data, np. 2026-10-05"),
        (
            Order,
            plain(order(OrderStatus.PENDING), order_date="x"),
            "order_date: to nie jest chwila",
        ),
        (Student, plain(student(), version=1.5), "version: ma być liczba całkowita, a jest liczba"),
        (
            Student,
            plain(student(), photo={"status": "APPROVED"}),
            "photo: zdjęcie ma obrazek, a bez zdjęcia nie ma obrazka",
        ),
        (Student, plain(student(), first_name=" "), "student ma identyfikator, imię i nazwisko"),
        (
            Student,
            plain(student(), enrolment={"level": "FIRST_CYCLE", "status": "GONE"}),
            "enrolment.status: nieznana wartość „GONE” (do wyboru: ACTIVE, OATH_NOT_TAKEN, ",
        ),
        (Student, plain(student(), pesel="44051401359"), "Ten PESEL ma poprawną cyfrę kontrolną"),
        (
            University,
            plain(demo_data().universities[0], paths=["MENU", "STAIRS"]),
            "paths[1]: nieznana wartość „STAIRS” (do wyboru: MENU, ",
        ),
    ],
)
def test_a_record_that_is_none(kind: type, document: object, polish: str) -> None:
    said = told(refusal(kind, document), kind)
    assert said["pl"].startswith(polish)
    assert said["pl"] != said["en"]
    assert not [word for word in RAW for text in said.values() if word in text]


@pytest.mark.parametrize(
    "text", [b"", b"{", b"nul", b"{} x", b"\xff", b'"\xff"', b"[" * 100_000, b"[1e999]", b"{1: 2}"]
)
def test_text_that_is_no_json(text: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)) as refused:
        msgspec.json.decode(text)
    said = told(refused.value)
    assert said["pl"] != said["en"]
    assert not isinstance(in_words(refused.value), Odd)
    assert not [word for word in RAW for text in said.values() if word in text]


def test_what_can_be_told_already_stays_as_it_is() -> None:
    error = RealPesel()
    assert in_words(error) is error


def test_a_mistake_is_the_codecs_own_words_in_a_log() -> None:
    error = refusal(Student, {"id": "x"})
    assert str(in_words(error)) == str(error)


def test_words_that_nobody_foresaw_are_not_shown() -> None:
    said = told(ValueError("the flux is out of order - at `$.capacitor`"))
    assert said["en"].startswith("capacitor: ")
    assert "flux" not in said["en"]


def _sentences() -> Iterator[str]:
    """Yield what the domain and the simulation say when a value cannot be made."""
    package = Path(mleg_tui.__file__).parent
    for path in [*package.glob("domain/*.py"), *package.glob("simulation/*.py")]:
        if path.name == "pictures.py":  # are made by the program only
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id="message")], value=ast.Constant(value=str(said))
                ):
                    yield said
                case ast.Assign(targets=[ast.Name(id="message")], value=ast.JoinedStr()):
                    pytest.fail(f"{path}:{node.lineno}: not one sentence")


def test_every_contradiction_can_be_told() -> None:
    assert set(_sentences()) == set(CONTRADICTIONS)
