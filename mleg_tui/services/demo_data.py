"""The demo data: readable files of ``demo_data/`` to records, strictly.

A text that begins with ``@`` names a day relative to the simulated day on which the data are
loaded, so that the demo students are as fresh in five years as today: ``@today``,
``@today-90d``, ``@semester-end``, ``@previous-semester-end``. With a time, which is Warsaw's, it
names a moment: ``@today-90d 09:30``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from mleg_tui.domain.account import Account, BadLogin, Role, is_login
from mleg_tui.domain.calendar import WARSAW, semester_card_date, utc
from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.inert import faults_in
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.languages import LANGUAGES
from mleg_tui.services.files import contents
from mleg_tui.services.mistakes import FieldUnknown, WordUnknownAmong, in_words, nobody
from mleg_tui.services.passwords import hash_password
from mleg_tui.services.plain_values import from_plain
from mleg_tui.services.repeated import field_twice, repeated_keys
from mleg_tui.services.store import Record
from mleg_tui.simulation.world import DemoAccount

T = TypeVar("T")
L = TypeVar("L", Account, Student)
M = TypeVar("M", Due, Payment, BankAccount)
LARGEST = 16
"""Megabytes of one file."""
_DAY = re.compile(
    r"@(today|semester-end|previous-semester-end)(?:([+-][0-9]{1,5})d)?"
    r"(?: ((?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
)
_DAYS = N_("to nie jest dzień, np. @today-90d albo @semester-end")


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
    dues: tuple[Due, ...]
    payments: tuple[Payment, ...]
    bank_accounts: tuple[BankAccount, ...]

    def records(self) -> Iterator[Record]:
        """Yield all that is kept in the store."""
        yield from self.universities
        yield from self.students
        yield from self.accounts
        yield from self.dues
        yield from self.payments
        yield from self.bank_accounts


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


class _PaymentsFile(msgspec.Struct, forbid_unknown_fields=True):
    dues: list[dict[str, Any]] = []
    payments: list[dict[str, Any]] = []
    bank_accounts: list[dict[str, Any]] = []


def own_directory() -> Path:
    """Return where the program's own demo data are: in the package, or in its checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "demo_data"
    return installed if installed.is_dir() else package.parent / "demo_data"


class _Titled(msgspec.Struct):
    id: str
    title: dict[str, str]


@cache
def titles(kind: Literal["demos", "scenarios"]) -> Mapping[str, LocalText]:
    """Return what the program's own demonstrations or scenarios are called, by their names.

    They are not checked: that is for who plays them.
    """
    text = (own_directory() / f"{kind}.json").read_bytes()
    listed = msgspec.json.decode(text, type=dict[str, Any])[kind]
    titled = from_plain(listed, list[_Titled])
    return MappingProxyType({one.id: LocalText(one.title) for one in titled})


def load(directory: Path, today: date) -> DemoData:
    """Read ``universities``, ``students``, ``accounts`` and ``payments.json`` of a directory.

    Raises ``BadDemoData`` with the file, the place in it and the reason.
    """
    universities = _universities(directory / "universities.json", today)
    students = _students(directory / "students.json", today)
    known = {university.id for university in universities}
    for number, student in enumerate(students):
        if student.university not in known:
            place = f"$.students[{number}].university"
            reason = nobody("universities", student.university)
            raise BadDemoData(file="students.json", place=place, reason=reason)
    accounts, shown = _accounts(directory / "accounts.json", today, students)
    ids = {student.id for student in students}
    dues, payments, bank_accounts = _payments(directory / "payments.json", today, ids)
    return DemoData(universities, students, accounts, shown, dues, payments, bank_accounts)


def _universities(path: Path, today: date) -> tuple[University, ...]:
    content = content_of(_UniversitiesFile, path, today)
    universities = []
    for number, entry in enumerate(content.universities):
        place = f"$.universities[{number}]"
        whole = {
            **entry,
            "regulation": _named(content.regulations, entry, "regulation", path, place),
            "skin": _named(content.skins, entry, "skin", path, place),
        }
        universities.append(as_record(University, whole, path, place))
    return tuple(universities)


def _records(
    kind: type[T], name: str, entries: list[dict[str, Any]], path: Path
) -> Iterator[tuple[str, T]]:
    """Yield the records of a list of a file, each with its place there."""
    for number, entry in enumerate(entries):
        place = f"$.{name}[{number}]"
        yield place, as_record(kind, entry, path, place)


def _students(path: Path, today: date) -> tuple[Student, ...]:
    entries = content_of(_StudentsFile, path, today).students
    found = _records(Student, "students", entries, path)
    return tuple(_who_logs_in(student, path, place) for place, student in found)


def _accounts(
    path: Path, today: date, students: tuple[Student, ...]
) -> tuple[tuple[Account, ...], tuple[DemoAccount, ...]]:
    content = content_of(_AccountsFile, path, today)
    password_hash = hash_password(content.password)
    entries = [{**entry, "password_hash": password_hash} for entry in content.accounts]
    found = _records(Account, "accounts", entries, path)
    staff = tuple(_who_logs_in(account, path, place) for place, account in found)
    own = tuple(account_of(student, password_hash) for student in students)
    return staff + own, tuple(content.shown)


def _who_logs_in(record: L, path: Path, place: str) -> L:
    """Return the record of somebody under whose id one can log in. Raises ``BadDemoData``."""
    if not is_login(record.id):
        raise BadDemoData(file=path.name, place=place, reason=BadLogin(id=record.id))
    return record


def account_of(student: Student, password_hash: str) -> Account:
    """Return the account with which a demo student logs in; its login is the student's id."""
    return Account(
        id=student.id,
        role=Role.STUDENT,
        name=student.full_name,
        password_hash=password_hash,
        university=student.university,
        student=student.id,
    )


def _payments(
    path: Path, today: date, students: set[str]
) -> tuple[tuple[Due, ...], tuple[Payment, ...], tuple[BankAccount, ...]]:
    content = content_of(_PaymentsFile, path, today)

    def records(kind: type[M], name: str, entries: list[dict[str, Any]]) -> Iterator[M]:
        for place, record in _records(kind, name, entries, path):
            if record.student not in students:
                reason = nobody("students", record.student)
                raise BadDemoData(file=path.name, place=place, reason=reason)
            yield record

    return (
        tuple(records(Due, "dues", content.dues)),
        tuple(records(Payment, "payments", content.payments)),
        tuple(records(BankAccount, "bank_accounts", content.bank_accounts)),
    )


def content_of(shape: type[T], path: Path, today: date) -> T:
    """Read a file whose days are relative to ``today``. Raises ``BadDemoData``."""
    try:
        text = contents(path, LARGEST)
        raw = msgspec.json.decode(text)
        for way in repeated_keys(text):
            raise BadDemoData(file=path.name, place="$", reason=field_twice(way))
        for fault in faults_in(raw):
            place, problem = fault.details["field"], fault.details["problem"]
            raise BadDemoData(file=path.name, place=f"$.{place}", reason=problem)
        return from_plain(_with_days(raw, today, path), shape)
    except OSError as error:
        raise BadDemoData(file=path.name, place="$", reason=reason_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise BadDemoData(file=path.name, place="$", reason=in_words(error, shape)) from error


def _with_days(value: Any, today: date, path: Path) -> Any:
    match value:
        case dict():
            return {key: _with_days(part, today, path) for key, part in value.items()}
        case list():
            return [_with_days(part, today, path) for part in value]
        case str() if value.startswith("@"):
            return _moment(value, today, path)
        case _:
            return value


def _moment(text: str, today: date, path: Path) -> str:
    match = _DAY.fullmatch(text)
    if match is None:
        raise BadDemoData(file=path.name, place=text, reason=_DAYS)
    base = {
        "today": lambda: today,
        "semester-end": lambda: semester_card_date(today),
        "previous-semester-end": lambda: _previous_semester_end(today),
    }[match[1]]()
    day = base + timedelta(days=int(match[2] or 0))
    if match[3] is None:
        return day.isoformat()
    return utc(datetime.combine(day, time.fromisoformat(match[3]), WARSAW)).isoformat()


def _previous_semester_end(today: date) -> date:
    ends = (date(year, month, 31) for year in (today.year, today.year - 1) for month in (10, 3))
    return next(end for end in ends if end < today)


def _named(
    table: dict[str, dict[str, Any]], entry: dict[str, Any], field: str, path: Path, place: str
) -> dict[str, Any]:
    """Return the regulation or skin that a university names, with its name as its id."""
    name = entry.get(field)
    if not isinstance(name, str) or name not in table:
        reason = WordUnknownAmong(f"? {name!r}", place=field, value=name, known=tuple(table))
        raise BadDemoData(file=path.name, place=place, reason=reason)
    return {"id": name, **table[name]}


def as_record(kind: type[T], entry: dict[str, Any], path: Path, place: str) -> T:
    """Return the record that an entry describes. Raises ``BadDemoData``, which names its place."""
    try:
        record = from_plain(entry, kind)
    except (msgspec.ValidationError, MlegError, OverflowError) as error:
        raise BadDemoData(file=path.name, place=place, reason=in_words(error, kind)) from error
    unknown = _unknown_key(entry, msgspec.to_builtins(record, enc_hook=_in_our_languages))
    if unknown is not None:
        reason = FieldUnknown("?", field=unknown.lstrip("."))
        raise BadDemoData(file=path.name, place=f"{place}{unknown}", reason=reason)
    return record


def _in_our_languages(text: LocalText) -> dict[str, str]:
    return {language: text[language] for language in LANGUAGES if language in text}


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
