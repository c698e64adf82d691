"""How the program is drawn: colours, sizes, and what a terminal or a screen reader cannot show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from textual import events, on
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Region, Size
from textual.notifications import Notification, Notify, SeverityLevel
from textual.reactive import var

from mleg_tui.locale import _
from mleg_tui.preflight import fits
from mleg_tui.textual_internals.cover import CoverableApp
from mleg_tui.textual_internals.inert import Inert, measure_as_drawn
from mleg_tui.ui.characters import FEW, Fewer, has_blocks, is_utf8, known
from mleg_tui.ui.options import Options
from mleg_tui.ui.plain import CLASS as PLAIN_CLASS
from mleg_tui.ui.plain import STYLES as PLAIN_STYLES
from mleg_tui.ui.plain import reading_place, stand_still
from mleg_tui.ui.settings import THEME_LABELS
from mleg_tui.ui.themes import THEMES, next_theme
from mleg_tui.ui.widgets.bars import SeenBy

if TYPE_CHECKING:
    from mleg_tui.ui.program import ShownToClass

_HERE = Path(__file__).parent  # for subclasses elsewhere


_SHORTEST = 0.001
_VALUES: dict[str, dict[str, str]] = {}
"""What the rules of style take from each theme that was shown."""


class Notice(Notification):
    """A notice with always some time left, even when it has expired just now.

    Textual looks whether a notice has expired, and then how long to show it: with less than no time
    its timer goes round forever, and the program stands still.
    """

    @property
    def time_left(self) -> float:
        """Seconds until the notice goes."""
        return max(self.raised_at + self.timeout - time(), _SHORTEST)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return self.raised_at + self.timeout <= time()


class DrawnApp(CoverableApp):
    """An app in our colours, on a terminal that may be small, poor in characters, or read out."""

    CSS_PATH = [  # noqa: RUF012 - Textual reads a list
        _HERE / "app.tcss",
        _HERE / "usosweb/login.tcss",  # with the first page all rules would be read once more
    ]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (78, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual reads a list
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    on_painted: Callable[[], object] | None = None
    """Whom to tell whenever something was painted."""
    seen_by: var[SeenBy | None] = var(None)
    """Who else sees this screen."""
    showing: ShownToClass | None = None
    """What is shown to a class from here."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        if options.plain:
            self.css_path.append(PLAIN_STYLES)
            self.add_class(PLAIN_CLASS)
        measure_as_drawn()
        self._inert = Inert()
        if known(options.encoding) != "ascii":  # which tells nothing of the keyboard
            self.keyboard_encoding = options.encoding
        self._fewer = () if is_utf8(options.encoding) else (Fewer(options.encoding),)
        self.set_class(not has_blocks(options.encoding), FEW)
        for theme in THEMES:
            self.register_theme(theme)
        self.chosen_theme = options.theme
        self.theme = options.theme
        self.stylesheet.set_variables(self.get_css_variables())  # not first those of another theme
        self.animation_level = "none"

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's values, which are computed once for all sessions of a process."""
        if self.theme not in _VALUES:
            _VALUES[self.theme] = super().get_css_variables()
        self.theme_variables = _VALUES[self.theme]
        return self.theme_variables

    def get_driver_class(self) -> type[Driver]:
        """Return our driver in the place of Textual's for a terminal."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from mleg_tui.textual_internals.terminal import TerminalDriver

        return TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Paint what is only to be read, in the characters that the terminal has."""
        self._inert = self._inert.before([*super().get_line_filters(), *self._fewer])
        return [self._inert]

    def filters_for_pictures(self) -> Sequence[LineFilter]:
        """Return what a picture that another program has drawn has to go through on this terminal.

        Colours that are none of a terminal's own were filtered where it was drawn.
        """
        lacking = [f for f in super().get_line_filters() if isinstance(f, (Monochrome, NoColor))]
        return [*lacking, *self._fewer]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice for so many seconds; what is told in it may be anybody's words."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Notice(message, title, severity, seconds, markup=markup)))

    def on_notify(self) -> None:
        """Let the newest notice take the place of the ones before, which nobody could read all."""
        self.clear_notifications()

    def tell_of_characters(self) -> None:
        """Say why other characters stand for some, where they do."""
        if not self._fewer:
            return
        told = _("Kodowanie terminala to {encoding}: inne znaki są zastąpione. Pełne daje UTF-8.")
        self.notify(told.format(encoding=self.options.encoding), timeout=10)

    def show_theme(self, name: str | None) -> None:
        """Show other colours for a look, or again those that are chosen."""
        self.theme = name or self.chosen_theme

    def switch_theme(self) -> None:
        """Go on to the next colours, and name them."""
        self.chosen_theme = next_theme(self.theme)
        self.show_theme(None)
        self.notify(_(THEME_LABELS[self.theme]), timeout=2)

    def watch_app_focus(self, focused: bool) -> None:  # noqa: FBT001 - Textual's watcher
        """Let the first page await keys, if the browser's window did not when the page came."""
        if focused and self.screen_stack and self.focused is None and self.screen.AUTO_FOCUS:
            self.screen.focus_next(self.screen.AUTO_FOCUS)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink where the screen is read out."""
        if self.options.plain:
            stand_still(event.widget)

    def post_display_hook(self) -> None:
        """Bring the terminal's cursor to the focus: braille and input methods follow it."""
        if self.on_painted is not None:
            self.on_painted()
        if self.focused is None:
            return
        place = reading_place(self.focused)
        if place != self.cursor_position:
            self.cursor_position = place
            # A display brings the cursor along. Of the screen it would drop what others asked for.
            self.focused.refresh(Region(0, 0, 1, 1))

    @on(events.Unmount)
    async def _let_go(self) -> None:
        """Show nothing more to a class from a program that ends."""
        if self.showing is not None:
            await self.showing.end()

    def check_size(self, size: Size) -> None:
        """Cover a window that is too small."""
        if fits(size.width, size.height):
            return
        from mleg_tui.ui.too_small import TooSmall  # noqa: PLC0415 - few windows are

        if not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
