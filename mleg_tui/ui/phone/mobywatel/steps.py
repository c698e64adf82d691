"""The steps of adding a document, which can be left half-way through."""

from __future__ import annotations

from functools import partial

from textual import on

from mleg_tui.domain.messages import N_
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.dialogs import ask
from mleg_tui.ui.widgets.translated import TranslatedButton


class FirstStepPage(MobywatelPage):
    """The step before which nothing was done, so that leaving it loses nothing."""

    topic = Topic(
        "mobywatel.add",
        N_(
            "Legitymację dodaje się tokenem (kod QR) i kodem aktywacyjnym z USOSweb albo Mobilnego "
            "USOS. Spacje i końce wierszy nie szkodzą, wielkość liter ma znaczenie. Esc pyta, czy "
            "przerwać."
        ),
    )

    @property
    def steps(self) -> int:
        """How many steps are open, this one included."""
        return len(self.opened_in.query(FirstStepPage))


class StepPage(FirstStepPage):
    """A later step. Going back asks before all of them are dropped; a button goes back one."""

    async def may_leave(self) -> bool:
        """Ask; it is the answer that leaves."""
        title = N_("Chcesz przerwać dodawanie legitymacji?")
        leave = partial(self.leave, self.steps)
        ask(self.program, title, N_("Nic nie zostanie dodane."), leave, N_("Tak, przerwij"))
        return False

    @on(TranslatedButton.Pressed, "#previous")
    def _previous(self) -> None:
        self.leave(1)
