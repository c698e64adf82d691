"""What a screen may ask of the program that shows it; nothing below imports the program itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen, ScreenResultCallbackType

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.university import University
from mleg_tui.services.doors import Doors
from mleg_tui.services.outages import UsoswebDown
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.options import Options

if TYPE_CHECKING:
    from mleg_tui.services.entrance import Entrance
    from mleg_tui.ui.classroom.standing import Standing

T = TypeVar("T")
Handler = Callable[[], Awaitable[None] | None]
"""What carries out a command."""


class TakingPart(Protocol):
    """What a screen may ask of a session that takes part in a class."""

    number: str
    """By which one comes back."""

    def stop(self) -> None:
        """Follow the class no more."""

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands of who takes part."""

    def note(self, page: str, act: str = "") -> None:
        """Let the trainer know which page one has before one, and what one has just done."""

    async def sit_down(self) -> None:
        """Log in to the exercise that one is to do."""


class ShownToClass(Protocol):
    """Something that a class is shown from here."""

    async def end(self) -> None:
        """Let go: everybody has their own screen again."""


class Program(Protocol):
    """The program as its screens, panes and widgets know it."""

    services: Services
    doors: Doors
    """Where a login leads."""
    entrance: Entrance | None
    """The way into the classes of a server, which a program at home has not."""
    participation: TakingPart | None
    """What goes on while somebody takes part in a class."""
    standing: Standing | None
    """Where they stand in it."""
    options: Options
    keymap: Keymap
    university: University
    session: Session | None
    follow: bool
    """Whether USOSweb's page follows the order by itself."""
    outage: UsoswebDown | None
    """Why USOSweb did not answer the last time it was asked."""

    showing: ShownToClass | None
    """What is shown to a class from here."""

    @property
    def moment(self) -> datetime | None:
        """The simulated time when the clock last moved."""

    @property
    def role(self) -> Role | None:
        """The role of who is logged in."""

    @property
    def owns_world(self) -> bool:
        """Whether data and time are the person's own, and nobody else's."""

    @property
    def paused(self) -> bool:
        """Whether the simulated time stands still."""

    def simulated_now(self) -> datetime:
        """Return the simulated time at this moment."""

    async def ask_store(self, ask: Callable[[], T]) -> T | None:
        """Return what a service answers, off the loop; ``None`` where it refused, which is told."""

    async def change_store(self, change: Callable[[], T]) -> T | None:
        """Like ``ask_store``, for what writes: every pane takes it up at once."""

    async def take_up_now(self) -> None:
        """Let every screen take up what has just been changed."""

    def forget_outage(self) -> None:
        """Hope that USOSweb works again, before it is asked anew."""

    def store_failed(self, error: StoreUnusable) -> None:
        """Offer to try again after the store could not be read or written."""

    def tell(self, error: MlegError) -> None:
        """Show an error or a refusal with what to do about it."""

    def move_to(self, services: Services, timeline: Timeline | None) -> None:
        """Use another store from now on, in which time runs so."""

    def log_in(self, session: Session, university: University, first: str = "") -> None:
        """Sit down at the desk as the session's account, and carry out a ``first`` command."""

    def watch_demo(self, id_: str) -> None:
        """End, for a demonstration to play, after which one comes back."""

    async def log_out(
        self, why: MlegError | None = None, then: Callable[[], object] | None = None
    ) -> None:
        """Leave everything that belongs to the session, ``then`` do something."""

    async def keep_time(self) -> None:
        """Show the time, as exactly as what is on the screen now needs it."""

    def chosen(self, setting: str) -> object:
        """Return what is chosen of a setting now."""

    async def choose(self, setting: str, value: object) -> Path | None:
        """Set a setting; return the file in which it is kept, if this session may write one."""

    def show_theme(self, name: str | None) -> None:
        """Show other colours for a look, or again those that are chosen."""

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands that work everywhere."""

    def check_size(self, size: Size) -> None:
        """Cover a window that is too small."""

    # What every app of Textual's has.

    @property
    def is_web(self) -> bool:
        """Whether it is shown in a browser by Textual's own way."""

    @property
    def size(self) -> Size:
        """The size of the window."""

    def push_screen(
        self, screen: Screen[T], callback: ScreenResultCallbackType[T] | None = None
    ) -> Awaitable[Any]:
        """Show a screen over the present one; ``callback`` gets its answer."""

    @property
    def return_code(self) -> int | None:
        """The status with which the program ends, once it does."""

    def exit(self, *, return_code: int, message: str) -> None:
        """End the program with a status, and say something at the end."""

    def notify(self, message: str, *, title: str = "", timeout: float | None = None) -> None:
        """Show a notice for so many seconds."""

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the terminal's clipboard."""


def program_of(node: MessagePump) -> Program:
    """Return the program that a screen, a pane or a widget belongs to."""
    return cast("Program", node.app)
