"""The program: one session on one store, from the login page on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.university import University
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech, _, advice_of, message_of, speak
from mleg_tui.services.campus import FirstSight
from mleg_tui.services.doors import Doors
from mleg_tui.services.feed import Interest
from mleg_tui.services.outages import UsoswebDown
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session, SessionExpired
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import COMMANDS, Place
from mleg_tui.ui.everywhere import Everywhere, TimeControls, shown_pace
from mleg_tui.ui.keys import entered, pressed
from mleg_tui.ui.options import Options
from mleg_tui.ui.program import Handler, TakingPart
from mleg_tui.ui.screen import MlegScreen, say_again
from mleg_tui.ui.settings import AS_IN_USOSWEB, LIVE
from mleg_tui.ui.typeahead import TypeAhead
from mleg_tui.ui.usosweb.login import LoginScreen, People
from mleg_tui.ui.widgets.entry import moves_on

if TYPE_CHECKING:
    from mleg_tui.services.entrance import Entrance
    from mleg_tui.ui.classroom.standing import Standing

T = TypeVar("T")
_PATIENCE = 0.5
"""Seconds after which somebody who waits is told that it works."""
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class MlegTui(DrawnApp):
    """Shows screens, carries the session, and tells the screens when the store has changed."""

    moment: var[datetime | None] = var(None)
    """The simulated time when the clock last moved."""
    clock_text: var[str] = var("")
    """The simulated time as the clock shows it, to the minute where nothing needs more."""
    working: var[int] = var(0)
    """How much takes so long that it is told that it works."""
    pace: var[str] = var("")
    """How the simulated time runs, where it is not at the pace of real time."""
    paused: var[bool] = var(False)  # noqa: FBT003 - Textual's reactive
    """Whether the simulated time stands still."""
    standing: var[Standing | None] = var(None)
    """Where somebody stands in the class in which they take part."""

    @dataclass
    class StoreFailed(Message):
        """The store could not be read or written."""

        error: StoreUnusable

    def __init__(
        self,
        services: Services,
        options: Options | None = None,
        session: Session | None = None,
        first_sight: FirstSight | None = None,
        entrance: Entrance | None = None,
    ) -> None:
        """``first_sight`` is read here where it is not given, which is too late on a loop.

        ``entrance`` is the way into the classes of a server. Where the services that it shares are
        others, ``services`` are a world of the visitor's own.
        """
        super().__init__(options or Options())
        self.keymap = self.options.keymap
        self.settings = self.options.settings
        self.everywhere = Everywhere(self, self.action_command)
        self.type_ahead = TypeAhead(self, self.take)
        self.services = services
        shared = services if entrance is None else entrance.shared
        self.doors = Doors(services, None if shared is services else shared)
        self.entrance = entrance
        self.participation: TakingPart | None = None
        self.session: Session | None = None
        self._first_session = session
        self.follow = self.options.follow
        self.outage: UsoswebDown | None = None
        self.demo: str | None = None
        """The demonstration to be watched when this program has ended."""
        self._asking: set[asyncio.Task[Any]] = set()
        self.speech = Speech(self.options.language)
        speak(self.speech)
        self._first_sight = first_sight or services.campus.first_sight(
            self.options.university, session
        )
        self.university = self._first_sight.university
        self._timeline = self._first_sight.timeline
        self._next_tick: Timer | None = None
        self._is_live = False
        self._stop_following: tuple[Callable[[], object], ...] = ()
        self._stop_feed: Callable[[], object] | None = None
        self._ticked_at = services.clock.now()
        self._came_at = services.opened_at if self.options.local else self._ticked_at

    @property
    def role(self) -> Role | None:
        """The role of who is logged in."""
        return self.session.account.role if self.session else None

    @property
    def owns_world(self) -> bool:
        """Whether data and time are the person's own, and nobody else's."""
        alone = self.options.local or self.participation is not None
        return alone or self.doors.lead_away_from(self.services)

    def get_default_screen(self) -> LoginScreen:
        """Return the login page, which lies below all others."""
        first = self._first_sight
        people = People(first.demo_accounts, first.staff)
        return LoginScreen(first.university, people, self.options.login)

    async def on_mount(self) -> None:
        """Start the clock, and follow the store."""
        self._show_time()
        self._follow_time()
        if self._first_session is not None and self._first_sight.own is not None:
            self.log_in(self._first_session, self._first_sight.own)
        self.tell_of_characters()
        if not self.options.frozen:
            self.call_after_refresh(self.come_alive)

    def come_alive(self) -> None:
        """Start what runs beside the screens, once the first one is painted."""
        self._is_live = True
        if self.services.feed.start():
            self._stop_feed = self.services.feed.stop
        self.call_later(self.keep_time)
        self.call_later(self.tell_of_time)

    def _follow_time(self) -> None:
        """Follow the time of the store that is in use, and whether that can be used."""
        feed = self.services.feed
        time = feed.subscribe(Interest(), partial(self.call_later, self._take_up_time))
        self._stop_following = (time.end, feed.on_failure(self.store_failed))

    def move_to(self, services: Services, timeline: Timeline | None) -> None:
        """Use another store from now on."""
        if services is not self.services:
            for stop in self._stop_following:
                stop()
            self.services = services
            self._timeline = timeline or self._timeline
            self._follow_time()

    async def tell_of_time(self) -> None:
        """Say what somebody has to know about the store's time who comes back to it."""
        if self._timeline.speed <= 1 and not self._timeline.leases:
            return  # time does not run ahead by itself
        news = await self.ask_store(partial(self.services.time.news, self._came_at))
        if news:
            self._say(*news)

    def _say(self, *news: MlegError) -> None:
        told = "\n".join(f"{message_of(one)} {advice_of(one)}" for one in news)
        self.notify(told, timeout=20, markup=False)

    async def _take_up_time(self) -> None:
        """Show time as it runs now, where somebody moved it."""
        self._timeline = self.services.feed.timeline or self._timeline
        await self.keep_time()

    async def change_store(self, change: Callable[[], T]) -> T | None:
        """Like ``ask_store``, for what writes: every pane takes it up at once."""
        self.forget_outage()
        answer = await self.ask_store(change)
        if self.outage is not None:
            self.tell(self.outage)
        if answer is not None:
            await self.take_up_now()
        return answer

    async def take_up_now(self) -> None:
        """Let every screen take up what has just been changed."""
        try:
            await self._unless_leaving(self.services.feed.look_now())
        except StoreUnusable as error:
            self.store_failed(error)
        await self.keep_time()

    def forget_outage(self) -> None:
        """Hope that USOSweb works again, before it is asked anew."""
        self.outage = None

    async def ask_store(self, ask: Callable[[], T]) -> T | None:
        """Return what a service answers, off the loop; ``None`` where it refused, which is told.

        A refusal or a failure of the store becomes a dialog, never an exception; an outage is
        kept in ``outage``, for the page to tell. Where the session has ended meanwhile, nobody is
        there any more to take an answer, or to be told.
        """
        asked_in = self.session
        try:
            answer = await self._unless_leaving(self.services.off_loop.ask(ask))
        except SessionExpired as error:
            if self.session is asked_in:
                await self.log_out(error)
        except StoreUnusable as error:
            self.store_failed(error)
        except UsoswebDown as error:
            self.outage = error
        except MlegError as error:
            if self.session is asked_in:
                self.tell(error)
        else:
            return answer if self.session is asked_in else None
        return None

    async def _unless_leaving(self, asking: Coroutine[Any, Any, T]) -> T | None:
        """Wait for the store's answer, but not when the program ends: it ends with what waits."""
        if self.return_code is not None:
            asking.close()
            return None
        task = asyncio.create_task(asking)
        self._asking.add(task)
        try:
            await asyncio.wait((task,), timeout=_PATIENCE)
            if not task.done():
                self.working += 1
                try:
                    await asyncio.wait((task,))
                finally:
                    self.working -= 1
            return None if task.cancelled() else task.result()
        finally:
            self._asking.discard(task)
            task.cancel()

    def watch_demo(self, id_: str) -> None:
        """End, for a demonstration to play, after which one comes back."""
        self.demo = id_
        self.exit()

    def exit(self, *given: Any, **named: Any) -> None:
        """End the program, and wait for the store no more."""
        super().exit(*given, **named)
        for task in self._asking:
            task.cancel()

    def store_failed(self, error: StoreUnusable) -> None:
        """Offer another try soon, from whichever thread it is told."""
        self.post_message(self.StoreFailed(error))

    def tell(self, error: MlegError) -> None:
        """Show an error or a refusal with what to do about it."""
        from mleg_tui.ui.refusal import tell  # noqa: PLC0415 - not for the first paint

        tell(self, error)

    async def on_mleg_tui_store_failed(self, message: StoreFailed) -> None:
        """Offer another try, once, however many asked."""
        from mleg_tui.ui.store_trouble import StoreTrouble, is_told  # noqa: PLC0415

        if self.return_code is None and not is_told(self.screen_stack):
            await StoreTrouble(self).tell(message.error)

    def log_in(self, session: Session, university: University, first: str = "") -> None:
        """Sit down at the desk as the session's account, and carry out a ``first`` command."""
        from mleg_tui.ui.desk import Desk  # noqa: PLC0415 - after the first paint

        self.session = session
        self.push_screen(Desk(session, university, first))
        self.call_later(self.keep_time)

    async def log_out(
        self, why: MlegError | None = None, then: Callable[[], object] | None = None
    ) -> None:
        """Leave everything that belongs to the session; the login page says why, if asked to.

        ``then`` something else is done, once nothing is left of it.
        """
        self.session = None
        while not isinstance(self.screen, LoginScreen):
            if not self.screen.is_mounted:  # it would find itself without what it has composed
                self.call_later(self.log_out, why, then)
                return
            self.pop_screen()  # not awaited: the key may be one of that screen's own messages
        self.move_to(self.doors.own, self.doors.own.feed.timeline)
        self.screen.welcome_back(why)
        if then is not None:
            then()

    async def action_command(self, command: str) -> None:
        """Carry out one of the user's commands, from a key, the palette or a click."""
        screen = self.screen
        if isinstance(screen, MlegScreen):
            await screen.perform(command)
        elif COMMANDS[command].place is Place.EVERYWHERE:
            result = self.handlers()[command]()
            if result is not None:
                await result

    async def on_key(self, event: events.Key) -> None:
        """Carry out what works everywhere over a dialog, too."""
        if isinstance(self.screen, MlegScreen):
            return  # which has had the key before
        command = self.keymap.command(pressed(event), Situation())
        if command is not None:
            event.stop()
            await self.action_command(command)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands that work everywhere."""
        return {
            **self.everywhere.handlers(),
            **TimeControls(self).handlers(),
            **(self.participation.handlers() if self.participation else {}),
            "app.language": self._switch_language,
            "app.theme": self.switch_theme,
            "app.quit": self.exit,
            "usosweb.logout": self.log_out,
        }

    def _switch_language(self) -> None:
        here = LANGUAGES.index(self.speech.code)
        self._speak(LANGUAGES[(here + 1) % len(LANGUAGES)])

    def _speak(self, language: str) -> None:
        self.speech.switch(language)
        self._show_pace(self.services.clock.now())
        self._say_again()

    def _say_again(self) -> None:
        for screen in self.screen_stack:
            say_again(screen)

    def chosen(self, setting: str) -> object:
        """Return what is chosen of a setting now, as ``CHOICES`` has it."""
        match setting:
            case "language":
                return self.speech.code
            case "theme":
                return self.chosen_theme
            case "follow":
                return LIVE if self.follow else AS_IN_USOSWEB
            case "plain":
                return bool(self.settings.plain)
            case _:
                return self.settings.preset

    async def choose(self, setting: str, value: Any) -> Path | None:
        """Set a setting; return the file in which it is kept, if this session may write one.

        Raises ``BadKeymap`` and ``ConfigUnwritable``.
        """
        settings = self.settings._replace(**{setting: value})
        match setting:
            case "language":
                self._speak(str(value))
            case "theme":
                self.chosen_theme = str(value)
                self.show_theme(None)
            case "follow":
                self.follow = value == LIVE
            case "preset":
                self.keymap = settings.keymap
                self._say_again()
        self.settings = settings
        if self.options.config is not None:
            from mleg_tui.ui.config_file import keep_setting  # noqa: PLC0415

            await asyncio.to_thread(keep_setting, self.options.config, setting, value)
        return self.options.config

    def action_help_quit(self) -> None:
        """Ctrl+C does not quit; say what does, in the session's language."""
        keys = self.keymap.shown("app.quit")
        self.notify(_("Program kończy {keys}.").format(keys=keys))

    @property
    def is_busy(self) -> bool:
        """Whether something that was typed is not answered yet."""
        return self.type_ahead.is_busy

    @property
    def waiting_messages(self) -> int:
        """How many messages wait on the way that keys take."""
        return super().waiting_messages + self.type_ahead.waiting

    async def on_event(self, event: events.Event) -> None:
        """Let an event take effect, or wait behind the key that was pressed before."""
        if isinstance(event, events.InputEvent) and not self.screen_stack:
            return  # leaving
        if not (self.is_kept_from(event) or self.type_ahead.keeps(event)):
            await self.take(event)

    async def take(self, event: events.Event) -> None:
        """Let an event take effect; a sign that somebody is there lets their session go on."""
        if self.session and isinstance(event, (events.Key, events.MouseDown, events.Paste)):
            try:
                self.session.touch(self.services.clock.now())
            except SessionExpired as error:
                await self.log_out(error)
                return
        if isinstance(event, events.Key):
            if event.is_forwarded:
                if self._comes_early(event):
                    return
            else:
                event = entered(event)
                if moves_on(self.screen, event.key):
                    return
                self.type_ahead.sent(event)
        await super().on_event(self.everywhere.as_move(event))

    def _comes_early(self, event: events.Key) -> bool:
        """Keep a key that came back up to the program until the dialog that comes up stands."""
        return not self.screen.is_mounted and self.screen.call_later(self.post_message, event)

    def on_unmount(self) -> None:
        """Follow the store no more."""
        if self.participation is not None:
            self.participation.stop()
        for stop in self._stop_following:
            stop()
        if self._stop_feed is not None:
            self._stop_feed()

    def simulated_now(self) -> datetime:
        """Return the simulated time at this moment."""
        return self._timeline.now(self.services.clock.now())

    def _show_time(self) -> None:
        real_now = self.services.clock.now()
        self.moment = self._timeline.now(real_now)
        text = shown(self.moment)
        self.clock_text = text if self._shows_seconds else text.removesuffix(text[-3:])
        self._show_pace(real_now)

    @property
    def _shows_seconds(self) -> bool:
        """Whether minutes are too little: time runs fast, or a document tells when it is shown."""
        screen = self.screen
        exact = isinstance(screen, MlegScreen) and screen.shows_seconds
        fast = self._timeline.speed_at(self.services.clock.now()) > 1
        return not self.options.plain and (exact or fast)

    async def keep_time(self) -> None:
        """Show the time, end a session that sat still for too long, and see to both in time."""
        self._show_time()
        if self.session is not None and self.services.clock.now() >= self.session.ends_at:
            await self.log_out(SessionExpired())
        if self._next_tick is not None:
            self._next_tick.stop()
        if self._is_live:
            self._next_tick = self.set_timer(self._until_time_changes(), self.keep_time)

    def _until_time_changes(self) -> float:
        """Return after how many seconds the clock shows another time, or the session may end."""
        real_now = self.services.clock.now()
        waits = [_HOUR]
        if self.session is not None:
            waits.append(self.session.ends_at - real_now)
        if self._timeline.leased_until > real_now:
            waits.append(self._timeline.leased_until - real_now)
        if self._shows_seconds:
            waits.append(_SECOND)
        elif not self._timeline.paused:
            now = self._timeline.now(real_now)
            passed = timedelta(seconds=now.second, microseconds=now.microsecond)
            waits.append((_MINUTE - passed) / self._timeline.speed_at(real_now))
        return max(0.02, min(waits).total_seconds())

    def _show_pace(self, real_now: datetime) -> None:
        """Show how time runs, and say so where a program is gone that had asked for a speed."""
        timeline = self._timeline
        self.paused = timeline.paused
        self.pace = shown_pace(timeline.speed_at(real_now), paused=timeline.paused)
        if timeline.leases and self._ticked_at < timeline.leased_until <= real_now:
            from mleg_tui.services.time_desk import speed_ended  # noqa: PLC0415 - hardly ever

            self._say(speed_ended(timeline))
        self._ticked_at = real_now
