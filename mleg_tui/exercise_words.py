"""How an exercise is told to people: plain lines and the program say it in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from mleg_tui.domain.eligibility import Cause
from mleg_tui.domain.exercise import Condition, Exercise
from mleg_tui.domain.exercise_labels import (
    DIFFICULTY_LABELS,
    DOCUMENT_LABEL,
    FACT_LABELS,
    PLAYER_LABELS,
    VALIDITY_LABELS,
)
from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.order_status import PRESENTED, OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.student import PHOTO_LABELS, STANDING_LABELS, EnrolmentStatus, PhotoStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local
from mleg_tui.services.exercise_progress import Progress, Stage
from mleg_tui.services.facts import Mismatch

_PHONE = "phone "
_LABELS: Mapping[type[StrEnum], Mapping[Any, MessageId]] = {
    OrderStatus: {status: shown.name for status, shown in PRESENTED.items()},
    PhotoStatus: PHOTO_LABELS,
    EnrolmentStatus: STANDING_LABELS,
    Validity: VALIDITY_LABELS,
}


def goal_line(condition: Condition) -> str:
    """Return what is to be so."""
    if condition.says is not None:
        return local(condition.says)
    wanted = condition.facts().items()
    return ", ".join(f"{_fact(what)}: {_value(what, value)}" for what, value in wanted)


def stage_line(stage: Stage, *, solved: bool) -> str:
    """Return a condition of the goal with its sign; all are met once it is ``solved``."""
    if solved or stage.is_reached:
        return f"✓ {goal_line(stage.condition)}"
    return f"○ {', '.join(_missing_lines(stage))}"


def missing_lines(progress: Progress) -> Iterator[str]:
    """Yield what is missing for the goal."""
    if not progress.is_solved:
        for stage in progress.stages:
            yield from _missing_lines(stage)


def choice_line(title: LocalText, exercise: Exercise | None, *, solved: bool) -> str:
    """Return a line of a list to choose from, in columns: solved, how hard, whose part, what."""
    sign, columns = "✓" if solved else " ", (_column(DIFFICULTY_LABELS), _column(PLAYER_LABELS))
    kind = ("", "") if exercise is None else kind_of(exercise)
    parts = (part.ljust(width) for part, width in zip(kind, columns, strict=True))
    return " ".join((sign, *parts, local(title)))


def kind_of(exercise: Exercise) -> tuple[str, str]:
    """Return how hard an exercise is, and whose part one plays."""
    return _(DIFFICULTY_LABELS[exercise.difficulty]), _(PLAYER_LABELS[exercise.played_by])


def _column(labels: Mapping[Any, MessageId]) -> int:
    return max(len(_(label)) for label in labels.values())


def result_line(progress: Progress) -> str:
    """Return how an exercise went: solved or not, in which time, with how many hints."""
    given, attempt = len(progress.hints), progress.started.attempt
    hints = _("podpowiedzi: {given} z {all}").format(given=given, all=given + progress.hints_left)
    if attempt.took is None:
        told = _("nierozwiązane, {reached} z {all}")
        state = told.format(reached=progress.reached, all=len(progress.stages))
    else:
        state = _("✓ rozwiązane w {time}").format(time=took(attempt.took))
    return f"{state}, {hints}"


def took(time: timedelta) -> str:
    """Return how long somebody took: ``4 min 10 s``."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _missing_lines(stage: Stage) -> Iterator[str]:
    if stage.condition.says is not None and stage.missing:
        yield local(stage.condition.says)
        return
    for one in stage.missing:
        yield _missing_line(one)


def _missing_line(one: Mismatch) -> str:
    told = _("{what}: {expected} (jest: {found})")
    return told.format(
        what=_fact(one.what),
        expected=_value(one.what, one.expected),
        found=_value(one.what, one.found),
    )


def _fact(what: str) -> str:
    if what.startswith(_PHONE):
        return _(DOCUMENT_LABEL).format(phone=what.removeprefix(_PHONE))
    return _(FACT_LABELS[what])


def _value(what: str, value: object) -> str:
    match value:
        case None | ():
            return _("brak")
        case bool():
            return _("tak") if value else _("nie")
        case OrderStatus() | PhotoStatus() | EnrolmentStatus() | Validity():
            return _(_LABELS[type(value)][value])
        case int() if what == "owes":
            return f"{value // 100},{value % 100:02} PLN"
        case tuple():
            return " ".join(_code(str(one)) for one in value)
        case _:
            return str(value)


def _code(code: str) -> str:
    """Say why one cannot order; any other code is its own name."""
    return _(Cause[code].message) if code in Cause.__members__ else code
