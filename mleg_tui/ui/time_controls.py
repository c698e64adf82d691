"""Time at hand, from any page: stop, go on, the next event, faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mleg_tui.domain.account import Role
from mleg_tui.services.session import Administrator, Anonymous, Authority
from mleg_tui.ui.program import Handler, Program


class TimeControls:
    """Sets the time of whoever plays alone, and of the office; the service refuses all others."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        return {
            "time.stop": self._stop_or_go_on,
            "time.next": self._next,
            "time.faster": self._faster,
        }

    def _authority(self) -> Authority:
        """Return on whose word it is done: who runs the program by themselves opened its store."""
        program = self._program
        if program.options.local and program.role is not Role.OFFICE:
            return Administrator()
        return program.session or Anonymous()

    async def _set(self, act: Callable[[Authority], object]) -> None:
        await self._program.change_store(partial(act, self._authority()))

    async def _stop_or_go_on(self) -> None:
        await self._set(self._program.services.simulation.stop_or_go_on)

    async def _faster(self) -> None:
        await self._set(self._program.services.simulation.faster)

    async def _next(self) -> None:
        session = self._program.session
        student = session.account.student if session else None
        await self._set(partial(self._program.services.simulation.step, student=student))
