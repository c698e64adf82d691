"""The demo data: readable files of ``demo_data/`` to records, strictly.

A text that begins with ``@`` names a day relative to the simulated day on which the data are
loaded, so that the demo students are as fresh in five years as today: ``@today``,
``@today-90d``, ``@semester-end``, ``@previous-semester-end``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.calendar import semester_card_date
from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import N_
from mleg_tui.domain.university import University
from mleg_tui.services.passwords import hash_password
from mleg_tui.simulation.world import DemoAccount

T = TypeVar("T")
_DAY = re.compile(r"@(today|semester-end|previous-semester-end)(?:([+-]\d{1,5})d)?")


class BadDemoData(BadInput):
    """A file of the demo data cannot be understood."""

    message = N_("Błąd w danych {file}: {place}: {reason}")
    advice = N_("Popraw plik; opis pól jest w pliku README obok.")


@dataclass(frozen=True, slots=True)
class DemoData:
    """What a new store is filled with."""

    universities: tuple[University, ...]
    students: tuple[Student, ...]
    accounts: tuple[Account, ...]
    demo_accounts: tuple[DemoAccount, ...]


class _UniversitiesFile(msgspec.Struct, forbid_unknown_fields=True):
    regulations: dict[str, dict[str, Any]]
    skins: dict[str, dict[str, Any]]
    universities: list[dict[str, Any]]


class _StudentsFile(msgspec.Struct, forbid_unknown_fields=True):
    students: list[dict[str, Any]]


class _AccountsFile(msgspec.Struct, forbid_unknown_fields=True):
    password: str
    accounts: list[dict[str, Any]]
    shown: list[DemoAccount] = []


def own_directory() -> Path:
    """Return where the program's own demo data are: in the package, or in its checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "demo_data"
    return installed if installed.is_dir() else package.parent / "demo_data"


def load(directory: Path, today: date) -> DemoData:
    """Read ``universities.json``, ``students.json`` and ``accounts.json`` of a directory.

    Raises ``BadDemoData`` with the file, the place in it and the reason.
    """
    universities = _universities(directory / "universities.json", today)
    students = _students(directory / "students.json", today)
    known = {university.id for university in universities}
    for number, student in enumerate(students):
        if student.university not in known:
            place = f"$.students[{number}].university"
            raise BadDemoData(file="students.json", place=place, reason=student.university)
    accounts, shown = _accounts(directory / "accounts.json", today, students)
    return DemoData(universities, students, accounts, shown)


def _universities(path: Path, today: date) -> tuple[University, ...]:
    content = _content(_UniversitiesFile, path, today)
    universities = []
    for number, entry in enumerate(content.universities):
        place = f"$.universities[{number}]"
        try:
            whole = {
                **entry,
                "regulation": _named(content.regulations, entry["regulation"]),
                "skin": _named(content.skins, entry["skin"]),
            }
        except (KeyError, TypeError) as error:
            raise BadDemoData(file=path.name, place=place, reason=f"? {error}") from error
        universities.append(_record(University, whole, path, place))
    return tuple(universities)


def _students(path: Path, today: date) -> tuple[Student, ...]:
    content = _content(_StudentsFile, path, today)
    return tuple(
        _record(Student, entry, path, f"$.students[{number}]")
        for number, entry in enumerate(content.students)
    )


def _accounts(
    path: Path, today: date, students: tuple[Student, ...]
) -> tuple[tuple[Account, ...], tuple[DemoAccount, ...]]:
    content = _content(_AccountsFile, path, today)
    password_hash = hash_password(content.password)
    staff = tuple(
        _record(Account, {**entry, "password_hash": password_hash}, path, f"$.accounts[{number}]")
        for number, entry in enumerate(content.accounts)
    )
    own = tuple(_account_of(student, password_hash) for student in students)
    return staff + own, tuple(content.shown)


def _account_of(student: Student, password_hash: str) -> Account:
    """Return the account with which a demo student logs in; its login is the student's id."""
    return Account(
        id=student.id,
        role=Role.STUDENT,
        name=student.full_name,
        password_hash=password_hash,
        university=student.university,
        student=student.id,
    )


def _content(shape: type[T], path: Path, today: date) -> T:
    try:
        raw = msgspec.json.decode(path.read_bytes())
        return msgspec.convert(_with_days(raw, today, path), shape)
    except (OSError, msgspec.DecodeError) as error:
        raise BadDemoData(file=path.name, place="$", reason=error) from error


def _with_days(value: Any, today: date, path: Path) -> Any:
    match value:
        case dict():
            return {key: _with_days(part, today, path) for key, part in value.items()}
        case list():
            return [_with_days(part, today, path) for part in value]
        case str() if value.startswith("@"):
            return _day(value, today, path).isoformat()
        case _:
            return value


def _day(text: str, today: date, path: Path) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise BadDemoData(file=path.name, place=text, reason="@today, @semester-end, …")
    base = {
        "today": lambda: today,
        "semester-end": lambda: semester_card_date(today),
        "previous-semester-end": lambda: _previous_semester_end(today),
    }[match[1]]()
    return base + timedelta(days=int(match[2] or 0))


def _previous_semester_end(today: date) -> date:
    ends = (date(year, month, 31) for year in (today.year, today.year - 1) for month in (10, 3))
    return next(end for end in ends if end < today)


def _named(table: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the regulation or skin that a university names, with its name as its id."""
    return {"id": name, **table[name]}


def _record(kind: type[T], entry: dict[str, Any], path: Path, place: str) -> T:
    try:
        record = msgspec.convert(entry, kind)
    except (msgspec.ValidationError, MlegError) as error:
        raise BadDemoData(file=path.name, place=place, reason=error) from error
    unknown = _unknown_key(entry, msgspec.to_builtins(record))
    if unknown is not None:
        raise BadDemoData(file=path.name, place=f"{place}{unknown}", reason="?")
    return record


def _unknown_key(given: Any, understood: Any) -> str | None:
    """Return the path of the first key that the record does not have, if there is one."""
    if isinstance(given, list):
        pairs = [(f"[{n}]", a, b) for n, (a, b) in enumerate(zip(given, understood, strict=True))]
    elif isinstance(given, dict):
        surplus = next((key for key in given if key not in understood), None)
        if surplus is not None:
            return f".{surplus}"
        pairs = [(f".{key}", value, understood[key]) for key, value in given.items()]
    else:
        return None
    deeper = ((step, _unknown_key(a, b)) for step, a, b in pairs)
    return next((step + rest for step, rest in deeper if rest is not None), None)
