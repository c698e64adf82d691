"""Beginning in a scenario, from the login page: choose one, set it up, log in as its account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.exercise_words import choice_line
from mleg_tui.services.session import Administrator, Session
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from mleg_tui.errands.scenarios import Scenario


class ScenariosAtHome(Refused):
    """A scenario changes the store that others use, too."""

    message = N_("Scenariusz zmienia dane, które są tu wspólne.")
    advice = N_("Ustawia go dziekanat na stronie Symulacja; u siebie możesz zacząć od każdego.")


class ScenarioStart:
    """Lets whoever has data of their own begin in a scenario."""

    def __init__(self, program: Program) -> None:
        from mleg_tui.errands.play import Scenarios

        self._program = program
        self._scenarios = Scenarios(program.services)

    async def choose(self) -> None:
        """Show the scenarios, and begin in the one that is chosen."""
        if not self._program.owns_world:
            self._program.tell(ScenariosAtHome())
            return
        known = await self._program.ask_store(self._scenarios.by_difficulty) or ()
        by_id = {scenario.id: scenario for scenario, _solved in known}

        def choices() -> Choices:
            return [
                (one.id, choice_line(one.title, one.exercise, solved=solved))
                for one, solved in known
            ]

        async def answered(id_: str | None) -> None:
            if id_ is not None:
                await self._ask(by_id[id_])

        self._program.push_screen(Choice(N_("Zacznij od scenariusza"), choices), answered)

    async def _ask(self, scenario: Scenario) -> None:
        """Begin, if nothing is lost by it or that was agreed to."""
        begin = partial(self._begin, scenario)
        if not await self._program.ask_store(partial(self._scenarios.replaces, scenario)):
            await begin()
            return
        text = N_("Osoby z tego scenariusza mają już zamówienia albo telefony, które przepadną.")
        ask(self._program, N_("Zacznij od scenariusza"), text, begin, N_("Zastąp dane"))

    async def _begin(self, scenario: Scenario) -> None:
        begun = await self._program.change_store(partial(self._set_up, scenario))
        if begun is not None:
            self._program.log_in(*begun)

    def _set_up(self, scenario: Scenario) -> tuple[Session, University]:
        """Set it up on the word of who opened the store, who may be anybody in it."""
        services = self._program.services
        self._scenarios.set_up(Administrator(), scenario)
        session = services.login.vouch(scenario.account)
        return session, services.campus.seat(session, self._program.options.university)
