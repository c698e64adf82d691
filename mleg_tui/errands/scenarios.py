"""``scenarios.json``: what it holds, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.fees import Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import AnyStep, Idle, NeedsScreen, OnServices, for_services, not_for
from mleg_tui.languages import LANGUAGES
from mleg_tui.services.demo_data import BadDemoData, as_record, content_of
from mleg_tui.services.mistakes import FieldMissing, Mistake, RecordTwice, WordUnknownAmong, nobody

FILE = "scenarios.json"


class UnknownScenario(BadInput):
    """There is no scenario of this name."""

    message = N_("Nie ma scenariusza „{id}”.")
    advice = N_("Nazwy pokazuje polecenie mleg-tui scenario list.")


class PlayedOnly(Mistake):
    """Something for which the real clock would have to be moved."""

    message = N_("„{what}” da się tylko odegrać, a nie przygotować")


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario as it stands in the file; its records are read on their own."""

    id: str
    problem: str
    title: LocalText
    teaches: LocalText
    account: str
    students: list[dict[str, Any]]
    dues: list[dict[str, Any]] = []
    payments: list[dict[str, Any]] = []
    language: str = SOURCE_LANGUAGE
    setup: tuple[AnyStep, ...] = ()
    steps: tuple[AnyStep, ...]
    expect: Expected


class _File(msgspec.Struct, forbid_unknown_fields=True):
    profiles: dict[str, dict[str, Any]]
    due_profiles: dict[str, dict[str, Any]]
    scenarios: list[_Entry]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One situation: whom it needs, what happened before, what happens, and how it ends.

    ``problem`` is the problem of docs/domain.md §12 that it shows.
    """

    id: str
    problem: str
    title: LocalText
    teaches: LocalText
    account: str
    language: str
    students: tuple[Student, ...]
    dues: tuple[Due, ...]
    payments: tuple[Payment, ...]
    setup: tuple[OnServices, ...]
    steps: tuple[OnServices, ...]
    expect: Expected


def read(directory: Path, today: date) -> tuple[Scenario, ...]:
    """Return the scenarios of a directory's file, with days relative to ``today``.

    Raises ``BadDemoData`` with the file, the place in it and the reason.
    """
    path = directory / FILE
    content = content_of(_File, path, today)
    scenarios = tuple(
        _scenario(content, entry, path, f"$.scenarios[{number}]")
        for number, entry in enumerate(content.scenarios)
    )
    ids = [scenario.id for scenario in scenarios]
    for number, id_ in enumerate(ids):
        if id_ in ids[:number]:
            reason = RecordTwice(id_)
            raise BadDemoData(file=FILE, place=f"$.scenarios[{number}].id", reason=reason)
    return scenarios


def named(directory: Path, today: date, id: str) -> Scenario:
    """Return one of them by its name. Raises like ``read``, and ``UnknownScenario``."""
    found = next((scenario for scenario in read(directory, today) if scenario.id == id), None)
    if found is None:
        raise UnknownScenario(id=id)
    return found


def _scenario(content: _File, entry: _Entry, path: Path, place: str) -> Scenario:
    students = tuple(
        as_record(Student, _student(content, raw, there), path, there)
        for raw, there in _numbered(entry.students, f"{place}.students")
    )
    dues = tuple(
        as_record(Due, _merged(content.due_profiles, raw, there), path, there)
        for raw, there in _numbered(entry.dues, f"{place}.dues")
    )
    payments = tuple(
        as_record(Payment, raw, path, there)
        for raw, there in _numbered(entry.payments, f"{place}.payments")
    )
    own = {student.id for student in students}
    for name, known in (
        ("account", [entry.account]),
        ("dues", [due.student for due in dues]),
        ("payments", [payment.student for payment in payments]),
    ):
        for student in known:
            if student not in own:
                reason = nobody("students", student)
                raise BadDemoData(file=FILE, place=f"{place}.{name}", reason=reason)
    if entry.language not in LANGUAGES:
        reason = _unknown("language", entry.language, LANGUAGES)
        raise BadDemoData(file=FILE, place=place, reason=reason)
    _check_what_needs_a_program(entry, place)
    return Scenario(
        **{
            **msgspec.structs.asdict(entry),
            "setup": for_services(entry.setup, f"{place}.setup", file=FILE),
            "steps": for_services(entry.steps, f"{place}.steps", file=FILE),
            "students": students,
            "dues": dues,
            "payments": payments,
        }
    )


def _check_what_needs_a_program(entry: _Entry, place: str) -> None:
    """Refuse an end without a status, or on a screen, and a setup for which real time passes."""
    if entry.expect.status is msgspec.UNSET:
        reason = FieldMissing("status", field="status")
        raise BadDemoData(file=FILE, place=f"{place}.expect", reason=reason)
    for number, step in enumerate(entry.setup):
        if isinstance(step, Idle):
            raise not_for(PlayedOnly, "idle", f"{place}.setup[{number}].do", file=FILE)
    for what in "page", "shows":
        if getattr(entry.expect, what):
            raise not_for(NeedsScreen, what, f"{place}.expect.{what}", file=FILE)


def _student(content: _File, raw: dict[str, Any], place: str) -> dict[str, Any]:
    """Return a student's entry, completed by its profile; a card shows whom it belongs to."""
    entry = _merged(content.profiles, raw, place)
    if isinstance(entry.get("els"), dict):
        photo = entry.get("photo")
        picture = photo.get("picture") if isinstance(photo, dict) else None
        printed = {"last_name": entry.get("last_name"), "picture": picture}
        entry["els"] = {**printed, **entry["els"]}
    return entry


def _merged(profiles: dict[str, dict[str, Any]], raw: dict[str, Any], place: str) -> dict[str, Any]:
    """Return an entry on top of the profile that it is ``like``."""
    entry = dict(raw)
    like = entry.pop("like", None)
    if like is None:
        return entry
    if not isinstance(like, str) or like not in profiles:
        reason = _unknown("like", like, profiles)
        raise BadDemoData(file=FILE, place=f"{place}.like", reason=reason)
    return {**profiles[like], **entry}


def _unknown(place: str, word: object, known: Iterable[str]) -> WordUnknownAmong:
    return WordUnknownAmong(str(word), place=place, value=word, known=tuple(known))


def _numbered(entries: list[dict[str, Any]], place: str) -> Iterator[tuple[dict[str, Any], str]]:
    for number, entry in enumerate(entries):
        yield entry, f"{place}[{number}]"
