"""The participants' side of a class: joining, coming back, and what is kept of their world.

Nobody has to log in for it: the class's word or one's own number is what lets one in. What becomes
of a world is written down with each of its transactions, so that it outlives the process.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from mleg_tui.domain.classroom import (
    MOST_PARTICIPANTS,
    Classroom,
    Frame,
    Participant,
    Presence,
    Result,
    WorldRecord,
    nickname_of,
    participant_id,
    word_of,
)
from mleg_tui.domain.errors import LoginRefused, Refused
from mleg_tui.domain.exercise import StartedExercise
from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.services.attempts import attempts_of, forget_failures, note_try
from mleg_tui.services.classes import LEASE, LastExercise, open_class, put, sent_on
from mleg_tui.services.clock import Clock
from mleg_tui.services.exercise_progress import progress_of
from mleg_tui.services.store import Store, View, Work
from mleg_tui.simulation.world import WORLD_ID, World

T = TypeVar("T")


class WrongWord(LoginRefused):
    """The word is not the class's."""

    message = N_("To nie jest hasło tych zajęć.")
    advice = N_("Hasło podaje osoba prowadząca.")


class WrongNumber(LoginRefused):
    """Nobody of this nickname has this number."""

    message = N_("Nie ma na tych zajęciach nikogo o tym pseudonimie i numerze.")
    advice = N_("Numer był pokazany po dołączeniu. Bez niego dołącz pod innym pseudonimem.")


class NicknameTaken(LoginRefused):
    """Somebody in the class is called so."""

    message = N_("Ktoś na tych zajęciach ma już pseudonim „{nickname}”.")
    advice = N_("Jeśli to Ty, wróć ze swoim numerem; jeśli nie, wybierz inny.")


class ClassFull(LoginRefused):
    """As many are in the class as may be."""

    message = N_("Na tych zajęciach jest już {most} osób, więcej nie może.")
    advice = N_("Zgłoś to osobie prowadzącej.")


class SeatTaken(Refused):
    """Somebody came in by the same nickname and number; this session is no longer the one."""

    message = N_("Na Twoim miejscu na zajęciach jest teraz inna sesja.")
    advice = N_("Pracuj w niej, albo wróć tutaj ze swoim numerem.")


class ClassOver(Refused):
    """The class was closed, or one was sent out."""

    message = N_("Zajęcia się skończyły.")
    advice = N_("Ze świata, który do nich należał, nic nie zostało.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A class that one may join."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a class, as it was when the session sat down: whose, and which session's.

    Who comes back later takes it from whoever sits there.
    """

    participant: str
    token: str
    joined_at: datetime


class Participants:
    """Who takes part in the classes of a store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offers(self) -> tuple[Offer, ...]:
        """Return the classes that one may join."""
        opened = self._store.read(lambda view: view.select(Classroom))
        return tuple(Offer(one.id, one.name) for one in opened)

    def join(self, classroom: str, nickname: str, word: str, source: str = "") -> Seat:
        """Take part in a class from now on.

        Raises ``ClassUnknown``, ``BadClassText``, ``NotInert``, ``WrongWord``, ``Throttled``,
        ``NicknameTaken`` and ``ClassFull``. ``source`` is the address that asks.
        """
        nickname, word = nickname_of(nickname), word_of(word)
        id_, joined_at = participant_id(classroom, nickname), self._clock.now()

        def change(work: Work) -> Participant:
            known = open_class(work, classroom)
            if not secrets.compare_digest(known.word.encode(), word.encode()):
                raise WrongWord
            if work.find(Participant, id_) is not None:
                raise NicknameTaken(nickname=nickname)
            if len(work.select(Participant, classroom=classroom)) >= MOST_PARTICIPANTS:
                raise ClassFull(most=MOST_PARTICIPANTS)
            joined = Participant(
                id=id_,
                classroom=classroom,
                nickname=nickname,
                number=f"{secrets.randbelow(1_000_000):06}",
                joined_at=joined_at,
                exercise=known.exercise,
                seat=secrets.token_hex(8),
            )
            return work.add(joined)

        return _seat(self._guessing(id_, source, change))

    def come_back(self, classroom: str, nickname: str, number: str, source: str = "") -> Seat:
        """Take one's place again, from whichever session has it.

        Raises ``ClassUnknown``, ``BadClassText``, ``NotInert``, ``WrongNumber`` and ``Throttled``.
        """
        id_ = participant_id(classroom, nickname_of(nickname))

        def change(work: Work) -> Participant:
            open_class(work, classroom)
            known = work.find(Participant, id_)
            right = "" if known is None else known.number
            if not secrets.compare_digest(right.encode(), number.strip().encode()) or not known:
                raise WrongNumber
            return work.save(replace(known, seat=secrets.token_hex(8)))

        return _seat(self._guessing(id_, source, change))

    def look(self, seat: Seat) -> tuple[Participant, Classroom]:
        """Return who sits there, and the class. Raises ``ClassOver`` and ``SeatTaken``."""
        return self._store.read(lambda view: _sitting(view, seat))

    def go_on(self, seat: Seat) -> Participant:
        """Go on to the next exercise. Raises ``LastExercise``, ``ClassOver`` and ``SeatTaken``."""

        def change(one: Participant, known: Classroom) -> Participant:
            after = sent_on(one, known)
            if after is one:
                raise LastExercise
            return after

        return self._change(seat, change)

    def note_clock(self, seat: Seat, *, stopped: bool) -> None:
        """Note whether the class has stopped somebody's clock, which is to go on with it.

        Raises ``ClassOver`` and ``SeatTaken``.
        """
        self._change(seat, lambda one, _class: replace(one, stopped=stopped))

    def leave(self, seat: Seat) -> None:
        """Leave the seat empty; one can come back to it. Nothing happens if it was taken."""

        def change(work: Work) -> None:
            one = work.find(Participant, seat.participant)
            if one is not None and one.seat == seat.token:
                work.save(replace(one, seat=""))

        self._store.transact(change)

    def note(self, presences: Mapping[Seat, Presence]) -> None:
        """Note where some are and what they do, in one transaction; who is gone is left out."""

        def change(work: Work) -> None:
            for seat, presence in presences.items():
                one = work.find(Participant, seat.participant)
                if one is not None and one.seat == seat.token:
                    work.save(replace(one, presence=presence))

        self._store.transact(change)

    def publish(self, seat: Seat, text: str) -> bool:
        """Let who looks over the shoulder see a copy of the screen; tell whether anybody looks."""
        now = self._clock.now()

        def change(work: Work) -> bool:
            one, _known = _sitting(work, seat)
            looks = one.watched_until is not None and now < one.watched_until
            if looks:
                put(work, Frame(id=one.id, text=text, until=now + LEASE))
            return looks

        return self._store.transact(change)

    def shown_to_all(self, classroom: str) -> Frame | None:
        """Return what the trainer shows to all of a class now, ``None`` if nothing."""
        frame = self._store.read(lambda view: view.find(Frame, classroom))
        return frame if frame is not None and self._clock.now() < frame.until else None

    def kept(self, seat: Seat) -> tuple[WorldRecord, ...]:
        """Return what became of the records of somebody's world."""
        return self._store.read(lambda view: view.select(WorldRecord, participant=seat.participant))

    def keep(self, seat: Seat, lines: Mapping[str, str], world: View) -> None:
        """Write down what a transaction did to records of a world, and how far somebody is.

        ``lines`` are the records by their table and id, such as ``orders/AGH-1``; empty for those
        that are gone. Raises ``ClassOver`` and ``SeatTaken``, after which nothing has happened.
        """

        def change(work: Work) -> None:
            one, known = _sitting(work, seat)
            for name, line in lines.items():
                put(work, WorldRecord(id=f"{one.id}/{name}", participant=one.id, line=line))
            after = one
            for result in _results(world, known, self._clock.now()):
                after = after.with_result(_continued(one.result(result.exercise), result))
            if after != one:
                work.save(after)

        self._store.transact(change)

    def _change(
        self, seat: Seat, change: Callable[[Participant, Classroom], Participant]
    ) -> Participant:
        return self._store.transact(lambda work: work.save(change(*_sitting(work, seat))))

    def _guessing(self, tries: str, source: str, change: Callable[[Work], T]) -> T:
        """Do something that asks for a secret; who guesses has to wait. Raises ``Throttled``."""
        now, source = self._clock.now(), network(source)
        tries = f"{tries.replace(' ', '_')} {source}".rstrip()
        tried = self._store.read(lambda view: attempts_of(view, tries, source, now))
        try:
            done = self._store.transact(change)
        except (WrongWord, WrongNumber):
            self._store.transact(lambda work: note_try(work, tries, now, came_in=False))
            raise
        if tried is not None:
            self._store.transact(lambda work: forget_failures(work, tries))
        return done


def _seat(one: Participant) -> Seat:
    return Seat(one.id, one.seat, one.joined_at)


def _sitting(view: View, seat: Seat) -> tuple[Participant, Classroom]:
    one = view.find(Participant, seat.participant)
    known = None if one is None else view.find(Classroom, one.classroom)
    if one is None or known is None:
        raise ClassOver
    if one.seat != seat.token:
        raise SeatTaken
    return one, known


def _results(world: View, known: Classroom, real_now: datetime) -> Iterable[Result]:
    """Yield how far somebody is with those exercises of the class that they have begun."""
    ids = {one.id for one in known.exercises}
    for started in world.select(StartedExercise):
        if started.id not in ids:
            continue
        solved = next((one for one in started.attempts if one.solved_at is not None), None)
        attempt = solved or started.attempt
        if solved is None:
            now = world.get(World, WORLD_ID).timeline.now(real_now)
            reached = progress_of(world, started, now).reached
        else:
            reached = len(started.exercise.goal)
        yield Result(
            exercise=started.id,
            began_at=attempt.started_at,
            moved_on_at=attempt.solved_at or real_now,
            reached=reached,
            hints=attempt.hints,
            solved_at=attempt.solved_at,
        )


def _continued(before: Result | None, after: Result) -> Result:
    """Return a result that says when somebody last reached something.

    Who begins anew has begun when they first did, and knows the hints that they had.
    """
    if before is None:
        return after
    moved_on_at = before.moved_on_at if before.reached == after.reached else after.moved_on_at
    return replace(
        after,
        began_at=before.began_at,
        moved_on_at=moved_on_at,
        hints=max(before.hints, after.hints),
    )
