"""Over the shoulder: somebody's screen as it is now, for the trainer, read-only. They are told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.domain.classroom import Frame, participant_id
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _
from mleg_tui.services.classes import LEASE, ClassUnknown, ParticipantUnknown
from mleg_tui.services.columns import frame_owner
from mleg_tui.services.feed import Interest
from mleg_tui.services.screen_copy import BadCopy, ScreenCopy
from mleg_tui.services.session import Session
from mleg_tui.ui.classroom.screen_copy import drawn, frame_for, moved
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic

_RENEWAL = LEASE.total_seconds() / 3
"""Seconds after which it is said again that somebody looks."""


class Shoulder(MlegScreen):
    """Shows the screen of somebody in a class; ``session`` is the office's.

    The picture has the whole window: where both are as large, all of it is seen.
    """

    topic = Topic(
        "office.shoulder",
        N_(
            "Ekran osoby na zajęciach, taki, jaki ona teraz widzi. Niczego na nim nie zmienisz, "
            "a ona wie, że patrzysz. Gdy jej okno jest większe od Twojego, przesuwaj obraz "
            "strzałkami. Esc wraca."
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, session: Session, classroom: str, nickname: str) -> None:
        super().__init__()
        self._session = session
        self._classroom = classroom
        self._nickname = nickname
        self._participant = participant_id(classroom, nickname)

    def compose(self) -> ComposeResult:
        """Yield the picture alone, which has the notice, too."""
        yield from (part for part in super().compose() if isinstance(part, ShoulderView))

    def content(self) -> ComposeResult:
        """Yield the picture."""
        yield ShoulderView(self._nickname)

    def on_mount(self) -> None:
        """Look, and say so from time to time."""
        self.follow(Interest(frozenset({frame_owner(self._participant)}), frozenset()))
        self.set_interval(_RENEWAL, self._look)
        self.call_after_refresh(self._look)

    async def _look(self) -> None:
        classes = self.program.services.classes
        look_at = partial(classes.look_at, self._session, self._classroom, self._nickname)
        await self._show(look_at)

    async def on_key(self, event: events.Key) -> None:
        """Move the picture, or carry out a command."""
        if self.query_one(ShoulderView).move(event.key):
            event.stop()
            event.prevent_default()
        else:
            await super().on_key(event)

    async def take_up(self) -> None:
        """Show what is on the screen now."""
        await self._show(
            partial(self.program.services.classes.frame, self._session, self._participant)
        )

    async def _show(self, ask: partial[Frame | None]) -> None:
        found = await self.program.ask_store(partial(_seen, ask))
        if found is None or not is_alive(self):
            return
        if isinstance(found, MlegError):
            self.dismiss()
            self.program.tell(found)
        else:
            self.query_one(ShoulderView).show(found[0])

    async def action_leave(self) -> None:
        """Look away."""
        classes = self.program.services.classes
        away = partial(classes.look_away, self._session, self._classroom, self._nickname)
        self.dismiss()
        await self.program.ask_store(partial(_gone_is_fine, away))


class ShoulderView(Widget):
    """A picture of somebody's screen, as far as there is room; the arrows move it."""

    DEFAULT_CSS = "ShoulderView { width: 100%; height: 1fr; }"

    def __init__(self, nickname: str) -> None:
        super().__init__()
        self._nickname = nickname
        self._copy: ScreenCopy | None = None
        self._at = (0, 0)
        self._rows: Sequence[Strip] = ()

    def show(self, copy: ScreenCopy | None) -> None:
        """Show a copy; paint the rows that differ."""
        self._copy = copy
        before, self._rows = self._rows, self._drawn()
        if len(before) != len(self._rows):
            self.refresh()
            return
        width = self.size.width
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip(before, self._rows, strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        """Draw it in the window's new size."""
        self._rows = self._drawn()
        self.refresh()

    def move(self, key: str) -> bool:
        """Move a picture that is larger than the window, if the key does; tell whether it did."""
        at = self._at if self._copy is None else moved(key, self._at, self._copy, self.size)
        if at == self._at:
            return False
        self._at = at
        self.show(self._copy)
        return True

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.show(self._copy)

    def _drawn(self) -> Sequence[Strip]:
        width, height = self.size
        if not (width and height):
            return ()
        back = _("Esc wraca")
        frame = frame_for(self.app, f"{_(NOTICE)}  ● {self._nickname}  {back}")
        copy = self._copy or _waiting(self._nickname, width, height, str(frame.ground))
        return drawn(copy, (width, height), frame, self._at)


def _waiting(nickname: str, width: int, height: int, style: str) -> ScreenCopy:
    """Return what is shown before anything came."""
    said = _("Czekam na ekran: {nickname}. Przyjdzie, gdy ta osoba będzie połączona.")
    text = said.format(nickname=nickname)[: max(0, width - 2)]
    return ScreenCopy(width, height, ((), (), (style, f"  {text}")))


def _seen(ask: partial[Frame | None]) -> tuple[ScreenCopy | None] | MlegError:
    """Return what is to be seen, or why nothing ever will be."""
    try:
        frame = ask()
        return (None if frame is None else ScreenCopy.from_text(frame.text),)
    except (ClassUnknown, ParticipantUnknown) as gone:
        return gone
    except BadCopy:
        return (None,)


def _gone_is_fine(away: partial[None]) -> None:
    """Look away, also from who is gone."""
    try:
        away()
    except (ClassUnknown, ParticipantUnknown):
        return
