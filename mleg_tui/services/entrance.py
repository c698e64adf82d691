"""The way of one session into the classes of a server, and back out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mleg_tui.domain.classroom import Presence
from mleg_tui.services.participants import Offer, Seat
from mleg_tui.services.turns import Turns

if TYPE_CHECKING:
    from mleg_tui.services.services import Services
    from mleg_tui.services.worlds import Worlds

Note = Callable[[Seat, Presence], object]
"""What passes on where somebody is."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in a class, the number by which one comes back to it, and its world."""

    seat: Seat
    number: str
    world: Services


class Entrance:
    """Lets a session sit down in a class. ``source`` is the address from which it came.

    ``shared`` are the services of the store in which the classes are, ``turns`` those of all who
    come through it.
    """

    def __init__(
        self, shared: Services, worlds: Worlds, source: str, note: Note, turns: Turns
    ) -> None:
        self.shared = shared
        self.turns = turns
        self._worlds = worlds
        self._source = source
        self._note = note
        self._place: Place | None = None

    def offers(self) -> tuple[Offer, ...]:
        """Return the classes that one may join."""
        return self.shared.participants.offers()

    def join(self, classroom: str, nickname: str, word: str) -> Place:
        """Take part in a class from now on. Raises as ``Participants.join`` and ``Worlds.of``."""
        people = self.shared.participants
        return self._sit_down(people.join(classroom, nickname, word, self._source))

    def come_back(self, classroom: str, nickname: str, number: str) -> Place:
        """Take one's place again. Raises as ``Participants.come_back`` and ``Worlds.of``."""
        people = self.shared.participants
        return self._sit_down(people.come_back(classroom, nickname, number, self._source))

    @property
    def is_seated(self) -> bool:
        """Whether the session sat down in a class, and has not left it."""
        return self._place is not None

    def leave(self) -> None:
        """Leave the seat empty, if one sits on any, and its world at rest."""
        place, self._place = self._place, None
        if place is not None:
            place.world.feed.stop()
            self.shared.participants.leave(place.seat)

    def note(self, seat: Seat, page: str, act: str, at: datetime) -> None:
        """Pass on which page somebody has before them, and what they did last, and when."""
        self._note(seat, Presence(page, act, at))

    def _sit_down(self, seat: Seat) -> Place:
        one, _class = self.shared.participants.look(seat)
        self._place = Place(seat, one.number, self._worlds.of(seat))
        return self._place
