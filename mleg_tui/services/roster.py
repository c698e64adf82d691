"""Students from somebody else's list: a CSV file, or JSON Lines with a student in each.

A CSV file begins with the names of its columns, any of ``COLUMNS`` in any order, separated by
commas or semicolons; an empty cell means that nothing is known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from mleg_tui.domain.account import Account
from mleg_tui.domain.audit import FieldChange
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.demo_data import BadDemoData, account_of, as_record
from mleg_tui.services.imports import BadLine, NothingImported
from mleg_tui.services.passwords import hash_password
from mleg_tui.services.session import Authority
from mleg_tui.services.store import Work
from mleg_tui.services.unit_of_work import UnitOfWork

_OWN = ("id", "university", "first_name", "second_name", "last_name", "birth_date")
_NUMBERS = ("pesel", "student_number")
_ENROLMENT = ("level", "status", "until")
_EVERYBODYS = "demo"
_HERE = Path("-")
COLUMNS = (*_OWN, *_NUMBERS, *_ENROLMENT)

_TWICE = N_("ten student już jest na liście lub w magazynie")
_NO_UNIVERSITY = N_("nie ma takiej uczelni")
_NO_STUDENTS = N_("nie ma żadnego studenta")

Row = tuple[int, dict[str, Any]]
"""The number of a line and the student on it, not checked yet."""


def read(text: str) -> list[tuple[int, Student]]:
    """Return the students of a list with their lines. Raises ``NothingImported``."""
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
    Raises ``NothingImported`` for students who are there already, and for unknown universities.
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
    for line, student in students:
        problem = _why_not(work, student)
        if problem is not None:
            problems.append(BadLine(line=line, problem=problem))
            continue
        work.add(student)
        work.add(account_of(student, password_hash))
    if problems:
        raise NothingImported(problems)


def _why_not(work: Work, student: Student) -> str | None:
    if work.find(Student, student.id) or work.find(Account, student.id):
        return _TWICE
    return None if work.find(University, student.university) else _NO_UNIVERSITY


def _rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    return _json_rows(text, problems) if text.lstrip()[:1] == "{" else _csv_rows(text, problems)


def _json_rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield number, msgspec.json.decode(line, type=dict[str, Any])
        except ValueError as error:
            problems.append(BadLine(line=number, problem=str(error)))


def _csv_rows(text: str, problems: list[BadLine]) -> Iterator[Row]:
    first = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",", strict=True)
    names = [name.strip() for name in next(rows, [])]
    strange = [name for name in names if name not in COLUMNS]
    if strange or len(set(names)) < len(names):
        problems.append(BadLine(line=1, problem=f"? {', '.join(strange or names)}"))
        return
    try:
        for cells in rows:
            if len(cells) == len(names):
                yield rows.line_num, _nested(dict(zip(names, cells, strict=True)))
            elif cells:
                problems.append(BadLine(line=rows.line_num, problem=f"{len(cells)} ≠ {len(names)}"))
    except csv.Error as error:
        problems.append(BadLine(line=rows.line_num, problem=str(error)))


def _nested(cells: Mapping[str, str]) -> dict[str, Any]:
    known = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    return {
        **{name: cell for name, cell in known.items() if name not in _ENROLMENT},
        "enrolment": {name: cell for name, cell in known.items() if name in _ENROLMENT},
    }


def _students(rows: Iterable[Row], problems: list[BadLine]) -> Iterator[tuple[int, Student]]:
    for number, row in rows:
        try:
            yield number, as_record(Student, row, _HERE, "$")
        except BadDemoData as error:
            reason = error.details["reason"]
            told = (
                reason if isinstance(reason, MlegError) else f"{error.details['place']}: {reason}"
            )
            problems.append(BadLine(line=number, problem=told))
