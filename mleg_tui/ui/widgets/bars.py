"""The bars at the edges of every screen: the simulation's notice with its clock, and the keys."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import NOTICE
from mleg_tui.locale import _
from mleg_tui.ui.commands import UserCommand, shown_key
from mleg_tui.ui.liveness import is_covered


def both_ends(left: Content, right: Content, width: int) -> Content:
    """Return one line with its parts at the two ends; the left one is cut where it must be."""
    room = max(0, width - right.cell_length - 1) if right.cell_length else width
    kept = left.truncate(room, ellipsis=True)
    gap = " " * max(0, width - kept.cell_length - right.cell_length)
    return Content.assemble(kept, gap, right)


class SimulationBar(Widget):
    """``SYMULACJA — NIE JEST DOKUMENTEM`` and the simulated time. It cannot be switched off."""

    DEFAULT_CSS = """
    SimulationBar {
        dock: top; height: 1; padding: 0 1; text-style: bold;
        background: $simulator-background; color: $simulator-foreground;
    }
    """

    clock: reactive[str] = reactive("")
    pace: reactive[str] = reactive("")
    _newest = ""

    def on_mount(self) -> None:
        """Show the time from the first picture on."""
        self.watch(self.app, "clock_text", self._take_clock)
        self.watch(self.app, "pace", self._take_pace)

    def _take_clock(self, clock: str) -> None:
        self._newest = clock
        if not is_covered(self.screen):
            self.clock = clock

    def _take_pace(self, pace: str) -> None:
        self.pace = pace

    def render(self) -> Content:
        """Draw the notice, and the clock at the right."""
        notice = Content(_(NOTICE))
        room = self.content_size.width - notice.cell_length - 1
        texts = (f"{self.clock} {self.pace}".strip(), self.clock)
        fitting = (text for text in texts if len(text) <= room)
        return both_ends(notice, Content(next(fitting, "")), self.content_size.width)

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
