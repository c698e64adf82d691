"""Simulated time: how it runs, stands, jumps, and what a real clock can do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.simulation.timeline import LATEST, BadSpeed, Lease, NotForward, Timeline, TooFar

REAL = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
ANCHOR = datetime(2021, 7, 1, 9, 0, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
RUNNING = Timeline(anchor=ANCHOR, real=REAL)
STANDING = Timeline(anchor=ANCHOR, real=REAL, paused=True)


@pytest.mark.parametrize("speed", [0.5, 1.0, 60.0, 86_400.0])
def test_time_runs_at_its_speed(speed: float) -> None:
    timeline = Timeline(anchor=ANCHOR, real=REAL, speed=speed)
    assert timeline.now(REAL + 2 * SECOND) == ANCHOR + 2 * speed * SECOND


@pytest.mark.parametrize("speed", [0, -1, 86_401, float("nan"), float("inf"), float("-inf")])
def test_a_speed_out_of_range_is_refused(speed: float) -> None:
    with pytest.raises(BadSpeed):
        RUNNING.at_speed(speed, REAL)


def test_another_speed_counts_from_now_on() -> None:
    faster = RUNNING.at_speed(60, REAL + HOUR)
    assert faster.now(REAL + HOUR) == ANCHOR + HOUR
    assert faster.now(REAL + HOUR + SECOND) == ANCHOR + HOUR + 60 * SECOND


def test_a_pause_takes_no_time() -> None:
    paused = RUNNING.pause(REAL + HOUR)
    assert paused.now(REAL + DAY) == ANCHOR + HOUR
    resumed = paused.resume(REAL + DAY)
    assert resumed.now(REAL + DAY + SECOND) == ANCHOR + HOUR + SECOND


@pytest.mark.parametrize("timeline", [RUNNING, STANDING], ids=["running", "standing"])
def test_a_jump_ahead_keeps_how_time_runs(timeline: Timeline) -> None:
    jumped = timeline.forward(DAY, REAL)
    assert jumped.now(REAL) == ANCHOR + DAY
    assert jumped.paused == timeline.paused


@pytest.mark.parametrize("duration", [timedelta(0), -SECOND])
def test_time_goes_only_forward(duration: timedelta) -> None:
    with pytest.raises(NotForward):
        RUNNING.forward(duration, REAL)


@pytest.mark.parametrize("duration", [timedelta.max, LATEST - ANCHOR + SECOND])
def test_a_jump_out_of_the_calendar_is_refused(duration: timedelta) -> None:
    with pytest.raises(TooFar):
        RUNNING.forward(duration, REAL)


def test_time_that_runs_into_the_far_future_stays_in_the_calendar() -> None:
    fast = RUNNING.at_speed(86_400, REAL)
    assert fast.now(REAL + 300 * 365 * DAY) == LATEST
    assert fast.now(datetime.max.replace(tzinfo=UTC)) == LATEST


def test_a_real_clock_set_back_takes_no_simulated_time_back() -> None:
    assert RUNNING.now(REAL - DAY) == ANCHOR
    moved = RUNNING.at_speed(2, REAL - DAY)
    assert moved.now(REAL - DAY + SECOND) == ANCHOR + 2 * SECOND


def test_how_long_to_wait_in_real_time() -> None:
    assert RUNNING.at_speed(60, REAL).real_wait(ANCHOR + HOUR, REAL) == 60 * SECOND
    assert RUNNING.real_wait(ANCHOR - HOUR, REAL) == timedelta(0)
    assert STANDING.real_wait(ANCHOR + HOUR, REAL) is None


def test_a_wait_longer_than_any_calendar_is_still_a_wait() -> None:
    assert RUNNING.at_speed(1e-12, REAL).real_wait(ANCHOR + DAY, REAL) == timedelta.max


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pause", "resume", "speed", "forward"]),
            st.integers(-3_600, 3_600),
            st.integers(1, 3_600),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_to_it_time_never_goes_back(moves: list[tuple[str, int, int]]) -> None:
    timeline, real = RUNNING, REAL
    for move, real_seconds, amount in moves:
        anchored = timeline.now(real)
        real = max(real, real + real_seconds * SECOND)
        before = timeline.now(real)
        assert before >= anchored
        match move:
            case "pause":
                timeline = timeline.pause(real)
            case "resume":
                timeline = timeline.resume(real)
            case "speed":
                timeline = timeline.at_speed(amount, real)
            case _:
                timeline = timeline.forward(amount * SECOND, real)
        assert timeline.now(real) >= before


def lease(speed: float, seconds: float, program: str = "one") -> Lease:
    return Lease(program, speed, REAL + seconds * SECOND)


def test_a_borrowed_speed_ends_with_its_lease() -> None:
    fast = RUNNING.leased(lease(60, 10), REAL)
    assert fast.now(REAL + 10 * SECOND) == ANCHOR + 600 * SECOND
    assert fast.now(REAL + 15 * SECOND) == ANCHOR + 605 * SECOND
    assert [fast.speed_at(REAL + seconds * SECOND) for seconds in (0, 9.9, 10, 15)] == [
        60,
        60,
        1,
        1,
    ]
    slow = RUNNING.at_speed(30, REAL).leased(lease(0.5, 10), REAL)
    assert slow.now(REAL + 20 * SECOND) == ANCHOR + 305 * SECOND


def test_a_speed_ends_with_the_last_program_that_asked_for_it() -> None:
    both = RUNNING.leased(lease(60, 90), REAL).leased(lease(60, 95, "other"), REAL + 5 * SECOND)
    at = REAL + 20 * SECOND
    one_ended = both.given_back("one", at)
    assert (one_ended.now(at), one_ended.speed_at(at)) == (both.now(at), 60)
    other_ended = one_ended.given_back("other", at)
    assert (other_ended.now(at), other_ended.speed_at(at)) == (both.now(at), 1)
    assert both.speed_at(REAL + 94 * SECOND) == 60  # the first was killed


def test_who_asks_last_sets_the_speed_and_the_lasting_one_ends_all() -> None:
    first = RUNNING.leased(lease(60, 90), REAL)
    second = first.leased(lease(10, 90, "other"), REAL)
    assert second.speed_at(REAL) == 10
    assert second.renewed("one", REAL + HOUR, REAL) == second
    assert second.given_back("other", REAL).speed_at(REAL) == 1
    lasting = second.at_speed(5, REAL)
    assert lasting.speed_at(REAL) == lasting.speed_at(REAL + DAY) == 5
    assert first.leased(lease(1, 90, "other"), REAL).leases == ()


def test_a_lease_is_renewed_while_it_lasts_and_not_afterwards() -> None:
    fast = RUNNING.leased(lease(60, 90), REAL)
    renewed = fast.renewed("one", REAL + HOUR, REAL + 30 * SECOND)
    assert renewed.speed_at(REAL + 59 * 60 * SECOND) == 60
    assert renewed.now(REAL + 30 * SECOND) == fast.now(REAL + 30 * SECOND)
    late = fast.renewed("one", REAL + 2 * HOUR, REAL + HOUR)  # the machine was asleep
    assert late == fast


def test_a_clock_that_is_set_back_makes_no_lease_longer() -> None:
    fast = RUNNING.leased(lease(60, 90), REAL).pause(REAL - DAY).resume(REAL - DAY)
    assert fast.speed_at(REAL - DAY + 89 * SECOND) == 60
    assert fast.speed_at(REAL - DAY + 91 * SECOND) == 1


def test_time_cannot_run_at_two_speeds() -> None:
    with pytest.raises(ValueError, match="one speed"):
        Timeline(anchor=ANCHOR, real=REAL, leases=(lease(2, 1), lease(3, 1, "other")))
    with pytest.raises(BadSpeed):
        lease(0, 1)


@given(
    st.sampled_from([0.5, 1, 60, 86_400]),
    st.sampled_from([0.25, 2, 3_600]),
    st.integers(0, 200),
    st.integers(0, 400),
    st.integers(1, 2_000_000),
)
def test_a_wait_leads_to_its_moment_also_over_the_end_of_a_lease(
    speed: float, leased: float, lasts: int, passed: int, ahead: int
) -> None:
    timeline = RUNNING.at_speed(speed, REAL).leased(lease(leased, lasts), REAL)
    real_now = REAL + passed * SECOND
    moment = timeline.now(real_now) + ahead * SECOND
    wait = timeline.real_wait(moment, real_now)
    assert wait is not None
    assert abs(timeline.now(real_now + wait) - moment) <= timedelta(milliseconds=200)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Timeline(anchor=datetime(2026, 1, 1), real=REAL)  # noqa: DTZ001 - naive on purpose
