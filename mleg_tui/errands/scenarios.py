"""``scenarios.json``: what it holds, read strictly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.exercise import Condition, Exercise
from mleg_tui.domain.fees import Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import AnyStep, Idle, NeedsScreen, OnServices, for_services, not_for
from mleg_tui.languages import LANGUAGES
from mleg_tui.services.demo_data import BadDemoData, as_record, content_of
from mleg_tui.services.mistakes import (
    FieldMissing,
    Mistake,
    RecordTwice,
    WordUnknown,
    WordUnknownAmong,
    nobody,
)
from mleg_tui.services.store import KINDS

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
    exercise: dict[str, Any] | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    scenarios: list[_Entry]
    profiles: dict[str, dict[str, Any]] = {}
    due_profiles: dict[str, dict[str, Any]] = {}
    wrong_ways: dict[str, dict[str, Any]] = {}


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One situation: whom it needs, what happened before, what happens, and how it ends.

    ``problem`` is the problem of docs/domain.md §12 that it shows, ``place`` where it stands in
    its file.
    One with an ``exercise`` can be practised.
    """

    id: str
    place: str
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
    exercise: Exercise | None


def read(
    directory: Path, today: date, universities: Collection[str] | None = None
) -> tuple[Scenario, ...]:
    """Return the scenarios of a directory's file, with days relative to ``today``.

    Their students are at one of the ``universities``, if these are told. Raises ``BadDemoData``
    with the file, the place in it and the reason.
    """
    path = directory / FILE
    known = None if universities is None else tuple(universities)
    return _read(path, _written(path), today, known)


@lru_cache(maxsize=4)
def _read(
    path: Path, _written: tuple[int, int], today: date, universities: tuple[str, ...] | None
) -> tuple[Scenario, ...]:
    """Read the scenarios of a file as it is written; a whole class asks for the same ones."""
    content = content_of(_File, path, today)
    scenarios = tuple(
        _scenario(content, entry, path, f"$.scenarios[{number}]", universities)
        for number, entry in enumerate(content.scenarios)
    )
    ids = [scenario.id for scenario in scenarios]
    for number, id_ in enumerate(ids):
        if id_ in ids[:number]:
            reason = RecordTwice(id_)
            raise BadDemoData(file=FILE, place=f"$.scenarios[{number}].id", reason=reason)
    return scenarios


def _written(path: Path) -> tuple[int, int]:
    """Return what differs when a file was written anew; what is not there is told when read."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return 0, 0


def named(
    directory: Path, today: date, id: str, universities: Collection[str] | None = None
) -> Scenario:
    """Return one of them by its name. Raises like ``read``, and ``UnknownScenario``."""
    known = read(directory, today, universities)
    found = next((scenario for scenario in known if scenario.id == id), None)
    if found is None:
        raise UnknownScenario(id=id)
    return found


def _scenario(
    content: _File, entry: _Entry, path: Path, place: str, universities: Collection[str] | None
) -> Scenario:
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
    if universities is not None:
        _check_universities(students, universities, place)
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
    exercise = None
    if entry.exercise is not None:
        exercise = _exercise(content, entry.exercise, own, path, f"{place}.exercise")
    return Scenario(
        **{
            **msgspec.structs.asdict(entry),
            "place": place,
            "setup": for_services(entry.setup, f"{place}.setup", file=FILE),
            "steps": for_services(entry.steps, f"{place}.steps", file=FILE),
            "students": students,
            "dues": dues,
            "payments": payments,
            "exercise": exercise,
        }
    )


def _check_universities(
    students: Iterable[Student], universities: Collection[str], place: str
) -> None:
    """Refuse a student of a university that there is not."""
    for number, student in enumerate(students):
        if student.university not in universities:
            reason = _unknown("university", student.university, universities)
            raise BadDemoData(file=FILE, place=f"{place}.students[{number}]", reason=reason)


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


def _exercise(
    content: _File, raw: dict[str, Any], own: Collection[str], path: Path, place: str
) -> Exercise:
    """Return a scenario's exercise, whose wrong ways may be named ones of the file."""
    ways = raw.get("wrong_ways", [])
    if isinstance(ways, list):
        raw = {**raw, "wrong_ways": [_way(content, way, place) for way in _numbered(ways, "")]}
    exercise = as_record(Exercise, raw, path, place)
    conditions = {
        **{f"goal[{number}]": one for number, one in enumerate(exercise.goal)},
        **{f"wrong_ways[{n}].when": way.when for n, way in enumerate(exercise.wrong_ways)},
    }
    for where, condition in conditions.items():
        mistake = _mistake_in(condition, own)
        if mistake is not None:
            raise BadDemoData(file=FILE, place=f"{place}.{where}", reason=mistake)
    return exercise


def _way(content: _File, numbered: tuple[Any, str], place: str) -> Any:
    """Return a wrong way, looked up if it is only named."""
    way, number = numbered
    if not isinstance(way, str):
        return way
    if way not in content.wrong_ways:
        reason = _unknown("wrong_ways", way, content.wrong_ways)
        raise BadDemoData(file=FILE, place=f"{place}.wrong_ways{number}", reason=reason)
    return content.wrong_ways[way]


def _mistake_in(condition: Condition, own: Collection[str]) -> Mistake | None:
    """Return what is wrong with a condition beyond its shape."""
    if condition.who is not None and condition.who not in own:
        return nobody("students", condition.who)
    for phone in condition.documents:
        if not (phone.isascii() and phone.isdigit()):
            return WordUnknown(phone, place="documents", value=phone)
    for changed in condition.changed:
        table, _, field = changed.partition(".")
        if table not in KINDS or field not in KINDS[table].__dataclass_fields__:
            return WordUnknown(changed, place="changed", value=changed)
    return None


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


def _numbered(entries: list[Any], place: str) -> Iterator[tuple[Any, str]]:
    for number, entry in enumerate(entries):
        yield entry, f"{place}[{number}]"
