"""A participant's world is a world in memory that outlives its process, whatever ends that."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mleg_tui.compose import Settings, open_services, open_store, own_worlds
from mleg_tui.domain.classroom import Participant, WorldRecord
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.order import Order
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.checking import findings
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.initial_data import fill_if_new
from mleg_tui.services.participants import Participants, Seat
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import KINDS, PlacedStore, Record, StoreBusy, View, Work
from mleg_tui.simulation.switches import Machine
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.kept_world import KeptWorld
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.tables import TablesWork
from tests.factories import NOW, demo_data
from tests.stores.conftest import ADAPTERS, Locate
from tests.stores.participant import BEGINNING, GROUP, STUDENT, WORD
from tests.stores.processes import BURN, check_file, go, output, process, told

T = TypeVar("T")
BY = Administrator()
EXERCISE = "photo-waiting"
NUMBERS = itertools.count()
ROUNDS, ACTS_OF_EACH = (40, 200) if BURN else (3, 12)


def set_up(world: Services) -> None:
    scenarios = Scenarios(world)
    scenarios.set_up(BY, scenarios.named(EXERCISE))


ACTS: Mapping[str, Callable[[Services], object]] = {
    "place": lambda world: world.ordering.place(world.login.vouch(STUDENT)),
    "cancel": lambda world: world.ordering.cancel(world.login.vouch(STUDENT)),
    "revoke": lambda world: world.ordering.revoke(world.login.vouch(STUDENT)),
    "next event": lambda world: world.simulation.step(BY),
    "faster": lambda world: world.simulation.faster(BY),
    "stop": lambda world: world.simulation.stop_or_go_on(BY),
    "break": lambda world: world.simulation.switch(BY, Machine.AGENT, down=True),
    "exercise": set_up,
    "photo": lambda world: world.office.approve_photo(
        world.login.vouch("dziekanat"), "sara.milewska"
    ),
    "catch up": lambda world: world.progression.catch_up(),
}


class Shaky(Participants):
    """What keeps a world, and may fail: before anything happens, or so that nobody can tell."""

    fails = ""

    def keep(self, seat: Seat, lines: Mapping[str, str], world: View) -> None:
        if self.fails == "before":
            raise StoreBusy(path="here")
        super().keep(seat, lines, world)
        if self.fails == "after":
            raise StoreBusy(path="here")


class Twin(MemoryStore):
    """A world that is kept nowhere, and fails in the same way."""

    fails = ""

    def before_commit(self, work: TablesWork) -> None:
        del work
        if self.fails == "before":
            raise StoreBusy(path="here")

    def transact(self, change: Callable[[Work], T], /) -> T:
        before = self.revision()
        result = super().transact(change)
        if self.fails == "after" and self.revision() != before:
            raise StoreBusy(path="here")
        return result


class Outlives(RuleBasedStateMachine):
    """Each example is another participant of one class in one store."""

    opened: Callable[[], PlacedStore]

    def __init__(self) -> None:
        super().__init__()
        self.clock = StandingClock(NOW)
        self.shared = type(self).opened()
        self.nickname = f"p{next(NUMBERS)}"
        self.people = Shaky(self.shared, self.clock)
        seat = self.people.join(GROUP, self.nickname, WORD)
        self.number = number_of(self.shared, seat)
        self.world = self.sat_down(seat)
        self.twin = Twin()
        fill_if_new(self.twin, BEGINNING, NOW, demo_data())
        self.twin.transact(lambda work: work.save(work.get(World, WORLD_ID)))
        self.other = Services(self.twin, self.clock)

    def sat_down(self, seat: Seat) -> Services:
        store = KeptWorld(self.people, seat)
        fill_if_new(store, BEGINNING, seat.joined_at, demo_data())
        store.take_up()
        return Services(store, self.clock)

    def teardown(self) -> None:
        self.shared.close()

    @rule(act=st.sampled_from(sorted(ACTS)), fails=st.sampled_from(["", "", "", "before", "after"]))
    def act(self, act: str, fails: str) -> None:
        self.people.fails = self.twin.fails = fails
        outcomes = [outcome(ACTS[act], world) for world in (self.world, self.other)]
        self.people.fails = self.twin.fails = ""
        assert outcomes[0] is outcomes[1]

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.clock.moment += timedelta(minutes=minutes)

    @rule()
    def the_process_is_killed(self) -> None:
        self.shared.close()
        self.shared = type(self).opened()
        self.people = Shaky(self.shared, self.clock)
        self.world = self.sat_down(self.people.come_back(GROUP, self.nickname, self.number))

    @invariant()
    def the_world_is_its_twin(self) -> None:
        assert contents(self.world) == contents(self.other)


def outcome(act: Callable[[Services], object], world: Services) -> type[MlegError] | None:
    try:
        act(world)
    except MlegError as error:
        return type(error)
    return None


def contents(world: Services) -> dict[str, tuple[Record, ...]]:
    return world.store.read(lambda view: {name: view.select(kind) for name, kind in KINDS.items()})


def number_of(store: PlacedStore, seat: Seat) -> str:
    return store.read(lambda view: view.get(Participant, seat.participant)).number


def open_class(url: str, clock: StandingClock) -> PlacedStore:
    """Open a class in a store that is made for it."""
    store = open_store(url)
    fill_if_new(store, BEGINNING, clock.now(), demo_data())
    services = Services(store, clock)
    services.classes.open(BY, GROUP, Scenarios(services).for_class([EXERCISE]), WORD)
    return store


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_world_is_as_it_was_left(adapter: str, locate: Locate, tmp_path: Path) -> None:
    url = locate(adapter, tmp_path)
    first = open_class(url, StandingClock(NOW))
    in_memory = isinstance(first, MemoryStore)
    opened = staticmethod((lambda: first) if in_memory else (lambda: open_store(url)))
    with closing(first):
        run_state_machine_as_test(
            type("Machine", (Outlives,), {"opened": opened}),
            settings=settings(
                max_examples=15 if in_memory else 8,
                stateful_step_count=12,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.fixture
def shared(url: str) -> Services:
    """Open a class in a store that processes can share."""
    open_class(url, StandingClock(datetime.now(UTC))).close()
    return open_services(Settings(url, BEGINNING))


def joined(shared: Services, nickname: str) -> str:
    """Join; return the number by which one comes back."""
    seat = shared.participants.join(GROUP, nickname, WORD)
    return shared.store.read(lambda view: view.get(Participant, seat.participant)).number


def orders_of(shared: Services, nickname: str, number: str) -> set[str]:
    """Come back; return the orders as a participant tells them. Their world must be whole."""
    world = own_worlds(shared, BEGINNING).of(shared.participants.come_back(GROUP, nickname, number))
    now = shared.clock.now()
    assert world.store.read(lambda view: [*findings(view, now)]) == []
    return {f"{one.status} {one.id}" for one in world.store.read(lambda view: view.select(Order))}


def last_words(acknowledged: list[str]) -> set[str]:
    """Return what each order of those that were told of was told to be last."""
    said = {id_: status for status, id_ in map(str.split, acknowledged)}
    return {f"{status} {id_}" for id_, status in said.items()}


def test_a_killed_process_loses_nothing_of_a_world(shared: Services, url: str) -> None:
    number = joined(shared, "Żółw")
    acknowledged: list[str] = []
    with closing(shared.store):
        for turn in range(ROUNDS):
            with process("participant", url, "Żółw", number, -1) as participant:
                go(participant)
                acknowledged += [output(participant).readline().strip() for _ in range(3 + turn)]
                participant.kill()
                acknowledged += output(participant).read().splitlines()
            check_file(url)
            kept = orders_of(shared, "Żółw", number)
            said = last_words(acknowledged)
            assert len(kept ^ said) <= 2, "more than the act that was not answered"
            acknowledged += sorted(kept - said)


def test_many_processes_keep_their_worlds_apart(shared: Services, url: str) -> None:
    names = [f"Osoba {number}" for number in range(4)]
    with closing(shared.store):
        numbers = {name: joined(shared, name) for name in names}
        started = [
            process("participant", url, name, number, ACTS_OF_EACH + place)
            for place, (name, number) in enumerate(numbers.items())
        ]
        with started[0] as a, started[1] as b, started[2] as c, started[3] as d:
            for one in (a, b, c, d):
                go(one)
            said = {name: told([one]) for name, one in zip(names, (a, b, c, d), strict=True)}
        for name, number in numbers.items():
            assert orders_of(shared, name, number) == last_words(said[name])
        assert shared.store.read(lambda view: view.select(Order)) == ()
        shared.classes.close(BY, GROUP)
        assert shared.store.read(lambda view: view.select(WorldRecord)) == ()
