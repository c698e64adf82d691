"""A university with very many orders, always the same one: names are as frequent as in life."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.codes import issue
from mleg_tui.domain.order import (
    AGENT,
    Actor,
    ActorKind,
    Command,
    Order,
    codes_issued,
    placed,
    transition,
)
from mleg_tui.domain.student import Enrolment, Student, StudyLevel
from mleg_tui.services.store import Record, Work
from mleg_tui.simulation.faults import Faults
from tests.stores.samples import university, world

FIRST = datetime(2024, 10, 1, 6, tzinfo=UTC)
LAST = datetime(2026, 10, 5, 6, tzinfo=UTC)
UNIVERSITIES = ("agh", "pwr", "uw", "uj")
_SURNAMES, _NAMES = 8_000, 400
_KNOWN = ("Nowak", "Kowalska", "Kowalski", "Wiśniewska", "Wójcik")
_KNOWN_NAMES = ("Anna", "Jan", "Julia", "Jakub", "Zuzanna")
_PHONE = Actor(ActorKind.PHONE)
_OFFICE = Actor(ActorKind.OFFICE, "dziekanat")
_FATES = ("under way", "error", "ready", "cancelled", "revoked", "collected")
_SHARES = (5, 5, 90, 100, 100, 700)


def records(orders: int, *, events: bool = False) -> Iterator[Record]:
    """Yield a world, its universities, two orders for each student, and an event for each."""
    chance = random.Random(13)  # noqa: S311 - reproducible
    yield replace(world(), faults=Faults(), version=1)
    for name in UNIVERSITIES:
        yield replace(university(), id=name, version=1)
    people = list(_people(chance, (orders + 1) // 2))
    yield from people
    step = (LAST - FIRST) / max(1, orders)
    for number in range(orders):
        person = people[chance.randrange(len(people))]
        order = _order(chance, person, number, FIRST + step * number)
        yield order
        if events:
            yield _event(order, number)


def fill(work: Work, orders: int, *, events: bool = False) -> None:
    """Put everything into a new store."""
    work.restore(records(orders, events=events))


def _people(chance: random.Random, count: int) -> Iterator[Student]:
    surnames = (*_KNOWN, *(_word(chance, 2, 4) for _ in range(_SURNAMES)))
    names = (*_KNOWN_NAMES, *(_word(chance, 1, 3) for _ in range(_NAMES)))
    by_surname = list(accumulate(1 / (rank + 3) ** 0.75 for rank in range(len(surnames))))
    by_name = list(accumulate(1 / (rank + 3) ** 0.9 for rank in range(len(names))))
    for number in range(count):
        (surname,) = chance.choices(surnames, cum_weights=by_surname)
        (name,) = chance.choices(names, cum_weights=by_name)
        yield Student(
            id=f"s{number:06}",
            university=chance.choice(UNIVERSITIES),
            first_name=name,
            last_name=surname,
            birth_date=date(2004, 1, 1),
            enrolment=Enrolment(StudyLevel.FIRST_CYCLE, until=date(2027, 6, 30)),
            student_number=f"{400_000 + number}",
            version=1,
        )


def _word(chance: random.Random, least: int, most: int) -> str:
    syllables = (
        chance.choice("bcdfghjklmnprstwz") + chance.choice("aeiouyąęó")
        for _ in range(chance.randint(least, most))
    )
    return ("".join(syllables) + chance.choice(("ska", "ski", "k", "czyk", "ra", "n"))).capitalize()


def _order(chance: random.Random, person: Student, number: int, at: datetime) -> Order:
    new = placed(
        id=f"{person.id}-{number:07}",
        student=person.id,
        university=person.university,
        student_number=person.student_number or "",
        at=at.replace(microsecond=0),
        expiration_date=(at + timedelta(days=150)).date(),
        by=Actor(ActorKind.STUDENT, person.id),
    )
    (fate,) = chance.choices(_FATES, _SHARES)
    return replace(_fated(new, fate, at.replace(microsecond=0)), version=3)


def _fated(new: Order, fate: str, at: datetime) -> Order:
    if fate == "under way":
        return new
    if fate == "cancelled":
        return transition(new, Command.CANCEL, by=new.history[0].actor, at=at)
    handed = transition(new, Command.HAND_OVER, by=AGENT, at=at)
    if fate == "error":
        return transition(handed, Command.REJECT, by=_OFFICE, at=at, reason="Zła fotografia.")
    codes = issue(7, new.id)
    ready = codes_issued(handed, codes, at=at, codes_valid_days=30)
    if fate == "ready":
        return ready
    if fate == "revoked":
        return transition(ready, Command.REVOKE, by=new.history[0].actor, at=at)
    return transition(ready, Command.COLLECT, by=_PHONE, at=at)


def _event(order: Order, number: int) -> Event:
    at = order.last_change.at
    return Event(
        id=f"{at:%Y%m%dT%H%M%S.%f}-orders-{order.id}-{number:07}",
        at=at,
        real_at=at,
        actor=order.student,
        table="orders",
        record=order.id,
        changes=(FieldChange("status", "PENDING", order.status.value),),
        reason=None,
        version=1,
    )
