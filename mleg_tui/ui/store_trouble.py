"""When the store cannot be used: another try, its last good copy, or the end of the program."""

from __future__ import annotations

from collections.abc import Iterable

from textual.screen import Screen

from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.locale import _, message_of
from mleg_tui.services.off_loop import OffLoop
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import Failure


def is_told(screens: Iterable[Screen[object]]) -> bool:
    """Tell whether one of the screens already says that the store cannot be used."""
    return any(isinstance(screen, Failure) for screen in screens)


class StoreTrouble:
    """Says what is wrong, and does what is chosen."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._recovery = program.services.recovery

    async def tell(self, error: StoreUnusable) -> None:
        """Offer another try, and where there is one, the last good copy."""

        def answered(again: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if not again:
                self._program.exit(return_code=3, message=message_of(error))

        has_copy = self._program.options.local and await self._has_copy(error)
        failure = Failure(error, self._recover if has_copy else None)
        self._program.push_screen(failure, answered)

    async def _has_copy(self, error: StoreUnusable) -> bool:
        """Tell whether there is a copy that would mend the store; one that is silent has none."""
        try:
            offered = await self._off_loop.ask(lambda: self._recovery.offer(error))
        except StoreUnusable:
            return False
        return offered is not None

    async def _recover(self) -> bool:
        """Go back to the store's last good copy, and say where the broken file is kept."""
        try:
            kept = await self._off_loop.ask(self._recovery.recover)
        except MlegError as error:
            self._program.tell(error)
            return False
        if kept is not None:
            self._program.notify(_("Uszkodzony plik: {path}").format(path=kept), timeout=10)
        await self._program.take_up_now()
        return True

    @property
    def _off_loop(self) -> OffLoop:
        return self._program.services.off_loop
