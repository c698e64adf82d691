"""Which steps of an order are due, and when each *was* due. Pure and reproducible."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mleg_tui.domain.codes import issue
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import (
    AGENT,
    MINISTRY,
    Command,
    Order,
    OrderStatus,
    codes_issued,
    transition,
)
from mleg_tui.domain.university import Durations, Span
from mleg_tui.simulation.faults import Faults, first_moment_up

REJECTED: str = N_("System mObywatel odrzucił dane studenta.")


@dataclass(frozen=True, slots=True)
class Step:
    """A transition of the machines and the simulated moment at which it is due."""

    command: Command
    at: datetime


def due_steps(
    order: Order, durations: Durations, faults: Faults, seed: int, now: datetime
) -> tuple[Step, ...]:
    """Return the steps of the order that are due by ``now``, in order of time."""
    steps = []
    for step in remaining_steps(order, durations, faults, seed):
        if step.at > now:
            break
        steps.append(step)
    return tuple(steps)


def next_step(order: Order, durations: Durations, faults: Faults, seed: int) -> Step | None:
    """Return the order's next step, due or not; ``None`` when nothing will happen by itself."""
    return next(remaining_steps(order, durations, faults, seed), None)


def take(order: Order, step: Step, durations: Durations, seed: int) -> Order:
    """Return the order after one of its steps, with the due time in the history."""
    match step.command:
        case Command.ISSUE_CODES:
            codes = issue(seed, order.id)
            return codes_issued(
                order, codes, at=step.at, codes_valid_days=durations.codes_valid_days
            )
        case Command.REJECT:
            return transition(order, step.command, by=MINISTRY, at=step.at, reason=REJECTED)
        case _:
            return transition(order, step.command, by=AGENT, at=step.at)


def remaining_steps(
    order: Order, durations: Durations, faults: Faults, seed: int
) -> Iterator[Step]:
    """Yield all steps that remain, as long as no machine stays down for good."""
    chance = random.Random(f"progress:{seed}:{order.id}")  # noqa: S311 - reproducible, guards nothing
    pending = _drawn(durations.pending, chance)
    in_progress = _drawn(durations.in_progress, chance)
    luck = chance.randrange(1000)
    since: datetime | None = order.last_change.at
    if order.status is OrderStatus.PENDING and since is not None:
        since = first_moment_up(faults.agent, faults.finished(since, pending))
        if since is not None:
            yield Step(Command.HAND_OVER, since)
    elif order.status is not OrderStatus.IN_PROGRESS:
        return
    if since is not None:
        done = first_moment_up(faults.ministry, faults.finished(since, in_progress))
        if done is not None:
            rejected = luck < faults.rejections_at(done)  # decided when the Ministry's system does
            yield Step(Command.REJECT if rejected else Command.ISSUE_CODES, done)


def _drawn(span: Span, chance: random.Random) -> timedelta:
    return timedelta(seconds=chance.randint(span.least, span.most))
