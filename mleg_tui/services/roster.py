"""Students from somebody else's list: a CSV file, or JSON Lines with a student in each.

A CSV file begins with the names of its columns, any of ``COLUMNS`` in any order, separated by
commas or semicolons; an empty cell means that nothing is known.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from mleg_tui.domain.account import Account, BadLogin, is_login, login_name
from mleg_tui.domain.audit import FieldChange
from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.inert import faults_in
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import BadStudentNumber, Student, is_student_number
from mleg_tui.domain.university import University
from mleg_tui.services.demo_data import BadDemoData, account_of, as_record
from mleg_tui.services.fingerprints import Fingerprints
from mleg_tui.services.imports import BadLines
from mleg_tui.services.mistakes import in_words
from mleg_tui.services.office_students import StudentNumberTaken
from mleg_tui.services.passwords import hash_password
from mleg_tui.services.repeated import repeated_field
from mleg_tui.services.session import Authority
from mleg_tui.services.store import Work
from mleg_tui.services.unit_of_work import UnitOfWork

_OWN = ("id", "university", "first_name", "second_name", "last_name", "birth_date")
_NUMBERS = ("pesel", "student_number")
_ENROLMENT = ("level", "status", "until")
_EVERYBODYS = "demo"
_HERE = Path("-")
_AT_ONCE = 500
_BLANKS = " \t\xa0"
COLUMNS = (*_OWN, *_NUMBERS, *_ENROLMENT)
NEEDED = ("id", "university", "first_name", "last_name", "birth_date", "level")
"""The columns that must be there, and have something in each row."""

_TWICE = N_("ten student już jest na liście lub w magazynie")
_NO_UNIVERSITY = N_("nie ma takiej uczelni")
_NO_STUDENTS = N_("nie ma żadnego studenta")

Row = tuple[int, dict[str, Any]]
"""The number of a line and the student on it, not checked yet."""


class BadRow(BadInput):
    """Something in a list of students is not as it has to be."""

    advice = N_("Popraw listę; kolumny opisuje strona dokumentacji o magazynach danych.")


class ColumnsMissing(BadRow):
    """Columns without which nobody is a student."""

    message = N_("brakuje kolumn: {columns}")


class ColumnsUnknown(BadRow):
    """Columns that mean nothing here."""

    message = N_("nieznane kolumny: {columns} (są: {known})")


class ColumnTwice(BadRow):
    """Two columns of one name."""

    message = N_("kolumna {column} jest dwa razy")


class CellsMissing(BadRow):
    """A row with more or fewer cells than columns."""

    message = N_("komórek jest {found}, a kolumn {expected}")


class CellEmpty(BadRow):
    """A cell that must have something."""

    message = N_("kolumna {column} jest pusta")


class CellBroken(BadRow):
    """A line break inside of a cell, which no name and no number has."""

    message = N_("kolumna {column}: w komórce jest koniec wiersza")


class BadQuotes(BadRow):
    """Quotes that do not close, or stand in the middle of a cell."""

    message = N_("cudzysłów stoi w złym miejscu albo nie jest zamknięty")


def read(lines: Iterable[str]) -> Iterator[tuple[int, Student]]:
    """Yield the students of a list with the numbers of their lines, few of them in memory at once.

    Their ids are as one logs in with them, so ``Jan.Iksinski`` becomes ``jan.iksinski``. Behind a
    bad line none is yielded any more; once all lines were looked at, ``NothingImported`` is raised
    with those that are bad.
    """
    problems, is_empty = BadLines(), True
    for number, row in _rows(iter(lines), problems):
        is_empty = False
        student = _checked(number, row, problems)
        if student is not None and not problems:
            yield number, student
    if is_empty and not problems:
        problems.add(1, _NO_STUDENTS)
    problems.check()


def enrol(
    work: UnitOfWork, by: Authority, students: Callable[[], Iterable[tuple[int, Student]]]
) -> int:
    """Add all students with an account each, or none; return how many.

    They are gone through again if the store asks for it. They log in with the password that all
    demo accounts have. The audit has one event for all. Raises ``NothingImported`` for students
    or album numbers that are there already, and for unknown universities.
    """
    password_hash = hash_password(_EVERYBODYS)
    return work.act(
        by,
        lambda work, _now: _enrol(work, students(), password_hash),
        summary=lambda count: FieldChange("students", "", str(count)),
    )


def _enrol(work: Work, students: Iterable[tuple[int, Student]], password_hash: str) -> int:
    list_, count = _List(work), 0
    listed = iter(students)
    while some := list(islice(listed, _AT_ONCE)):
        new = list_.new(some)
        work.restore(replace(student, version=1) for student in new)
        accounts = (account_of(student, password_hash) for student in new)
        work.restore(replace(account, version=1) for account in accounts)
        count += len(new)
    list_.problems.check()
    return count


class _List:
    """What is known of a list so far, and what is wrong with it beside what is in the store."""

    def __init__(self, work: Work) -> None:
        self.problems = BadLines()
        self._work = work
        self._names = Fingerprints()
        for known in work.stream(Student):
            self._names.add((known.university, known.student_number))

    def new(self, students: Sequence[tuple[int, Student]]) -> list[Student]:
        """Return those of some students who can be added, if all could so far."""
        ids = [student.id for _, student in students]
        present = self._work.many(Student, ids).keys() | self._work.many(Account, ids).keys()
        for line, student in students:
            problem = self._why_not(student, is_present=student.id in present)
            if problem is not None:
                self.problems.add(line, problem)
        return [] if self.problems else [student for _, student in students]

    def _why_not(self, student: Student, *, is_present: bool) -> str | MlegError | None:
        if is_present or not self._names.add(student.id):
            return _TWICE
        if not self._work.find(University, student.university):
            return _NO_UNIVERSITY
        number = student.student_number
        if number is not None and not self._names.add((student.university, number)):
            return StudentNumberTaken(number=number)
        return None


def _rows(lines: Iterator[str], problems: BadLines) -> Iterator[Row]:
    first = next(lines, "").removeprefix("\ufeff")
    rows = _json_rows if first.lstrip().startswith("{") else _csv_rows
    return rows(chain([first], lines), problems)


def _json_rows(lines: Iterable[str], problems: BadLines) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        try:
            row = msgspec.json.decode(line, type=dict[str, Any])
            twice = repeated_field(line)
        except (ValueError, RecursionError) as error:
            problems.add(number, in_words(error))
            continue
        if twice is None:
            yield number, row
        else:
            problems.add(number, twice)


def _csv_rows(lines: Iterable[str], problems: BadLines) -> Iterator[Row]:
    lines = iter(lines)
    first = next(lines)
    rows = csv.reader(chain([first], lines), delimiter=";" if ";" in first else ",", strict=True)
    number = 1
    try:
        names = [name.strip() for name in next(rows, [])]
        problem = _bad_header(names)
        if problem is not None:
            problems.add(1, problem)
            return
        number = rows.line_num + 1
        for cells in rows:
            problem = _bad_cells(names, cells)
            if problem is not None:
                problems.add(number, problem)
            elif cells:
                yield number, _nested(dict(zip(names, cells, strict=True)))
            number = rows.line_num + 1
    except csv.Error:
        problems.add(number, BadQuotes())


def _bad_header(names: Sequence[str]) -> BadRow | None:
    strange = tuple(name for name in names if name not in COLUMNS)
    if strange:
        return ColumnsUnknown(columns=strange, known=COLUMNS)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return ColumnTwice(column=twice)
    lacking = tuple(name for name in NEEDED if name not in names)
    return ColumnsMissing(columns=lacking) if lacking else None


def _bad_cells(names: Sequence[str], cells: Sequence[str]) -> BadRow | None:
    """Say what is wrong with a row; an empty line is nothing, and so all right."""
    if not cells:
        return None
    if len(cells) != len(names):
        return CellsMissing(found=len(cells), expected=len(names))
    for name, cell in zip(names, cells, strict=True):
        if "\n" in cell or "\r" in cell:
            return CellBroken(column=name)
        if name in NEEDED and not cell.strip():
            return CellEmpty(column=name)
    return None


def _nested(cells: Mapping[str, str]) -> dict[str, Any]:
    trimmed = {name: cell.strip(_BLANKS) for name, cell in cells.items()}
    known = {name: cell for name, cell in trimmed.items() if cell}
    return {
        **{name: cell for name, cell in known.items() if name not in _ENROLMENT},
        "enrolment": {name: cell for name, cell in known.items() if name in _ENROLMENT},
    }


def _checked(number: int, row: Mapping[str, Any], problems: BadLines) -> Student | None:
    faults = tuple(faults_in(row))
    for fault in faults:
        problems.add(number, fault)
    try:
        return None if faults else _student(row)
    except BadInput as error:
        problems.add(number, error.details["reason"] if isinstance(error, BadDemoData) else error)
        return None


def _student(row: Mapping[str, Any]) -> Student:
    """Return the student of a row. Raises ``BadDemoData``, ``BadLogin``, ``BadStudentNumber``."""
    number = row.get("student_number")
    if isinstance(number, str) and not is_student_number(number):
        raise BadStudentNumber
    student = as_record(Student, dict(row), _HERE, "$")
    id_ = login_name(student.id)
    if not is_login(id_):
        raise BadLogin(id=student.id)
    return replace(student, id=id_, version=0)
