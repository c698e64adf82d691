"""The screens of a class, from its board: looking at one, and showing something on all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from textual.screen import Screen

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import local
from mleg_tui.services.demo_data import titles
from mleg_tui.services.session import Session
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.office.shoulder import Shoulder
from mleg_tui.ui.office.showing import Showing
from mleg_tui.ui.program import Handler, program_of


class NoDemosHere(Refused):
    """The program was begun without what plays demonstrations."""

    message = N_("Ten program nie odtwarza pokazów.")
    advice = N_("Uruchom go poleceniem mleg-tui albo połącz się z serwerem.")


class ClassScreens:
    """``nickname`` is whose row is marked, if anybody's."""

    def __init__(
        self, board: Screen[None], session: Session, classroom: str, nickname: str
    ) -> None:
        self._program = program_of(board)
        self._app = cast("DrawnApp", board.app)
        self._session = session
        self._classroom = classroom
        self._nickname = nickname

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        return {
            "board.look": self.look,
            "board.show": self._show_own,
            "board.demo": self._choose_demo,
        }

    def look(self) -> None:
        """Look over the shoulder of whoever is marked."""
        if self._nickname:
            shoulder = Shoulder(self._session, self._classroom, self._nickname)
            self._program.push_screen(shoulder)

    async def _show_own(self) -> None:
        """Show one's own screen, or let go of what is shown."""
        if self._program.showing is None:
            self._showing().own_screen()
        else:
            await self._program.showing.end()

    async def _choose_demo(self) -> None:
        if self._program.showing is not None:
            await self._program.showing.end()
        if self._program.options.play_demo is None:
            self._program.tell(NoDemosHere())
            return
        choice = Choice(N_("Pokaz dla wszystkich"), _demos)
        self._program.push_screen(choice, answered(self._play))

    def _play(self, id_: str) -> None:
        play = self._program.options.play_demo
        if play is not None:
            self._showing().demo(play, id_)

    def _showing(self) -> Showing:
        return Showing(self._program, self._app, self._session, self._classroom)


def _demos() -> Choices:
    return [(id_, local(title)) for id_, title in titles("demos").items()]
