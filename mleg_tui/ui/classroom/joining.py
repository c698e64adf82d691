"""Joining a class from the login page, or coming back to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from mleg_tui.domain.classroom import LONGEST_NICKNAME, LONGEST_WORD, nickname_of, word_of
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.entrance import Entrance, Place
from mleg_tui.services.participants import Offer
from mleg_tui.ui.classroom.number import NumberShown
from mleg_tui.ui.classroom.participation import Participation
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office.choice import Choice
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.form import Field, Form
from mleg_tui.ui.widgets.translated import ComposedLabel

_JOIN, _COME_BACK = N_("Dołącz do zajęć"), N_("Wracam na zajęcia")
_NICKNAME = N_("Pseudonim:")
_LONGEST_NUMBER = 12
SitDown = Callable[[str, str, str], Awaitable[Place]]
"""Takes a class, a nickname and a secret."""


class EntranceForm(Form):
    """Asks for a nickname and a secret, and closes once one sits in the class."""

    def __init__(
        self,
        title: MessageId,
        note: MessageId,
        secret: Field,
        offer: Offer,
        sit_down: SitDown,
    ) -> None:
        nickname = Field(_NICKNAME, "", nickname_of, LONGEST_NICKNAME)
        super().__init__(title, note, (nickname, secret), title)
        self._offer = offer
        self._sit_down = sit_down
        self.place: Place | None = None

    def title_bar(self) -> ComposedLabel:
        """Return what it is for, and which class."""
        return ComposedLabel(lambda: f"{_(self._title)}: {self._offer.name}", id="title")

    async def attempt(self, given: tuple[str, ...]) -> None:
        """Sit down."""
        nickname, secret = given
        self.place = await self._sit_down(self._offer.id, nickname, secret)


class Joining:
    """Leads from the login page into a class."""

    def __init__(self, program: Program, entrance: Entrance) -> None:
        self._program = program
        self._entrance = entrance

    async def join(self) -> None:
        """Ask for a nickname and the class's word, and show the number that one is given."""
        note = N_("Pseudonim widzi osoba prowadząca. Hasło zajęć podaje ona wszystkim.")
        word = Field(N_("Hasło zajęć:"), "", word_of, LONGEST_WORD)
        join = partial(self._sit_down, self._entrance.join)
        await self._ask(_JOIN, note, word, join, self._show_number)

    async def come_back(self) -> None:
        """Ask for the nickname and the number that one was given."""
        note = N_("Wszystko jest tam, gdzie było.")
        number = Field(N_("Numer:"), "", str, _LONGEST_NUMBER)
        come_back = partial(self._sit_down, self._entrance.come_back)
        await self._ask(_COME_BACK, note, number, come_back, self._begin)

    async def _ask(
        self,
        title: MessageId,
        note: MessageId,
        secret: Field,
        sit_down: SitDown,
        then: Callable[[Place], Awaitable[None]],
    ) -> None:
        """Ask for it, for the one class that there is, or for one that is chosen first."""
        offers = await self._program.ask_store(self._entrance.offers) or ()

        def fill_in(chosen: str) -> None:
            offer = next(offer for offer in offers if offer.id == chosen)
            form = EntranceForm(title, note, secret, offer, sit_down)

            async def seated(given: object) -> None:
                if given is not None and form.place is not None:
                    await then(form.place)

            self._program.push_screen(form, seated)

        if len(offers) > 1:
            names = [(offer.id, offer.name) for offer in offers]
            self._program.push_screen(Choice(title, lambda: names), answered(fill_in))
        elif offers:
            fill_in(offers[0].id)

    async def _sit_down(self, way: Callable[[str, str, str], Place], *given: str) -> Place:
        """Sit down when it is one's turn: a world is made in a thread, beside those who type."""
        end_turn = await self._entrance.turns.take()
        try:
            return await self._program.services.off_loop.ask(partial(way, *given))
        finally:
            end_turn()

    async def _show_number(self, place: Place) -> None:
        async def go_on(_closed: object) -> None:
            await self._begin(place)

        self._program.push_screen(NumberShown(place.number), go_on)

    async def _begin(self, place: Place) -> None:
        await Participation(self._program, self._entrance, place).begin()
