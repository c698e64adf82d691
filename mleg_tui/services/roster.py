"""Students from somebody else's list: a CSV file, or JSON Lines with a student in each.

A CSV file begins with the names of its columns, any of ``COLUMNS`` in any order, separated by
commas or semicolons; an empty cell means that nothing is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from mleg_tui.services.imports import BadLine, NothingImported
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

    advice = N_("Popraw listę; kolumny opisuje README w części o magazynach danych.")


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


def read(text: str) -> list[tuple[int, Student]]:
    """Return the students of a list with their lines. Raises ``NothingImported``.

    Their ids are as one logs in with them, so ``Jan.Iksinski`` becomes ``jan.iksinski``.
    """
    problems: list[BadLine] = []
    students = list(_students(_rows(text.removeprefix("\ufeff"), problems), problems))
    if not students and not problems:
        problems.append(BadLine(line=1, problem=_NO_STUDENTS))
    if problems:
        raise NothingImported(problems)
    return students


def enrol(work: UnitOfWork, by: Authority, students: Iterable[tuple[int, Student]]) -> int:
    """Add all students with an account each, or none; return how many.

    They log in with the password that all demo accounts have. The audit has one event for all.
    Raises ``NothingImported`` for students or album numbers that are there already, and for
    unknown universities.
    """
    listed = tuple(students)
    password_hash = hash_password(_EVERYBODYS)
    work.act(
        by,
        lambda work, _now: _enrol(work, listed, password_hash),
        summary=lambda _: FieldChange("students", "", str(len(listed))),
    )
    return len(listed)


def _enrol(work: Work, students: Iterable[tuple[int, Student]], password_hash: str) -> None:
    problems: list[BadLine] = []
    taken = {(known.university, known.student_number) for known in work.select(Student)}
    for line, student in students:
        number = (student.university, student.student_number)
        problem = _why_not(work, student, is_taken=number in taken)
        if problem is not None:
            problems.append(BadLine(line=line, problem=problem))
            continue
        taken.add(number)
        work.add(student)
        work.add(account_of(student, password_hash))
    if problems:
        raise NothingImported(problems)


def _why_not(work: Work, student: Student, *, is_taken: bool) -> str | MlegError | None:
    if work.find(Student, student.id) or work.find(Account, student.id):
        return _TWICE
    if not work.find(University, student.university):
        return _NO_UNIVERSITY
    if is_taken and student.student_number is not None:
        return StudentNumberTaken(number=student.student_number)
    return None


def _rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    return _json_rows(text, problems) if text.lstrip()[:1] == "{" else _csv_rows(text, problems)


def _json_rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        try:
            row = msgspec.json.decode(line, type=dict[str, Any])
            twice = repeated_field(line)
        except (ValueError, RecursionError) as error:
            problems.append(BadLine(line=number, problem=in_words(error)))
            continue
        if twice is None:
            yield number, row
        else:
            problems.append(BadLine(line=number, problem=twice))


def _csv_rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        names = [name.strip() for name in next(rows, [])]
        problem = _bad_header(names)
        if problem is not None:
            problems.append(BadLine(line=1, problem=problem))
            return
        number = rows.line_num + 1
        for cells in rows:
            problem = _bad_cells(names, cells)
            if problem is not None:
                problems.append(BadLine(line=number, problem=problem))
            elif cells:
                yield number, _nested(dict(zip(names, cells, strict=True)))
            number = rows.line_num + 1
    except csv.Error:
        problems.append(BadLine(line=number, problem=BadQuotes()))


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


def _students(rows: Iterable[Row], problems: list[BadLine]) -> Iterator[tuple[int, Student]]:
    for number, row in rows:
        faults = [BadLine(line=number, problem=fault) for fault in faults_in(row)]
        if faults:
            problems += faults
            continue
        try:
            yield number, _student(row)
        except BadInput as error:
            told = error.details["reason"] if isinstance(error, BadDemoData) else error
            problems.append(BadLine(line=number, problem=told))


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
