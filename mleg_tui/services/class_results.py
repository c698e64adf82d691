"""How a class went, as a file for other programs: who solved what, in which time, by which hints.

Everybody has a row for each exercise; of one that they did not begin, time and hints are empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from mleg_tui.domain.classroom import ClassExercise, Participant, Result
from mleg_tui.services.classes import Board
from mleg_tui.services.order_export import csv_table, json_list

_FIELDS = ("nickname", "exercise", "solved", "time", "hints", "took_seconds")


def as_csv(board: Board) -> Iterator[str]:
    """Yield the results as CSV, line by line, under the warning and the names of the fields."""
    return csv_table(_FIELDS, (_cells(*each) for each in _each(board)))


def as_json(board: Board) -> Iterator[str]:
    """Yield the results as one JSON document, piece by piece, which begins with the warning."""
    return json_list("results", (_values(*each) for each in _each(board)))


def seconds(result: Result | None) -> int | None:
    """Return in how many whole seconds of real time an exercise was solved, if it is."""
    return None if result is None or result.took is None else int(result.took.total_seconds())


def _each(board: Board) -> Iterator[tuple[Participant, ClassExercise]]:
    for one in sorted(board.participants, key=lambda one: one.id):
        for exercise in board.classroom.exercises:
            yield one, exercise


def _values(one: Participant, exercise: ClassExercise) -> dict[str, object]:
    result = one.result(exercise.id)
    took = seconds(result)
    return {
        "nickname": one.nickname,
        "exercise": exercise.id,
        "solved": took is not None,
        "hints": None if result is None else result.hints,
        "took_seconds": took,
    }


def _cells(one: Participant, exercise: ClassExercise) -> Iterator[str]:
    values = _values(one, exercise)
    values["solved"] = "true" if values["solved"] else "false"
    values["time"] = _time(seconds(one.result(exercise.id)))
    for field in _FIELDS:
        yield "" if values[field] is None else str(values[field])


def _time(took: int | None) -> str | None:
    """Return a time as spreadsheets compute with it: ``0:04:10``."""
    if took is None:
        return None
    minutes, rest = divmod(took, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
