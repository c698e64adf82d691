"""The trainer's side of a class: opening it, seeing how everybody gets on, helping, closing it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import LoginAttempts, Role
from mleg_tui.domain.classroom import (
    ClassExercise,
    Classroom,
    Frame,
    Message,
    Participant,
    WorldRecord,
    class_name,
    message_text,
    participant_id,
    slug,
    word_of,
)
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Authority
from mleg_tui.services.store import R, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=15)
"""How long somebody looks, or shows their screen, unless they say again that they do."""
_WORDS = ("klon", "brzoza", "sosna", "lipa", "topola", "jodła", "olcha", "wierzba", "buk", "grab")


class ClassUnknown(Refused):
    """No class of this name is open, or not any more."""

    message = N_("Nie ma otwartych zajęć „{id}”.")
    advice = N_("Otwarte zajęcia pokazuje mleg-tui class list i strona Zajęcia dziekanatu.")


class ClassExists(Refused):
    """A class of this name is open already."""

    message = N_("Zajęcia „{id}” są już otwarte.")
    advice = N_("Nazwij je inaczej albo zamknij tamte: mleg-tui class close.")


class ParticipantUnknown(Refused):
    """Nobody of this nickname is in the class."""

    message = N_("Na zajęciach nie ma osoby „{nickname}”.")
    advice = N_("Osoby na zajęciach pokazuje mleg-tui class show i strona Zajęcia dziekanatu.")


class LastExercise(Refused):
    """There is no exercise after the present one."""

    message = N_("To już ostatnie ćwiczenie zajęć.")
    advice = N_("Zajęcia kończy mleg-tui class close; wyniki zapisz przedtem.")


class AllHintsGiven(Refused):
    """Everybody who was meant has had all hints of their exercise."""

    message = N_("Więcej podpowiedzi do tego ćwiczenia nie ma.")
    advice = N_("Wyślij wiadomość albo pokaż wszystkim swój ekran.")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the board. ``stuck`` is how long they have reached nothing new, in real time."""

    participant: Participant
    stuck: timedelta

    @property
    def is_done(self) -> bool:
        """Whether the exercise in which they are is solved."""
        return self.stuck < timedelta(0)


@dataclass(frozen=True, slots=True)
class Board:
    """A class at a real moment; first are those who are stuck the longest, last who is done."""

    classroom: Classroom
    rows: tuple[Row, ...]
    at: datetime

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Everybody in the class."""
        return tuple(row.participant for row in self.rows)

    def solved(self, exercise: str) -> int:
        """Return how many have solved an exercise."""
        results = (one.result(exercise) for one in self.participants)
        return sum(result is not None and result.solved_at is not None for result in results)


class Classes:
    """The classes of a store. They are the office's, or the administrator's."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._clock = clock
        self._work = UnitOfWork(store, clock, Role.OFFICE)

    def open(
        self, by: Authority, name: str, exercises: Iterable[ClassExercise], word: str = ""
    ) -> Classroom:
        """Open a class; without a word to join, one is made up.

        Raises ``BadClassText``, ``NotInert``, ``BadExercises`` and ``ClassExists``.
        """
        name = class_name(name)
        opened = Classroom(
            id=slug(name),
            name=name,
            word=word_of(word or f"{secrets.choice(_WORDS)}{secrets.randbelow(90) + 10}"),
            exercises=tuple(exercises),
            opened_at=self._clock.now(),
        )

        def change(work: Work, _now: datetime) -> Classroom:
            if work.find(Classroom, opened.id) is not None:
                raise ClassExists(id=opened.id)
            return work.add(opened)

        return self._work.act(by, change)

    def opened(self, by: Authority) -> tuple[Classroom, ...]:
        """Return the classes that are open."""
        return self._work.look(by, lambda view, _now: view.select(Classroom))

    def boards(self, by: Authority) -> tuple[Board, ...]:
        """Return how everybody gets on in each class that is open."""

        def look(view: View, _now: datetime) -> tuple[Board, ...]:
            return tuple(self._board(view, one.id) for one in view.select(Classroom))

        return self._work.look(by, look)

    def board(self, by: Authority, id: str) -> Board:
        """Return how everybody in a class gets on. Raises ``ClassUnknown``."""
        return self._work.look(by, lambda view, _now: self._board(view, id))

    def say(self, by: Authority, id: str, text: str, nickname: str | None = None) -> None:
        """Say something to all, or to one. Raises also ``BadClassText`` and ``NotInert``."""
        message = Message(message_text(text), self._clock.now())
        if nickname is None:
            self._change_class(by, id, lambda known: replace(known, message=message))
        else:
            self._change(by, id, lambda one, _class: replace(one, message=message), nickname)

    def give_hint(self, by: Authority, id: str, nickname: str | None = None) -> int:
        """Give one or all the next hint of their exercise; return to how many.

        Who has solved it, or had all hints, gets none. Raises ``AllHintsGiven`` if nobody does.
        """
        given = self._change(by, id, _with_hint, nickname)
        if not given:
            raise AllHintsGiven
        return given

    def move_on(self, by: Authority, id: str, nickname: str | None = None) -> int:
        """Send one to the next exercise, or the class with all who are not there yet.

        Returns how many were sent. Raises ``LastExercise``.
        """
        if nickname is not None:
            sent = self._change(by, id, sent_on, nickname)
            if not sent:
                raise LastExercise
            return sent

        def further(known: Classroom) -> Classroom:
            if known.exercise + 1 >= len(known.exercises):
                raise LastExercise
            return replace(known, exercise=known.exercise + 1)

        def caught_up(one: Participant, known: Classroom) -> Participant:
            return one if one.exercise >= known.exercise else _put_in(one, known.exercise)

        return self._change(by, id, caught_up, None, further)

    def stop_clock(self, by: Authority, id: str, *, stopped: bool) -> None:
        """Let everybody's clock stand still, or run again."""
        self._change_class(by, id, lambda known: replace(known, stopped=stopped))

    def remove(self, by: Authority, id: str, nickname: str) -> None:
        """Send somebody out, with all that they did."""

        def change(work: Work, _now: datetime) -> None:
            open_class(work, id)
            for one in _meant(work, id, nickname):
                _forget(work, one)

        self._work.act(by, change)

    def close(self, by: Authority, id: str) -> Board:
        """Close a class: everybody is sent out, and nothing of it stays. Return how it ended."""

        def change(work: Work, _now: datetime) -> Board:
            board = self._board(work, id)
            for one in board.participants:
                _forget(work, one)
            for tries in work.select(LoginAttempts):
                if tries.id.startswith(f"{id}/"):
                    work.remove(tries)
            _take_away(work, id)
            work.remove(board.classroom)
            return board

        return self._work.act(by, change)

    def look_at(self, by: Authority, id: str, nickname: str) -> Frame | None:
        """Look over somebody's shoulder for a while; they are told.

        Returns what is on their screen, ``None`` before anything came.
        """
        until = self._clock.now() + LEASE
        self._change(by, id, lambda one, _class: replace(one, watched_until=until), nickname)
        return self.frame(by, participant_id(id, nickname))

    def look_away(self, by: Authority, id: str, nickname: str) -> None:
        """Look over somebody's shoulder no more."""
        self._change(by, id, lambda one, _class: replace(one, watched_until=None), nickname)

    def frame(self, by: Authority, id: str) -> Frame | None:
        """Return what is on the screen of a participant at whom somebody looks, or of all a class.

        ``None`` where it has not been renewed.
        """
        frame = self._work.look(by, lambda view, _now: view.find(Frame, id))
        return frame if frame is not None and self._clock.now() < frame.until else None

    def show(self, by: Authority, id: str, text: str | None) -> None:
        """Put a copy of a screen on everybody's, for a while; ``None`` takes it away again."""

        def change(work: Work, _now: datetime) -> None:
            open_class(work, id)
            if text is None:
                _take_away(work, id)
            else:
                put(work, Frame(id=id, text=text, until=self._clock.now() + LEASE))

        self._work.act(by, change)

    def _board(self, view: View, id: str) -> Board:
        known, at = open_class(view, id), self._clock.now()
        rows = [Row(one, _stuck(one, known, at)) for one in view.select(Participant, classroom=id)]
        rows.sort(key=lambda row: (-row.stuck, row.participant.id))
        return Board(known, tuple(rows), at)

    def _change_class(
        self, by: Authority, id: str, change: Callable[[Classroom], Classroom]
    ) -> None:
        self._work.act(by, lambda work, _now: work.save(change(open_class(work, id))))

    def _change(
        self,
        by: Authority,
        id: str,
        change: Callable[[Participant, Classroom], Participant],
        nickname: str | None,
        first: Callable[[Classroom], Classroom] | None = None,
    ) -> int:
        """Change one or all of a class, after the class itself; return how many changed."""

        def run(work: Work, _now: datetime) -> int:
            known = open_class(work, id)
            if first is not None:
                known = work.save(first(known))
            changed = 0
            for one in _meant(work, id, nickname):
                after = change(one, known)
                if after != one:
                    work.save(after)
                    changed += 1
            return changed

        return self._work.act(by, run)


def sent_on(one: Participant, known: Classroom) -> Participant:
    """Return somebody in the exercise after their present one; as they are in the last one."""
    further = one.exercise + 1
    return one if further >= len(known.exercises) else _put_in(one, further)


def put(work: Work, record: R) -> None:
    """Put a record in the place of the one of its id, or where none was."""
    known = work.find(type(record), record.id)
    if known is None:
        work.add(record)
    else:
        work.save(replace(record, version=known.version))


def open_class(view: View, id: str) -> Classroom:
    """Return a class that is open. Raises ``ClassUnknown``."""
    known = view.find(Classroom, id)
    if known is None:
        raise ClassUnknown(id=id)
    return known


def _put_in(one: Participant, exercise: int) -> Participant:
    return replace(one, exercise=exercise, hints=0)


def _with_hint(one: Participant, known: Classroom) -> Participant:
    exercise = known.exercises[one.exercise]
    result = one.result(exercise.id)
    had = max(one.hints, result.hints if result else 0)
    is_solved = result is not None and result.solved_at is not None
    return one if is_solved or had >= exercise.hints else replace(one, hints=had + 1)


def _stuck(one: Participant, known: Classroom, at: datetime) -> timedelta:
    """Return for how long somebody has reached nothing new; less than nothing for who is done."""
    result = one.result(known.exercises[one.exercise].id)
    if result is None:
        return max(timedelta(0), at - one.joined_at)
    if result.solved_at is not None:
        return result.solved_at - at - timedelta(seconds=1)
    return max(timedelta(0), at - result.moved_on_at)


def _meant(view: View, id: str, nickname: str | None) -> Iterator[Participant]:
    if nickname is None:
        yield from view.select(Participant, classroom=id)
        return
    one = view.find(Participant, participant_id(id, nickname))
    if one is None:
        raise ParticipantUnknown(nickname=nickname)
    yield one


def _forget(work: Work, one: Participant) -> None:
    for record in work.select(WorldRecord, participant=one.id):
        work.remove(record)
    _take_away(work, one.id)
    work.remove(one)


def _take_away(work: Work, id: str) -> None:
    frame = work.find(Frame, id)
    if frame is not None:
        work.remove(frame)
