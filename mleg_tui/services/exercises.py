"""The exercises of one store: started, followed, helped along with hints, put away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import MlegError, NotYours, Refused
from mleg_tui.domain.exercise import Attempt, Exercise, StartedExercise
from mleg_tui.domain.messages import N_
from mleg_tui.domain.text import LocalText
from mleg_tui.services.clock import Clock
from mleg_tui.services.exercise_progress import (
    Progress,
    mark_solved,
    note_refusal,
    progress_of,
    wants_refusal,
    with_attempt,
)
from mleg_tui.services.feed import Interest
from mleg_tui.services.session import Anonymous, Authority, Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.world import WORLD_ID, World


class NotStarted(Refused):
    """The exercise was not started in this store."""

    message = N_("Ćwiczenia „{id}” nie zaczęto w tym magazynie danych.")
    advice = N_("Zaczyna je mleg-tui scenario load albo wybór scenariusza w programie.")


class NoExercise(Refused):
    """Whoever asks has no exercise."""

    message = N_("Nie trwa żadne ćwiczenie.")
    advice = N_("Zacznij od scenariusza z listy na stronie logowania albo na stronie Symulacja.")


class NoMoreHints(Refused):
    """All hints were given."""

    message = N_("Więcej podpowiedzi nie ma.")
    advice = N_("Przeczytaj jeszcze raz zadanie i to, czego brakuje.")


class Exercises:
    """Who practises, and how far they are.

    A student has the exercise that is about them, the office the one that was started last; the
    administrator may have any by its name, which is the scenario's.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._work = UnitOfWork(store, clock)
        self._starting = UnitOfWork(store, clock, Role.OFFICE)

    def start(
        self, by: Authority, id: str, title: LocalText, student: str, exercise: Exercise
    ) -> Progress:
        """Start an exercise, or start it anew: its time begins now, and no hint was given."""
        real_now = self._clock.now()

        def change(work: Work, now: datetime) -> Progress:
            known = work.find(StartedExercise, id)
            before = () if known is None else _succeeded(known)
            attempt = Attempt(started_at=real_now)
            started = StartedExercise(
                id=id,
                title=title,
                student=student,
                exercise=exercise,
                attempts=(*before, attempt),
                version=known.version if known else 0,
            )
            return progress_of(work, work.save(started) if known else work.add(started), now)

        return self._starting.act(by, change, at=real_now)

    def current(self, by: Session) -> Progress | None:
        """Return the exercise of somebody, ``None`` for who has none or has put it away."""
        return self._look(by, lambda view: _current(view, by))

    def progress(self, by: Authority, id: str) -> Progress:
        """Return how far an exercise is by its name. Raises ``NotStarted`` and ``NotYours``."""
        found = self._look(by, lambda view: _named(view, by, id))
        if found is None:
            raise NotStarted(id=id)
        return found

    def started(self) -> tuple[StartedExercise, ...]:
        """Return all that were started in this store."""
        return self._store.read(lambda view: view.select(StartedExercise))

    def hint(self, by: Session) -> Progress:
        """Give the next hint of somebody's exercise, and count it unless it is solved.

        Raises ``NoExercise`` and ``NoMoreHints``.
        """

        def give(started: StartedExercise) -> Attempt:
            attempt = started.attempt
            if attempt.hints >= len(started.exercise.hints):
                raise NoMoreHints
            return replace(attempt, hints=attempt.hints + 1)

        return self._change(by, give)

    def put_away(self, by: Session) -> Progress:
        """Show somebody's exercise no more, until it is started again. Raises ``NoExercise``."""
        return self._change(by, lambda started: replace(started.attempt, put_away=True))

    def met(self, by: Session, refusal: MlegError) -> bool:
        """Note a refusal that somebody met before any service was asked: a greyed command.

        Tell whether an exercise asks for it.
        """
        codes = refusal.codes
        if not self._store.read(lambda view: wants_refusal(view, by, codes)):
            return False
        real_now = self._clock.now()
        self._store.transact(lambda work: note_refusal(work, by, codes, real_now))
        return True

    def _look(
        self, by: Authority, find: Callable[[View], StartedExercise | None]
    ) -> Progress | None:
        def ask(view: View, now: datetime) -> Progress | None:
            started = find(view)
            return None if started is None else progress_of(view, started, now)

        found = self._work.look(by, ask)
        if found is None or found.is_solved or found.missing:
            return found
        real_now = self._clock.now()  # time alone has solved it
        self._store.transact(lambda work: mark_solved(work, real_now))
        return self._work.look(by, ask)

    def _change(self, by: Session, change: Callable[[StartedExercise], Attempt]) -> Progress:
        def act(work: Work, now: datetime) -> Progress:
            started = _current(work, by)
            if started is None:
                raise NoExercise
            saved = work.save(with_attempt(started, change(started)))
            return progress_of(work, saved, now)

        return self._work.act(by, act)


def interest_of(session: Session) -> Interest:
    """Return what in the store somebody's exercise hangs together with."""
    student = session.account.student
    if student is not None:
        return Interest.of(owner=student)
    return Interest.of("exercises", "orders", "phones", "students")


def forget_attempt(work: Work, id: str) -> None:
    """Give up the present attempt, within a transaction: what comes now does not count for it."""
    known = work.find(StartedExercise, id)
    if known is not None:
        before = _succeeded(known)
        if before:
            work.save(replace(known, attempts=before))
        else:
            work.remove(known)


def _succeeded(known: StartedExercise) -> tuple[Attempt, ...]:
    return tuple(attempt for attempt in known.attempts if attempt.solved_at is not None)


def _current(view: View, by: Session) -> StartedExercise | None:
    account = by.account
    if view.get(World, WORLD_ID).scenario is None:
        return None
    if account.role is Role.OFFICE:
        found = view.select(StartedExercise)
    else:
        found = view.select(StartedExercise, student=account.student or "")
    shown = [started for started in found if not started.attempt.put_away]
    return max(shown, key=lambda one: (one.attempt.started_at, one.id), default=None)


def _named(view: View, by: Authority, id: str) -> StartedExercise | None:
    started = view.find(StartedExercise, id)
    if isinstance(by, Session) and by.account.role is not Role.OFFICE:
        is_own = started is not None and started.student == by.account.student
    else:
        is_own = not isinstance(by, Anonymous)
    if not is_own:
        raise NotYours
    return started
