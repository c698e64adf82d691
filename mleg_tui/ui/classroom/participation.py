"""Taking part in a class: the session does what the class's store says of the participant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from mleg_tui.domain.classroom import Classroom, Message, Participant
from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.errands.classwork import Begun, Classwork
from mleg_tui.services.doors import Doors
from mleg_tui.services.entrance import Entrance, Place
from mleg_tui.services.feed import Interest
from mleg_tui.services.participants import ClassOver, SeatTaken
from mleg_tui.textual_internals.app import run_beside
from mleg_tui.ui.classroom.look_here import LookHere
from mleg_tui.ui.classroom.standing import Said, Standing
from mleg_tui.ui.classroom.watched import Watched
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.commands import Place as Where
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.screen import shows_code
from mleg_tui.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from mleg_tui.ui.appearance import DrawnApp

T = TypeVar("T")
_RETRY = 2.0
"""Seconds after which a store that failed is asked again."""


class Participation:
    """Follows the class from ``begin`` on, until it is over or another session takes the seat."""

    def __init__(self, program: Program, entrance: Entrance, place: Place) -> None:
        self._program = program
        self._app = cast("DrawnApp", program)
        self._entrance = entrance
        self._shared, self._world, self._seat = entrance.shared, place.world, place.seat
        self.number = place.number
        self._watched = Watched(self._app, self._shared, self._seat)
        classroom = self._seat.participant.partition("/")[0]
        self._look_here = LookHere(self._app, self._shared, classroom)
        self._work = Classwork(place.world, program.options.university)
        self._doors_before = program.doors
        self._end_following: Callable[[], object] | None = None
        self._is_called = self._is_at_it = False
        self._exercise = self._account = ""
        self._hints = 0
        self._heard: Sequence[Message] = ()
        self._said: tuple[Said, ...] = ()
        self._reads: tuple[Said, ...] = ()
        self._insists = False
        self._known: tuple[Participant, Classroom] | None = None
        self._presence = ("", "")

    async def begin(self) -> None:
        """Enter one's own world, and follow the class."""
        program, world = self._program, self._world
        timeline = await self._ask(world.time.timeline)
        program.doors, program.participation = Doors(world), self
        world.feed.start()
        program.move_to(world, timeline)
        ids = {self._seat.participant, self._seat.participant.partition("/")[0]}
        following = self._shared.feed.subscribe(Interest(frozenset(ids), frozenset()), self._call)
        self._end_following = following.end
        self._look_here.begin()
        self._call()

    def stop(self) -> None:
        """Follow the class no more."""
        if self._end_following is not None:
            self._end_following()
        self._watched.end()
        self._look_here.end()

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands of who takes part."""
        return {
            "class.next": self._go_on,
            "class.message": self._show_or_hide,
            "class.again": self._ask_to_begin_anew,
        }

    def note(self, page: str, act: str = "") -> None:
        """Let the trainer know which page one has before one, and what one has just done."""
        if self._reads:
            self._show()
        presence = (page, act or self._presence[1])
        if act or presence != self._presence:
            self._presence = presence
            self._entrance.note(self._seat, *presence, self._shared.clock.now())

    def _call(self) -> None:
        """Take up what changed, once for however many changes came meanwhile."""
        self._is_called = True
        if self._program.return_code is None and not self._is_at_it:
            self._is_at_it = True
            run_beside(self._app, self._take_up_all)

    async def _take_up_all(self) -> None:
        try:
            while self._is_called and self._program.participation is self:
                self._is_called = False
                await self.take_up()
        finally:
            self._is_at_it = False

    async def take_up(self) -> None:
        """Do what the class's store says."""
        try:
            look = partial(self._shared.participants.look, self._seat)
            await self._obey(*await self._ask(look))
        except (ClassOver, SeatTaken) as why:
            await self._end(why)
        except StoreUnusable as error:
            self._exercise = ""
            self._app.set_timer(_RETRY, self._call)
            self._program.store_failed(error)
        except MlegError as error:
            self._program.tell(error)

    async def _ask(self, ask: Callable[[], T]) -> T:
        return await self._shared.off_loop.ask(ask)

    async def _obey(self, one: Participant, known: Classroom) -> None:
        exercise, is_back = known.exercises[one.exercise].id, not self._exercise
        self._known = one, known
        self._watched.take_up(one)
        messages = sorted(filter(None, (known.message, one.message)), key=_sent_at)
        if is_back:
            was_there_at = one.presence.at if one.presence else one.joined_at
            self._heard = [said for said in messages if said.sent_at <= was_there_at]
        if known.stopped != one.stopped:
            await self._ask(partial(self._set_clock, stopped=known.stopped))
        if exercise != self._exercise:
            self._exercise = exercise
            page = one.presence.page if is_back and one.presence else ""
            self._hints = 0
            await self._sit_down(page)
        hint = None
        if one.hints > self._hints:
            hint = await self._ask(partial(self._work.give_hints, self._account, one.hints))
            self._hints = one.hints
        self._hear(hint, messages)
        self._show()

    def _set_clock(self, *, stopped: bool) -> None:
        self._work.stop_clock(stopped=stopped)
        self._shared.participants.note_clock(self._seat, stopped=stopped)

    def _ask_to_begin_anew(self) -> None:
        text = N_(
            "Dane wrócą do stanu z początku ćwiczenia. Czas i podpowiedzi liczą się dalej od "
            "pierwszej próby."
        )
        act = partial(run_beside, self._app, partial(self.sit_down, anew=True))
        yes = COMMANDS["class.again"].label
        ask(self._program, N_("Zacząć ćwiczenie od nowa?"), text, act, yes)

    async def sit_down(self, *, anew: bool = False) -> None:
        """Log in again as the account of the exercise, which may begin anew."""
        try:
            await self._sit_down(anew=anew)
        except (ClassOver, SeatTaken):
            self._call()
        except StoreUnusable as error:
            self._program.store_failed(error)

    async def _sit_down(self, page: str = "", *, anew: bool = False) -> None:
        """Log in as the account of the exercise, on a page where one was before."""
        with ExitStack() as turn:
            turn.callback(await self._entrance.turns.take())
            begun = await self._ask(partial(self._work.begin, self._exercise, anew=anew))
            self._account = begun.session.login
            first = "app.exercise" if begun.is_new else _command_for(page)
            then = partial(self._log_in, begun, first, turn.pop_all().close)
        await self._program.log_out(then=then)

    def _log_in(self, begun: Begun, first: str, is_painted: Callable[[], None]) -> None:
        self._program.log_in(begun.session, begun.university, first)
        self._app.call_after_refresh(is_painted)

    def _hear(self, hint: LocalText | None, messages: Sequence[Message]) -> None:
        """Take note of a hint and of messages, the latest last, and show what is new."""
        for message in messages:
            text = LocalText({SOURCE_LANGUAGE: message.text})
            self._take_in(Said(text), is_new=message not in self._heard)
        self._heard = messages
        if hint is not None:
            self._take_in(Said(hint, is_hint=True), is_new=True)

    def _take_in(self, said: Said, *, is_new: bool) -> None:
        """Let it stand in the place of what was said before in the same way."""
        self._said = _with(self._said, said)
        if is_new:
            self._reads = _with(self._reads, said)

    def _show(self) -> None:
        """Let every screen tell where one stands."""
        if self._known is None:
            return
        one, known = self._known
        result = one.result(self._exercise)
        waits = shows_code(self._app.screen_stack) and not self._insists
        self._program.standing = Standing(
            classroom=known.name,
            nickname=one.nickname,
            number=one.exercise + 1,
            count=len(known.exercises),
            is_solved=result is not None and result.solved_at is not None,
            stopped=known.stopped,
            said=self._said,
            reads=() if waits else self._reads,
            has_news=waits and bool(self._reads),
        )

    async def _go_on(self) -> None:
        go_on = partial(self._shared.participants.go_on, self._seat)
        if await self._program.ask_store(go_on) is not None:
            self._call()

    def _show_or_hide(self) -> None:
        """Read it, even though a code is there, or put it away."""
        standing = self._program.standing
        is_read = standing is not None and bool(standing.reads)
        self._reads, self._insists = ((), False) if is_read else (self._said, True)
        self._show()

    async def _end(self, why: ClassOver | SeatTaken) -> None:
        """Go back to the login page, which says why."""
        program = self._program
        self.stop()
        program.doors, program.participation = self._doors_before, None
        program.standing = None
        await program.log_out(why)
        with suppress(StoreUnusable):
            await self._ask(self._entrance.leave)


def _with(said: tuple[Said, ...], new: Said) -> tuple[Said, ...]:
    return (*(one for one in said if one.is_hint != new.is_hint), new)


def _sent_at(message: Message) -> datetime:
    return message.sent_at


def _command_for(page: str) -> str:
    """Return the command that leads to a page, as far as there is one."""
    if page.startswith("mobywatel."):
        return "desk.phone"
    command = COMMANDS.get(page)
    return page if command is not None and command.place is Where.USOSWEB else ""
