"""What a class asks to be done in a participant's world."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator, Session


@dataclass(frozen=True, slots=True)
class Begun:
    """An exercise that can be worked at, by whom; ``is_new`` unless it was begun before."""

    session: Session
    university: University
    is_new: bool


class Classwork:
    """Does it, in one world; ``page`` is the university of the login page there."""

    def __init__(self, world: Services, page: str) -> None:
        self._world = world
        self._page = page
        self._scenarios = Scenarios(world)

    def begin(self, exercise: str, *, anew: bool = False) -> Begun:
        """Begin an exercise, or go on with it if it was begun here before, unless ``anew``."""
        scenario = self._scenarios.named(exercise)
        is_new = anew or all(one.id != exercise for one in self._world.exercises.started())
        if is_new:
            self._scenarios.set_up(Administrator(), scenario)
        session = self._world.login.vouch(scenario.account)
        return Begun(session, self._world.campus.seat(session, self._page), is_new)

    def give_hints(self, account: str, number: int) -> LocalText | None:
        """Give an account hints until it has so many; return the last, ``None`` if none was due."""
        by = self._world.login.vouch(account)
        progress, given = self._world.exercises.current(by), None
        while progress and len(progress.hints) < number and progress.hints_left:
            progress = self._world.exercises.hint(by)
            given = progress.hints[-1]
        return given

    def stop_clock(self, *, stopped: bool) -> None:
        """Let time stand still, or run again."""
        if self._world.time.timeline().paused != stopped:
            desk = self._world.simulation
            (desk.pause if stopped else desk.resume)(Administrator())
