"""Builders of the records that tests are about; a test names only what matters to it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

from mleg_tui.domain.account import Account
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.codes import issue
from mleg_tui.domain.order import (
    AGENT,
    ISSUED,
    MINISTRY,
    Actor,
    ActorKind,
    HistoryEntry,
    Order,
    OrderStatus,
)
from mleg_tui.domain.student import Els, Enrolment, Photo, PhotoStatus, Student, StudyLevel
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.demo_data import DemoData, load, own_directory
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.store import KINDS
from mleg_tui.simulation.faults import Faults
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.memory import MemoryStore

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 10, 5)

ANNA = Actor(ActorKind.STUDENT, "anna.nowak")
OFFICE = Actor(ActorKind.OFFICE, "dziekanat")
PHONE = Actor(ActorKind.PHONE, "anna.nowak")
ACTORS = {actor.kind: actor for actor in (ANNA, OFFICE, AGENT, MINISTRY, PHONE)}

_WAYS = {
    OrderStatus.PENDING: (),
    OrderStatus.IN_PROGRESS: (OrderStatus.IN_PROGRESS,),
    OrderStatus.READY: (OrderStatus.IN_PROGRESS, OrderStatus.READY),
    OrderStatus.COLLECTED: (OrderStatus.IN_PROGRESS, OrderStatus.READY, OrderStatus.COLLECTED),
    OrderStatus.ERROR: (OrderStatus.ERROR,),
    OrderStatus.CANCELLED: (OrderStatus.CANCELLED,),
    OrderStatus.REVOKED: (OrderStatus.IN_PROGRESS, OrderStatus.READY, OrderStatus.REVOKED),
    OrderStatus.EXPIRED: (OrderStatus.IN_PROGRESS, OrderStatus.READY),
    OrderStatus.CODES_EXPIRED: (OrderStatus.IN_PROGRESS, OrderStatus.READY),
}
_BY = {
    OrderStatus.PENDING: ANNA,
    OrderStatus.IN_PROGRESS: AGENT,
    OrderStatus.READY: MINISTRY,
    OrderStatus.COLLECTED: PHONE,
    OrderStatus.ERROR: MINISTRY,
    OrderStatus.CANCELLED: ANNA,
    OrderStatus.REVOKED: ANNA,
}


def student(**changes: Any) -> Student:
    """Return a student who meets every condition of both regulations on ``TODAY``."""
    whole: dict[str, Any] = {
        "id": "anna.nowak",
        "university": "agh",
        "first_name": "Anna",
        "last_name": "Nowak",
        "birth_date": date(2004, 5, 17),
        "pesel": "04251712487",
        "student_number": "401237",
        "enrolment": Enrolment(StudyLevel.FIRST_CYCLE),
        "photo": Photo(PhotoStatus.APPROVED, "robot"),
        "els": Els(TODAY - timedelta(days=400), date(2027, 3, 31), "Nowak", "robot"),
    }
    return Student(**{**whole, **changes})


def order(status: OrderStatus, now: datetime = NOW, **changes: Any) -> Order:
    """Return an order that has come to a state by the usual way, and is in it at ``now``."""
    way = (OrderStatus.PENDING, *_WAYS[status])
    start = now - timedelta(hours=1)
    history = tuple(
        HistoryEntry(start + timedelta(minutes=number), reached, _BY[reached])
        for number, reached in enumerate(way)
    )
    issued = way[-1] in ISSUED
    days = {OrderStatus.CODES_EXPIRED: 0}.get(status, 30)
    whole: dict[str, Any] = {
        "id": "anna.nowak-001",
        "student": "anna.nowak",
        "university": "agh",
        "student_number": "401237",
        "order_date": start,
        "expiration_date": warsaw_date(now)
        + timedelta(days=-1 if status is OrderStatus.EXPIRED else 100),
        "status": way[-1],
        "history": history,
        "codes": issue(7, "anna.nowak-001") if issued else None,
        "codes_expiration": now + timedelta(days=days) if issued else None,
    }
    return Order(**{**whole, **changes})


def event(real_at: datetime = NOW, name: str = "1", **changes: Any) -> Event:
    """Return an event as the audit has it; its id begins with the real moment."""
    whole: dict[str, Any] = {
        "id": f"{real_at:%Y%m%dT%H%M%S.%f}-students-anna.nowak-{name}",
        "at": NOW,
        "real_at": real_at,
        "actor": "dziekanat",
        "table": "students",
        "record": "anna.nowak",
        "changes": (FieldChange("last_name", "Nowak", "Kot"),),
        "version": 1,
    }
    return Event(**{**whole, **changes})


@cache
def demo_data(today: date = TODAY) -> DemoData:
    """Return the program's own demo data; their password is hashed once for all tests."""
    return load(own_directory(), today)


@dataclass
class House:
    """The services over a store in memory, with hands on the clock."""

    services: Services
    clock: StandingClock

    def session(self, login: str = "anna.nowak") -> Session:
        """Return a session without paying for a password hash."""
        account = self.services.store.read(lambda view: view.get(Account, login))
        return Session(account, self.clock.now(), idle_limit=timedelta(days=10_000))

    def later(self, **duration: float) -> None:
        """Let real time pass, and with it the simulated one."""
        self.clock.moment += timedelta(**duration)

    def keep(self, record: Order | Student) -> None:
        """Put a new record into the store, or another state of one that is there."""

        def change(work: Any) -> None:
            known = work.find(type(record), record.id)
            if known is None:
                work.add(record)
            else:
                work.save(replace(record, version=known.version))

        self.services.store.transact(change)

    def break_down(self, faults: Faults) -> None:
        """Put the outside world out of order."""
        self.services.store.transact(
            lambda work: work.save(replace(work.get(World, WORLD_ID), faults=faults))
        )

    def orders(self) -> tuple[Order, ...]:
        """Return all orders as they are stored."""
        return self.services.store.read(lambda view: view.select(Order))


def house(seed: int = 7, now: datetime = NOW) -> House:
    """Return a house with the demo data, whose simulated time runs at real speed from ``now``."""
    store = MemoryStore()
    clock = StandingClock(now)
    data = demo_data(warsaw_date(now))

    def fill(work: Any) -> None:
        timeline = Timeline(anchor=now, real=now)
        work.add(World(timeline=timeline, seed=seed, demo_accounts=data.demo_accounts))
        for record in chain.from_iterable(getattr(data, field.name) for field in fields(data)):
            if type(record) in KINDS.values():
                work.add(record)

    store.transact(fill)
    return House(Services(store, clock), clock)
