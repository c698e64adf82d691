"""The bars at the edges of every screen: the simulation's notice with its clock, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _
from mleg_tui.ui.availability import Situation, why_not
from mleg_tui.ui.commands import ANY_SCREEN, UserCommand, shown_key
from mleg_tui.ui.liveness import is_covered
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.program import program_of

_NONE = Content("")
_ROOMY = 78
ROOMY_HEIGHT = 30
"""The least height in which a class has a line of its own."""


class SeenBy(Enum):
    """Who else sees somebody's screen, as it is told where there is room, and where there is not.

    Two words each: what stands on a wide bar, and on a narrow one.
    """

    TRAINER = N_("● prowadzący patrzy"), N_("● patrzy")
    CLASS = N_("● klasa widzi  [{key}] koniec"), N_("● widzą")


def both_ends(left: Content, right: Content, width: int) -> Content:
    """Return one line with its parts at the two ends; the left one is cut where it must be."""
    room = max(0, width - right.cell_length - 1) if right.cell_length else width
    kept = left.truncate(room, ellipsis=True)
    gap = " " * max(0, width - kept.cell_length - right.cell_length)
    return Content.assemble(kept, gap, right)


class SimulationBar(Widget):
    """``SYMULACJA — NIE JEST DOKUMENTEM``, and time with its controls. It cannot be switched off.

    The controls are links where a command can be given; over a page only the time is told.
    """

    DEFAULT_CSS = """
    SimulationBar {
        dock: top; height: 1; padding: 0 1; text-style: bold;
        background: $simulator-background; color: $simulator-foreground;
        link-style: bold; link-color: $simulator-foreground; link-background: transparent;
        link-style-hover: bold reverse; link-background-hover: transparent;
        link-color-hover: $simulator-foreground;
    }
    """

    clock: reactive[str] = reactive("")
    pace: reactive[str] = reactive("")
    paused: reactive[bool] = reactive(False)  # noqa: FBT003 - Textual's reactive
    seen_by: reactive[SeenBy | None] = reactive(None)
    _newest = ""

    def on_mount(self) -> None:
        """Show the time from the first picture on."""
        self.watch(self.app, "clock_text", self._take_clock)
        self.watch(self.app, "pace", self._take_pace)
        self.watch(self.app, "paused", self._take_paused)
        self.watch(self.app, "seen_by", self._take_seen_by)
        self.watch(self.app, "standing", self._take_standing, init=False)

    def _take_clock(self, clock: str) -> None:
        self._newest = clock
        if not is_covered(self.screen):
            self.clock = clock

    def _take_pace(self, pace: str) -> None:
        self.pace = pace

    def _take_paused(self, paused: bool) -> None:  # noqa: FBT001 - Textual's watcher
        self.paused = paused

    def _take_standing(self) -> None:
        self.refresh()

    def _take_seen_by(self, seen_by: SeenBy | None) -> None:
        self.seen_by = seen_by

    def render(self) -> Content:
        """Draw the notice, and at the right as much about the time as there is room for."""
        width = self.content_size.width
        notice = Content(_(NOTICE))
        if self.seen_by is not None:
            roomy, narrow = self.seen_by.value
            who = _(roomy if width >= _ROOMY else narrow)
            key = program_of(self).keymap.shown("app.let_go")
            notice = Content(f"{_(NOTICE)}  {who.format(key=key)}")
        standing = program_of(self).standing
        if standing is not None and self.app.size.height < ROOMY_HEIGHT:
            notice = Content(f"{notice.plain}  {standing.briefly}")
        told = next((one for one in self._told() if one.cell_length < width - len(notice)), _NONE)
        return both_ends(notice, told, width)

    def _told(self) -> Iterator[Content]:
        """Yield what is told of the time, the longest first."""
        clock = Content(self.clock)
        if self.app.has_class(PLAIN) or self.screen.is_modal:
            yield Content(f"{self.clock} {self.pace}".strip())
        else:
            controls = Content.assemble(*self._controls(), f"  {self.pace or '×1'}  ")
            yield Content.assemble(_("czas"), "  ", controls, clock)
            yield Content.assemble(controls, clock)
            yield Content.assemble(*self._controls(), " ", clock)
        yield clock

    def _controls(self) -> Iterator[Content]:
        """Yield the signs; how time runs now is marked."""
        marked = 0 if self.paused else 2 if self.pace else 1
        signs = (("‖", "time.stop"), ("▶", "time.stop"), ("▶▶", "time.faster"), ("▶|", "time.next"))
        program = program_of(self)
        owns_world, standing = program.owns_world, program.standing
        here = Situation(ANY_SCREEN, program.role, owns_world=owns_world, standing=standing)
        greyed = why_not("time.stop", here) is not None
        for number, (sign, command) in enumerate(signs):
            does_nothing = number == 1 and not self.paused
            click = "" if does_nothing else f"@click=app.command('{command}')"
            look = "reverse" if number == marked else ""
            tags = " ".join(filter(None, ("$simulator-greyed" if greyed else look, click)))
            text = Content.from_markup(f"[{tags}]$sign[/]" if tags else "$sign", sign=f" {sign} ")
            yield text

    def say(self) -> None:
        """Draw it again in the session's present language, and with the time that it is by now."""
        self.clock = self._newest
        self.refresh()


class KeyBar(Widget):
    """The footer: at most seven keys, greyed where they cannot be used now.

    At its end it tells that something takes long, and is being worked at.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; padding: 0 1;
        background: $footer-background; color: $footer-foreground;
        link-style: none; link-color: $footer-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $footer-foreground;
    }
    """

    keys: reactive[tuple[tuple[UserCommand, Refused | None], ...]] = reactive(())
    working: reactive[int] = reactive(0)

    def on_mount(self) -> None:
        """Tell what takes long from the first moment on."""
        self.watch(self.app, "working", self._take_working)

    def _take_working(self, working: int) -> None:
        self.working = working

    def render(self) -> Content:
        """Draw as many keys as fit, each one clickable."""
        width = self.content_size.width
        if not self.working:
            return self._line(width)
        told = Content.styled(_(" … trwa, jeszcze chwilę "), "reverse")
        return both_ends(self._line(width - told.cell_length - 1), told, width)

    def _line(self, width: int) -> Content:
        line = Content("")
        for command, refusal in self.keys:
            part = _key(command, refusal)
            gap = "  " if line.cell_length else ""
            if line.cell_length + len(gap) + part.cell_length > width:
                continue
            line = Content.assemble(line, gap, part)
        return line

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh()


def _key(command: UserCommand, refusal: Refused | None) -> Content:
    label = _(command.label)
    key = shown_key(command.keys[0]) if command.keys else "·"
    action = f"@click=app.command('{command.id}')"
    if refusal is not None:
        return Content.from_markup(f"[dim {action}]$key $label[/]", key=key, label=f"({label})")
    return Content.from_markup(f"[{action}][b]$key[/b] $label[/]", key=key, label=label)
