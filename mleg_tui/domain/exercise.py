"""An exercise: what is to be done, when it is done, and how somebody gets on with it.

Scenarios bring exercises along as data. One that was started is kept in the store as it was then,
so that whoever opens the store can go on with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.student import EnrolmentStatus, PhotoStatus
from mleg_tui.domain.text import LocalText


class Difficulty(StrEnum):
    """How hard an exercise is."""

    EASY = "EASY"
    MEDIUM = "MEDIUM"
    HARD = "HARD"


class Player(StrEnum):
    """Whose part one plays in an exercise."""

    STUDENT = "STUDENT"
    OFFICE = "OFFICE"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be so of a student; what is not named is not looked at.

    ``who`` is the student, by default whom the exercise is about. ``status`` and ``reason`` are
    those of the newest order, ``more_orders_than`` is exceeded by their number. ``documents`` says
    per phone what it shows, ``None`` for no document. ``owes`` is in grosze; ``els_valid`` means
    that the plastic card is recorded as valid today, ``pesel`` and ``student_number`` that there
    is one. Of what happened since the exercise was started, ``refused`` are codes of refusals that
    were met, and ``changed`` what the audit says that the student changed, or that was changed of
    the student: a table and a field, such as ``students.photo``. ``says`` is how it is told;
    without it the facts are named.
    """

    who: str | None = None
    status: OrderStatus | None = None
    orders: int | None = None
    more_orders_than: int | None = None
    reason: str | None = None
    can_order: bool | None = None
    why_cannot_order: tuple[str, ...] | None = None
    documents: Mapping[str, Validity | None] = field(default_factory=dict)
    owes: int | None = None
    rail_discount: bool | None = None
    photo: PhotoStatus | None = None
    enrolment: EnrolmentStatus | None = None
    last_name: str | None = None
    pesel: bool | None = None
    student_number: bool | None = None
    els_valid: bool | None = None
    refused: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    says: LocalText | None = None

    def __post_init__(self) -> None:
        if not self.facts():
            message = "a condition names something"
            raise ValueError(message)

    def facts(self) -> dict[str, object]:
        """Return what must be so: the name of a fact, and its value."""
        return dict(self._facts())

    def _facts(self) -> Iterator[tuple[str, object]]:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "documents":
                yield from ((f"phone {phone}", shown) for phone, shown in value.items())
            elif one.name not in ("who", "says") and value not in (None, ()):
                yield one.name, value


@dataclass(frozen=True, slots=True)
class WrongWay:
    """What leads away from the goal, and what is said of it while it is so."""

    when: Condition
    says: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A task, when it is done, and what helps: hints are given one by one.

    It is solved once all of ``goal`` is so at the same time.
    """

    task: LocalText
    difficulty: Difficulty
    played_by: Player
    goal: tuple[Condition, ...]
    hints: tuple[LocalText, ...] = ()
    wrong_ways: tuple[WrongWay, ...] = ()

    def __post_init__(self) -> None:
        if not self.goal:
            message = "an exercise has a goal"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One time that somebody set about an exercise. Times are real, not simulated.

    ``hints`` is how many were given, ``refused`` the codes of refusals met that the exercise asks
    for. One that was ``put_away`` is not shown any more.
    """

    started_at: datetime
    hints: int = 0
    refused: tuple[str, ...] = ()
    solved_at: datetime | None = None
    put_away: bool = False

    def __post_init__(self) -> None:
        utc(self.started_at)
        if self.solved_at is not None:
            utc(self.solved_at)

    @property
    def took(self) -> timedelta | None:
        """How long it took, ``None`` before it is solved; a clock that was set back counts as 0."""
        if self.solved_at is None:
            return None
        return max(timedelta(0), self.solved_at - self.started_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedExercise:
    """An exercise in a store, about one student. Its ``id`` is the scenario's.

    ``attempts`` are those that succeeded and, last, the present one.
    """

    id: str
    title: LocalText
    student: str
    exercise: Exercise
    attempts: tuple[Attempt, ...]
    version: int = 0

    @property
    def attempt(self) -> Attempt:
        """The present attempt."""
        return self.attempts[-1]

    @property
    def was_solved(self) -> bool:
        """Tell whether any attempt has succeeded."""
        return any(attempt.solved_at for attempt in self.attempts)

    def __post_init__(self) -> None:
        if not self.attempts:
            message = "an exercise was started at least once"
            raise ValueError(message)
