"""Somebody in a class, as a process: ``python -m tests.stores.participant URL NICKNAME NUMBER N``.

They come back by their number and wait for a line of input. Then they place and cancel orders in
their world, and tell each on a line of output once it was acknowledged. After ``N`` of both they
end; -1 means never.
"""

from __future__ import annotations

import itertools
import sys
from contextlib import closing

from mleg_tui.compose import Settings, open_services, own_worlds
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.services import Services
from mleg_tui.services.store import StoreBusy
from tests.stores.writer import tell

BEGINNING = Beginning(seed=7)
GROUP, WORD, STUDENT = "grupa", "klon", "ewa.lis"


def main(url: str, nickname: str, number: str, count: int) -> None:
    shared = open_services(Settings(url, BEGINNING))
    with closing(shared.store):
        seat = shared.participants.come_back(GROUP, nickname, number)
        world = own_worlds(shared, BEGINNING).of(seat)
        tell("ready")
        sys.stdin.readline()
        for _ in itertools.count() if count < 0 else range(count):
            tell(changed(world))


def changed(world: Services) -> str:
    """Cancel the order that is under way, or place one; try until it had its turn."""
    student = world.login.vouch(STUDENT)
    while True:
        order = world.ordering.card(student).order
        is_under_way = order is not None and order.status == "PENDING"
        try:
            after = (
                world.ordering.cancel(student) if is_under_way else world.ordering.place(student)
            )
        except StoreBusy:
            continue
        assert after.order is not None
        return f"{after.order.status} {after.order.id}"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
