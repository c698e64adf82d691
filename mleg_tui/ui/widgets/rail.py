"""The rail above the keys: the exercise, what the simulator does next, and how long that takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.order_status import AVOIDED_WITH_PHONE, DERIVED, PRESENTED
from mleg_tui.exercise_words import result_line
from mleg_tui.locale import _, local
from mleg_tui.services.exercises import interest_of
from mleg_tui.services.feed import Interest
from mleg_tui.ui.availability import Situation, why_not
from mleg_tui.ui.commands import Place
from mleg_tui.ui.following import Follower
from mleg_tui.ui.liveness import is_alive, is_on_top
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import both_ends

if TYPE_CHECKING:
    from textual.geometry import Size

    from mleg_tui.services.exercise_progress import Progress
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session
    from mleg_tui.simulation.forecast import Coming

SHOWN = 2
"""How much of what comes is told where there is room."""
_CELLS = 10
_ROOMY = (100, 30)
"""The least window in which a second line is told."""
_AN_HOUR = 60
_DAY = timedelta(days=1)
_LOCAL, _SERVED = 1.0, 10.0
"""Seconds between two looks at a bar: a class has one process, and everybody their own bar."""


class _Page(Protocol):
    """What the rail asks of the screen that it is on."""

    def situation(self) -> Situation:
        """Return where the user is."""


class SimulationRail(Widget):
    """What comes next to whom it concerns, with a bar, and the keys that do not wait for it.

    An exercise has a line of its own, and one for the last hint, where there is room; else it
    takes the place of what does not come soon.

    It is painted when what it says is another thing, once a second at most while something is
    under way, and rests otherwise.
    """

    DEFAULT_CSS = """
    SimulationRail {
        dock: bottom; height: auto; margin: 0 0 1 0; padding: 0 1;
        background: $simulator-background; color: $simulator-foreground;
        link-style: none; link-color: $simulator-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $simulator-foreground;
    }
    """

    ahead: reactive[tuple[Coming, ...] | None] = reactive(None, layout=True)
    """What comes next, the soonest first; ``None`` where it was not read yet."""
    exercise: reactive[Progress | None] = reactive(None, layout=True)
    """The exercise that is going on."""
    line: reactive[str] = reactive("")
    """What is said, so that it is painted only when that is another thing."""

    def __init__(self) -> None:
        super().__init__()
        self._follower: Follower | None = None
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Follow what is said from now on."""
        if program_of(self).role not in (Role.STUDENT, Role.OFFICE):
            self.display = False
        else:
            self._follower = Follower(self.screen, self.take_up)
            # What is read before the first layout is over finds no room: Textual keeps that layout.
            self.call_after_refresh(self.take_up)
            for moving in ("moment", "pace", "paused", "standing"):
                self.watch(self.app, moving, self._tell, init=False)

    def on_unmount(self) -> None:
        """Follow nothing more."""
        if self._follower is not None:
            self._follower.end()

    async def take_up(self) -> None:
        """Read what comes next, where the screen is on top."""
        program = program_of(self)
        session = program.session
        if self._follower is None or session is None or not is_on_top(self.screen):
            return
        found = await program.ask_store(partial(_read, program.services, session))
        if found is None or not is_alive(self):
            return
        ahead, exercise = found
        by_time_alone = [one.at for one in ahead[:1] if one.status in DERIVED]
        student = session.account.student
        interest = Interest.of(owner=student) if student else Interest.of("orders", "exercises")
        self._follower.follow(
            interest if exercise is None else interest_of(session),
            min(by_time_alone, default=None),
        )
        self.ahead, self.exercise = ahead, exercise
        self._tell()

    def _tell(self) -> None:
        """Say it as it is by now, and look again when that may have changed."""
        self.line = "\n".join(line.plain for line in self._lines())
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        program = program_of(self)
        if not program.options.frozen and self._is_moving():
            self._timer = self.set_timer(_LOCAL if program.options.local else _SERVED, self._tell)

    @property
    def is_resting(self) -> bool:
        """Whether it waits for nothing but a change."""
        return self._timer is None

    def _is_moving(self) -> bool:
        """Tell whether the bar moves."""
        program = program_of(self)
        return (
            self._comes_soon()
            and not (program.options.plain or program.paused)
            and is_on_top(self.screen)
        )

    def say(self) -> None:
        """Say it in the session's present language, with what came while it was covered."""
        self.refresh()
        self._tell()
        self.call_after_refresh(self.take_up)

    def render(self) -> Content:
        """Draw what comes, and the keys for the time."""
        return Content("\n").join(self._lines())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a line, or as many as there are where there is room for them."""
        del container, viewport, width
        if not self._is_roomy:
            return 1
        return max(1, min(len(self.ahead or ()), SHOWN)) + len(self._exercise_texts())

    @property
    def _is_roomy(self) -> bool:
        size = self.app.size
        return size.width >= _ROOMY[0] and size.height >= _ROOMY[1]

    def _lines(self) -> list[Content]:
        texts = self._exercise_texts()
        if self._is_roomy:
            return [*self._exercise_lines(texts), *self._coming_lines()]
        if texts and (self._tells_more or not self._comes_soon()):
            return self._exercise_lines(texts[:1])
        return self._coming_lines()[:1]

    def _coming_lines(self) -> list[Content]:
        first, *others = [self._coming(one) for one in self.ahead or ()] or [self._nothing()]
        heading = Content.styled(f"{_('SYMULATOR')}  ", "bold")
        own = () if self.exercise is None or self._is_roomy else (self._link("app.exercise", "⚑"),)
        lines = [self._with_keys(Content.assemble(heading, first), own)]
        return lines + [Content.assemble(" " * heading.cell_length, other) for other in others]

    def _with_keys(self, line: Content, own: tuple[Content, ...] = ()) -> Content:
        """Return a line with its own keys, and as many of those for the time as fit."""
        width, gap = self.content_size.width, Content("  ")
        for keys in (*self._keys(), Content("")):
            both = gap.join([*own, *([keys] if keys else [])])
            if line.cell_length + both.cell_length < width:
                return both_ends(line, both, width)
        return both_ends(line, gap.join(own), width)

    @property
    def _tells_more(self) -> bool:
        """Whether there is more to be said of the exercise than its task."""
        found = self.exercise
        return found is not None and bool(found.is_solved or found.astray)

    def _exercise_texts(self) -> list[str]:
        """Return what is said of the exercise, the most important first."""
        found = self.exercise
        if found is None:
            return []
        task = local(found.started.exercise.task)
        if found.is_solved:
            return [result_line(found)]
        if found.astray:
            return [f"! {local(found.astray[0])}", task]
        given = len(found.hints)
        hint = _("Podpowiedź {number}: {hint}")
        hints = [hint.format(number=given, hint=local(found.hints[-1]))] if given else []
        return [task, *hints]

    def _exercise_lines(self, texts: list[str]) -> list[Content]:
        """Return the lines of the exercise, its key at the end of the first."""
        if not texts:
            return []
        title = _("ĆWICZENIE")
        heading = Content.styled(f"{title}  ", "bold")
        first, *others = map(Content, texts)
        line, key = Content.assemble(heading, first), (self._exercise_key(),)
        width = self.content_size.width
        lines = [both_ends(line, *key, width) if self._is_roomy else self._with_keys(line, key)]
        indent = Content(" " * heading.cell_length)
        return lines + [both_ends(indent + other, Content(""), width) for other in others]

    def _exercise_key(self) -> Content:
        standing = program_of(self).standing
        if standing is not None and standing.may_go_on:
            return self._link("class.next", _("następne ćwiczenie"))
        return self._link("app.exercise", _("zadanie"))

    def _comes_soon(self) -> bool:
        now = program_of(self).simulated_now()
        return any(one.at - now < _DAY for one in (self.ahead or ())[:1])

    def _coming(self, one: Coming) -> Content:
        """Say when something comes; with a bar, where it is not far away."""
        now = program_of(self).simulated_now()
        told = PRESENTED[one.status]
        what = _(told.briefly or told.coming)
        if program_of(self).role is Role.OFFICE:
            what = f"{what} {one.order}"
        at, left = one.at.astimezone(WARSAW), max(timedelta(0), one.at - now)
        if left >= _DAY:
            return Content(f"{what} {at:%Y-%m-%d}{self._hint(one)}")
        if program_of(self).options.plain:
            return Content(f"{at:%H:%M} {what}")
        took, whole = now - one.since, one.at - one.since
        share = min(1.0, max(0.0, took / whole)) if whole else 1.0
        done = int(share * _CELLS)
        bar = "▓" * done + "░" * (_CELLS - done)
        still = _("jeszcze {left}").format(left=_left(left))
        return Content(f"{at:%H:%M:%S} {what}  {bar} {still}")

    def _nothing(self) -> Content:
        if self.ahead is None:
            return Content("")
        return Content(_("Nic się samo nie wydarzy."))

    def _hint(self, one: Coming) -> str:
        """Say what is to be done with codes, where that is not at hand."""
        places = cast("_Page", self.screen).situation().places
        if one.status not in AVOIDED_WITH_PHONE or Place.USOSWEB not in places:
            return ""
        key = program_of(self).keymap.shown("desk.phone")
        hint = _("dalej: {key} bierze telefon do ręki").format(key=key)
        return f"  {hint}" if program_of(self).role is Role.STUDENT else ""

    def _keys(self) -> Iterator[Content]:
        """Yield the keys for the time, all of them first; none where time is others'."""
        if why_not("time.next", cast("_Page", self.screen).situation()) is not None:
            return
        go_on = [("time.stop", _("wznów"))] if program_of(self).paused else []
        told = [*go_on, ("time.next", _("następne")), ("time.faster", _("szybciej"))]
        while told:
            yield Content("  ").join(self._link(command, label) for command, label in told)
            told.pop()

    def _link(self, command: str, label: str) -> Content:
        """Return a command's key with a word, to be clicked as well."""
        return Content.from_markup(
            f"[@click=app.command('{command}')][b]$key[/b] $label[/]",
            key=program_of(self).keymap.shown(command),
            label=label,
        )


def _read(services: Services, session: Session) -> tuple[tuple[Coming, ...], Progress | None]:
    ahead = services.simulation.ahead_of(session, SHOWN)
    return ahead, services.exercises.current(session)


def _left(left: timedelta) -> str:
    """Return how long it still takes: ``1:36``, or ``2 h 5 min``."""
    minutes, seconds = divmod(round(left.total_seconds()), 60)
    if minutes < _AN_HOUR:
        return f"{minutes}:{seconds:02}"
    return _("{hours} h {minutes} min").format(
        hours=minutes // _AN_HOUR, minutes=minutes % _AN_HOUR
    )
