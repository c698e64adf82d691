"""What a class asks to be done in a participant's world."""

from __future__ import annotations

import pytest

from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.errands.classwork import Classwork
from mleg_tui.errands.scenarios import UnknownScenario
from mleg_tui.services.session import Administrator
from tests.factories import House, house

EXERCISE, ACCOUNT = "never-refreshed", "flora.kmiec"


@pytest.fixture
def world() -> House:
    return house()


def test_an_exercise_is_begun_once_and_then_gone_on_with(world: House) -> None:
    work = Classwork(world.services, "agh")
    begun = work.begin(EXERCISE)
    assert (begun.session.login, begun.university.id, begun.is_new) == (ACCOUNT, "agh", True)
    world.services.ordering.cancel(begun.session)
    again = Classwork(world.services, "agh").begin(EXERCISE)
    assert (again.session.login, again.is_new) == (ACCOUNT, False)
    assert len(world.orders()) == 1
    with pytest.raises(UnknownScenario):
        work.begin("nothing")


def test_an_exercise_that_is_begun_anew_is_as_it_was(world: House) -> None:
    work = Classwork(world.services, "agh")
    world.services.ordering.cancel(work.begin(EXERCISE).session)
    assert [order.status for order in world.orders()] == [OrderStatus.CANCELLED]
    begun = work.begin(EXERCISE, anew=True)
    assert (begun.session.login, begun.is_new) == (ACCOUNT, True)
    assert [order.status for order in world.orders()] == [OrderStatus.PENDING]


def test_hints_are_given_up_to_a_number_and_no_further(world: House) -> None:
    work = Classwork(world.services, "agh")
    session = work.begin(EXERCISE).session
    assert work.give_hints(ACCOUNT, 0) is None
    first = work.give_hints(ACCOUNT, 1)
    assert first is not None
    assert work.give_hints(ACCOUNT, 1) is None
    assert work.give_hints(ACCOUNT, 9) not in (None, first)
    progress = world.services.exercises.current(session)
    assert progress is not None
    assert (len(progress.hints), progress.hints_left) == (2, 0)


def test_the_clock_stands_while_it_is_stopped(world: House) -> None:
    work, time = Classwork(world.services, "agh"), world.services.time
    for stopped in (True, True, False, False):
        work.stop_clock(stopped=stopped)
        assert time.timeline().paused == stopped
    world.services.simulation.pause(Administrator())
    work.stop_clock(stopped=False)
    assert not time.timeline().paused
