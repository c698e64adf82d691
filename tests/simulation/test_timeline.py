"""Simulated time: how it runs, stands, jumps, and what a real clock can do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.simulation.timeline import LATEST, BadSpeed, NotForward, Timeline, TooFar

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


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Timeline(anchor=datetime(2026, 1, 1), real=REAL)  # noqa: DTZ001 - naive on purpose
