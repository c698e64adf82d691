"""Watching a demonstration, from the login page: choose one, see it play, come back."""

from __future__ import annotations

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import local
from mleg_tui.services.demo_data import titles
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.program import Program


class DemosAtHome(Refused):
    """A demonstration takes the whole program, which is another machine's."""

    message = N_("Pokaz gra w osobnym programie, a ten działa na serwerze.")
    advice = N_("U siebie uruchom: mleg-tui demo")


class DemoStart:
    """Lets whoever runs the program for themselves watch a demonstration."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def choose(self) -> None:
        """Show the demonstrations, and play the one that is chosen."""
        if not self._program.options.local:
            self._program.tell(DemosAtHome())
            return
        self._program.push_screen(Choice(N_("Obejrzyj pokaz"), _choices), self._chosen)

    def _chosen(self, id_: str | None) -> None:
        if id_ is not None:
            self._program.watch_demo(id_)


def _choices() -> Choices:
    return [(id_, local(title)) for id_, title in titles("demos").items()]


def numbers() -> tuple[int, int]:
    """Return how many demonstrations and scenarios there are."""
    return len(titles("demos")), len(titles("scenarios"))
