"""The rail above the keys: what the simulator does next, and how long that takes."""

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
from mleg_tui.locale import _
from mleg_tui.services.feed import Interest
from mleg_tui.ui.availability import Situation, why_not
from mleg_tui.ui.commands import Place
from mleg_tui.ui.following import Follower
from mleg_tui.ui.liveness import is_alive, is_on_top
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import both_ends

if TYPE_CHECKING:
    from textual.geometry import Size

    from mleg_tui.simulation.forecast import Coming

SHOWN = 2
"""How much of what comes is told where there is room."""
_CELLS = 10
_ROOMY = (100, 30)
"""The least window in which a second line is told."""
_AN_HOUR = 60
_DAY = timedelta(days=1)
_LOCAL, _SERVED = 1.0, 5.0
"""Seconds between two looks at a bar: a class has one process, and everybody their own bar."""


class _Page(Protocol):
    """What the rail asks of the screen that it is on."""

    def situation(self) -> Situation:
        """Return where the user is."""


class SimulationRail(Widget):
    """What comes next to whom it concerns, with a bar, and the keys that do not wait for it.

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
            for moving in ("moment", "pace", "paused"):
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
        ask = partial(program.services.simulation.ahead_of, session, SHOWN)
        ahead = await program.ask_store(ask)
        if ahead is None or not is_alive(self):
            return
        student = session.account.student
        interest = Interest.of(owner=student) if student else Interest.of("orders")
        by_time_alone = [one.at for one in ahead[:1] if one.status in DERIVED]
        self._follower.follow(interest, min(by_time_alone, default=None))
        self.ahead = ahead
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
        now = program.simulated_now()
        soon = any(one.at - now < _DAY for one in (self.ahead or ())[:1])
        return soon and not (program.options.plain or program.paused) and is_on_top(self.screen)

    def say(self) -> None:
        """Say it in the session's present language, with what came while it was covered."""
        self.refresh()
        self._tell()
        self.call_after_refresh(self.take_up)

    def render(self) -> Content:
        """Draw what comes, and the keys for the time."""
        return Content("\n").join(self._lines())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a line, or two where there is room for them."""
        del container, viewport, width
        size = self.app.size
        roomy = size.width >= _ROOMY[0] and size.height >= _ROOMY[1]
        return max(1, min(len(self.ahead or ()), SHOWN if roomy else 1))

    def _lines(self) -> list[Content]:
        width = self.content_size.width
        first, *others = [self._coming(one) for one in self.ahead or ()] or [self._nothing()]
        heading = Content.styled(f"{_('SYMULATOR')}  ", "bold")
        indent = " " * heading.cell_length
        keys = next(
            (
                one
                for one in self._keys()
                if heading.cell_length + first.cell_length + one.cell_length < width
            ),
            Content(""),
        )
        lines = [both_ends(Content.assemble(heading, first), keys, width)]
        return lines + [Content.assemble(indent, other) for other in others]

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
        keymap = program_of(self).keymap
        go_on = [("time.stop", _("wznów"))] if program_of(self).paused else []
        told = [*go_on, ("time.next", _("następne")), ("time.faster", _("szybciej"))]
        while told:
            parts = [
                Content.from_markup(
                    f"[@click=app.command('{command}')][b]$key[/b] $label[/]",
                    key=keymap.shown(command),
                    label=label,
                )
                for command, label in told
            ]
            yield Content("  ").join(parts)
            told.pop()


def _left(left: timedelta) -> str:
    """Return how long it still takes: ``1:36``, or ``2 h 5 min``."""
    minutes, seconds = divmod(round(left.total_seconds()), 60)
    if minutes < _AN_HOUR:
        return f"{minutes}:{seconds:02}"
    return _("{hours} h {minutes} min").format(
        hours=minutes // _AN_HOUR, minutes=minutes % _AN_HOUR
    )
