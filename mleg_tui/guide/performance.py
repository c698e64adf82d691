"""Plays chapters in the program and takes a picture of each step, with the place to press."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.automation import Hands, Stuck, key_of, label_of, mark, perform, place_of, target_of
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.errands.expectation import missing
from mleg_tui.errands.steps import Choose, Key, Scroll, Step
from mleg_tui.gallery.beginning import NewStore
from mleg_tui.gallery.camera import hold_still, unwatched
from mleg_tui.gallery.stage import Stage
from mleg_tui.guide.chapter import Chapter, Move
from mleg_tui.guide.drawing import Mark, around_text, drawn, plain_text
from mleg_tui.locale import _
from mleg_tui.textual_internals.settle import resize, strips
from mleg_tui.textual_internals.shortcuts import shortcuts
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.widgets.translated import TranslatedButton

T = TypeVar("T")
_THEME = "usosweb"
_AT_THE_FOCUS = (Choose, Key, Scroll)
"""Steps that do something to what has the focus."""
_LOWEST, _HIGHEST = 20, 70
"""Rows of a picture: a page that needs more is seen from where its step is."""


class StepBroken(Refused):
    """A step of the instruction cannot be done in the program any more."""

    message = N_("Instrukcja: {chapter}, krok {number} („{say}”) nie działa: {reason}")
    advice = N_("Jeśli podano --data, sprawdź te dane; inaczej to błąd programu.")


class ChapterBroken(StepBroken):
    """What a chapter begins with cannot be done in the program any more."""

    message = N_("Instrukcja: {chapter}, przed pierwszym krokiem: {reason}")


class EndsWrong(StepBroken):
    """Every step of a chapter can be done, but something else has come of it."""

    message = N_("Instrukcja: {chapter} kończy się inaczej: {what}: {expected} ≠ {found}")


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """A step as it is told: what to do, what to press and by which keys, and the picture.

    ``text`` is what can be read on the screen, for those who do not see it.
    """

    say: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    name: str
    title: str
    text: str
    svg: str


@dataclass(frozen=True)
class Played:
    """A chapter with its pictures."""

    chapter: Chapter
    steps: tuple[Pictured, ...]


def play(
    chapter: Chapter, new_store: NewStore, university: str, language: str, data: Path | None
) -> Played:
    """Play a chapter on a fresh store. Raises ``StepBroken`` with the step that cannot be done."""
    stage = Stage(
        new_store, chapter.user, language, _THEME, data, university=university, follow=False
    )
    return Played(chapter, asyncio.run(_play(chapter, stage)))


async def _play(chapter: Chapter, stage: Stage) -> tuple[Pictured, ...]:
    with shortcuts():
        async with unwatched(stage.app, (chapter.columns, _LOWEST)):
            player = _Player(chapter, stage.app)
            await player.do(0, "", chapter.setup)
            numbered = enumerate(chapter.moves, 1)
            pictured = tuple([await player.move(number, move) for number, move in numbered])
            await player.check_end()
            return pictured


class _Player:
    """Plays one chapter in a program that runs."""

    def __init__(self, chapter: Chapter, app: MlegTui) -> None:
        self._chapter = chapter
        self._app = app
        self._hands = Hands(app)

    async def do(self, number: int, say: str, steps: Iterable[Step]) -> None:
        """Perform steps that nobody sees."""
        for step in steps:
            try:
                await perform(step, self._hands)
            except (Stuck, TimeoutError) as stuck:
                raise self._broken(number, say, stuck) from stuck

    async def move(self, number: int, move: Move) -> Pictured:
        """Play a step, and take its picture before it is over."""
        await self.do(number, move.say, (*move.before, *move.steps[:-1]))
        try:
            picture = await self._picture(number, move)
        except Stuck as stuck:
            raise self._broken(number, move.say, stuck) from stuck
        await self.do(number, move.say, move.steps[-1:])
        return picture

    async def check_end(self) -> None:
        """See what has come of it. Raises ``EndsWrong``."""
        people = self._hands.people
        for wrong in await self._hands.behind(partial(missing, people, self._chapter.expect)):
            told = {"expected": str(wrong.expected), "found": str(wrong.found)}
            raise EndsWrong(chapter=self._chapter.title, what=wrong.what, **told)

    async def _picture(self, number: int, move: Move) -> Pictured:
        await self._fit()
        await self._show(move)
        app = self._app
        labels = tuple(label for step in move.steps if (label := self._seen(label_of, step)))
        keys = tuple(key for step in move.steps if (key := self._seen(key_of, step)))
        rows = strips(app)
        name = f"{self._chapter.id}-{number}"
        title = _("Krok {number}: {say}").format(number=number, say=move.say)
        text = plain_text(rows)
        return Pictured(
            say=move.say,
            labels=labels,
            keys=keys,
            name=name,
            title=title,
            text=text,
            svg=drawn(rows, self._marks(move, rows), name=name, title=title, description=text),
        )

    def _seen(self, ask: Callable[[Step, MlegTui], T], step: Step) -> T | None:
        """Ask about a step; of one that is over, nothing may be left."""
        with suppress(Stuck):
            return ask(step, self._app)
        return None

    async def _show(self, move: Move) -> None:
        """Bring what is to be pressed into view, and hold the screen still.

        What has the focus by chance would look as if it were meant.
        """
        for step in move.steps[-1:]:
            place_of(step, self._app)  # or it is known right here that it cannot be pressed
            if isinstance(step, Choose):
                mark(step, self._app)
            elif (target := target_of(step, self._app)) is not None:
                target.scroll_visible(animate=False)
        if not any(isinstance(step, _AT_THE_FOCUS) for step in move.steps[-1:]):
            self._app.screen.set_focus(None)
        await hold_still(self._app)

    def _marks(self, move: Move, rows: Sequence[Strip]) -> Iterator[Mark]:
        shown = Region(0, 0, *self._app.size)
        places = [self._seen(place_of, step) for step in move.steps]
        places += [self._looked_at(id, rows) for id in move.look]
        seen = [part for place in places if place and (part := place.intersection(shown))]
        for number, place in enumerate(seen, 1):
            yield Mark(place, number if len(seen) > 1 else None)

    def _looked_at(self, id: str, rows: Sequence[Strip]) -> Region:
        """Return where a widget is; of one that is wide as the page, where its text is."""
        widget = self._widget(id)
        is_button = isinstance(widget, TranslatedButton)
        return widget.region if is_button else around_text(widget.region, rows)

    def _widget(self, id: str) -> Widget:
        screen = self._app.screen
        within = screen.active if isinstance(screen, Desk) else screen
        found = (one for one in within.query(f"#{id}") if one.is_on_screen)
        widget = next(found, None)
        if widget is None:
            raise Stuck(look=id)
        return widget

    async def _fit(self) -> None:
        """Make the screen as high as what is on it."""
        await self._resize(_LOWEST)
        for _try in range(3):
            seen = (one for one in self._app.screen.walk_children(Widget) if one.is_on_screen)
            hidden = max((one.max_scroll_y for one in seen), default=0)
            height = min(self._app.size.height + hidden, _HIGHEST)
            if height == self._app.size.height:
                return
            await self._resize(height)

    async def _resize(self, height: int) -> None:
        if height != self._app.size.height:
            await resize(self._app, self._chapter.columns, height)

    def _broken(self, number: int, say: str, reason: Exception) -> StepBroken:
        told = {"chapter": self._chapter.title, "reason": str(reason)}
        return StepBroken(number=number, say=say, **told) if number else ChapterBroken(**told)
