"""A class: exercises that many people do at the same time, each in a world of their own.

No names are asked for. Who joins chooses a nickname and is shown a number, by which they come back
to their place. All of it is gone once the class is closed. Times are real, not simulated.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.inert import NotInert, fault_of
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.text import LocalText

LONGEST_NAME, LONGEST_NICKNAME, LONGEST_WORD, LONGEST_MESSAGE = 60, 20, 20, 200
MOST_EXERCISES, MOST_PARTICIPANTS = 20, 500
_NAME, _NICKNAME = N_("Nazwa zajęć"), N_("Pseudonim")
_WORD, _MESSAGE = N_("Hasło zajęć"), N_("Wiadomość")
_APART = re.compile(r"[\W_]+")


class BadClassText(BadInput):
    """A name, a nickname, a word or a message of a class is empty or too long."""

    message = N_("{field}: wpisz od 1 do {most} znaków, w tym literę albo cyfrę.")
    advice = N_("Popraw to pole i spróbuj ponownie.")


class BadExercises(BadInput):
    """A class has no exercise, too many, or one of them twice."""

    message = N_("Zajęcia mają od 1 do {most} różnych ćwiczeń.")
    advice = N_("Wybierz je z listy, którą pokazuje mleg-tui scenario list.")


def class_name(typed: str) -> str:
    """Return the name of a class as it is kept. Raises ``BadClassText`` and ``NotInert``."""
    return _checked(typed, _NAME, LONGEST_NAME)


def nickname_of(typed: str) -> str:
    """Return a nickname as it is kept and shown. Raises ``BadClassText`` and ``NotInert``."""
    return _checked(typed, _NICKNAME, LONGEST_NICKNAME)


def word_of(typed: str) -> str:
    """Return the word by which one joins; case does not matter. Raises like ``class_name``."""
    return _checked(typed, _WORD, LONGEST_WORD).casefold()


def message_text(typed: str) -> str:
    """Return what the trainer says. Raises ``BadClassText`` and ``NotInert``."""
    return _checked(typed, _MESSAGE, LONGEST_MESSAGE)


def slug(name: str) -> str:
    """Return a name as an id: small letters, digits and hyphens, without diacritics."""
    apart = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _APART.sub("-", bare).strip("-")


def participant_id(classroom: str, nickname: str) -> str:
    """Return the id of somebody in a class; nicknames that differ in case only are one."""
    return f"{classroom}/{nickname.casefold()}"


def _checked(typed: str, field: MessageId, most: int) -> str:
    text = " ".join(unicodedata.normalize("NFC", typed).split(" ")).strip()
    problem = fault_of(text)
    if problem is not None:
        raise NotInert(field=field, problem=problem)
    if not slug(text) or len(text) > most:
        raise BadClassText(field=field, most=most)
    return text


@dataclass(frozen=True, slots=True)
class ClassExercise:
    """One of the exercises of a class: the scenario, and how much there is to reach and to hint."""

    id: str
    title: LocalText
    stages: int
    hints: int


@dataclass(frozen=True, slots=True)
class Message:
    """What the trainer said last."""

    text: str
    sent_at: datetime

    def __post_init__(self) -> None:
        utc(self.sent_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classroom:
    """A class that is open. ``word`` lets people in, ``exercise`` is where the class is by now.

    While it is ``stopped``, nobody's clock runs.
    """

    id: str
    name: str
    word: str
    exercises: tuple[ClassExercise, ...]
    opened_at: datetime
    exercise: int = 0
    stopped: bool = False
    message: Message | None = None
    version: int = 0

    def __post_init__(self) -> None:
        utc(self.opened_at)
        ids = {one.id for one in self.exercises}
        if not 0 < len(ids) == len(self.exercises) <= MOST_EXERCISES:
            raise BadExercises(most=MOST_EXERCISES)
        if not 0 <= self.exercise < len(self.exercises):
            message = "a class is in one of its exercises"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How far somebody is with an exercise. ``moved_on_at`` is when they last reached something."""

    exercise: str
    began_at: datetime
    moved_on_at: datetime
    reached: int = 0
    hints: int = 0
    solved_at: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.began_at, self.moved_on_at, self.solved_at or self.began_at):
            utc(moment)

    @property
    def took(self) -> timedelta | None:
        """How long it took, ``None`` before it is solved; a clock that was set back counts as 0."""
        return None if self.solved_at is None else max(timedelta(0), self.solved_at - self.began_at)


@dataclass(frozen=True, slots=True)
class Presence:
    """Which page somebody has before them, and which command they carried out last, and when."""

    page: str
    act: str
    at: datetime

    def __post_init__(self) -> None:
        utc(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in a class. ``number`` lets them come back, ``exercise`` is which they are to do.

    ``seat`` names the session that sits there; empty while nobody does. Of the present exercise,
    the trainer gave ``hints``. Somebody may look over the shoulder until ``watched_until``. Their
    clock was ``stopped`` with the class's, and is to go on with it.
    """

    id: str
    classroom: str
    nickname: str
    number: str
    joined_at: datetime
    exercise: int = 0
    hints: int = 0
    stopped: bool = False
    results: tuple[Result, ...] = ()
    seat: str = ""
    presence: Presence | None = None
    message: Message | None = None
    watched_until: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        utc(self.joined_at)
        if self.watched_until is not None:
            utc(self.watched_until)
        if self.id != participant_id(self.classroom, self.nickname):
            message = "a participant is named by class and nickname"
            raise ValueError(message)

    def result(self, exercise: str) -> Result | None:
        """Return how far they are with an exercise, ``None`` before they began it."""
        return next((one for one in self.results if one.exercise == exercise), None)

    def with_result(self, result: Result) -> Participant:
        """Return them with one result in the place of the earlier one of that exercise."""
        others = (one for one in self.results if one.exercise != result.exercise)
        return replace(self, results=(*others, result))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRecord:
    """What became of one record of a participant's world; an empty ``line`` says that it is gone.

    Its id is the participant's, the table and the record's own, ``line`` the record as JSON.
    """

    id: str
    participant: str
    line: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on a screen that somebody else sees, until a moment unless it is renewed.

    Its id is the participant's who is looked at, or the class's that sees the trainer's.
    """

    id: str
    text: str
    until: datetime
    version: int = 0

    def __post_init__(self) -> None:
        utc(self.until)
