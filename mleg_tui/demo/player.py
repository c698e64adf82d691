"""Plays a demonstration from its first step to its last, and looks whether it went as told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mleg_tui.automation import Stuck, perform, see
from mleg_tui.demo.caption import Caption
from mleg_tui.demo.files import FILE, Demo
from mleg_tui.demo.hands import SlowHands
from mleg_tui.domain.text import LocalText
from mleg_tui.errands.expectation import missing
from mleg_tui.errands.steps import Step
from mleg_tui.locale import local
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.ui.screen import MlegScreen

if TYPE_CHECKING:
    from mleg_tui.demo.app import DemoTui
    from mleg_tui.demo.audience import Audience

AFTER_STEP = 0.6
LAST_LOOK = 3.0
LETTERS_A_SECOND = 20
ROOMY = (80, 24)


class Player:
    """Plays in a program that runs. ``strict`` looks after each step whether it went as told."""

    def __init__(
        self, app: DemoTui, demo: Demo, audience: Audience | None, *, strict: bool
    ) -> None:
        self._app = app
        self._demo = demo
        self._audience = audience
        self._strict = strict
        self._hands = SlowHands(app, audience)

    async def play(self) -> None:
        """Play all of it. Raises ``BadDemoData`` with the step that cannot be done."""
        await self._hands.rest()
        for number, step in enumerate(self._demo.steps):
            try:
                await self._step(number, step)
            except Stuck as stuck:
                raise self._bad(
                    place=f"$.steps[{number}].{stuck.field}", reason=stuck.value
                ) from stuck
        self._app.caption = replace(self._app.caption, key="", label="")
        await self._hands.rest()
        await self._hands.hold(LAST_LOOK)
        if self._strict:
            await self._check_ending()

    async def _step(self, number: int, step: Step) -> None:
        said = self._app.caption
        self._app.caption = Caption(
            step=number + 1,
            steps=len(self._demo.steps),
            text=step.say or said.text,
            paused=said.paused,
            hint=said.hint,
        )
        if self._audience is not None:
            await self._hands.rest()
            await self._audience.step_begins()
        if step.say is not None:
            await self._hands.hold(0.8 + len(local(step.say)) / LETTERS_A_SECOND)
        await perform(step, self._hands)
        await self._hands.hold(AFTER_STEP)
        if self._strict and step.sees is not None:
            self._check_seen(step.sees)

    def _check_seen(self, text: LocalText) -> None:
        """Look for a text, where the window has room for what it is to show."""
        if self._app.size.width >= ROOMY[0] and self._app.size.height >= ROOMY[1]:
            see(self._app, text)

    async def _check_ending(self) -> None:
        expected, screen = self._demo.expect, self._app.screen
        page = screen.topic.name if isinstance(screen, MlegScreen) else ""
        if page != expected.page:
            raise self._bad(place="$.expect.page", reason=f"{expected.page} ≠ {page}")
        people = self._hands.people
        for wrong in await self._hands.behind(partial(missing, people, expected)):
            reason = f"{wrong.expected} ≠ {wrong.found}"
            raise self._bad(place=f"$.expect.{wrong.what}", reason=reason)
        for text in expected.shows:
            try:
                self._check_seen(text)
            except Stuck as stuck:
                raise self._bad(place="$.expect.shows", reason=stuck.value) from None

    def _bad(self, *, place: str, reason: object) -> BadDemoData:
        return BadDemoData(file=FILE, place=f"{self._demo.id}: {place}", reason=reason)
