"""The caption below whatever screen is shown: what happens and why, and which key does it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local
from mleg_tui.ui.widgets.bars import both_ends

PLAYING = N_("spacja pauza  → krok  q wyjście")
PAUSED = N_("spacja dalej  → krok  q wyjście")
OVER = N_("koniec  q do programu")
OVER_BACK = N_("koniec  q do logowania")


@dataclass(frozen=True, slots=True)
class Caption:
    """What the caption says: the step and how many there are, the text, the key and its label.

    ``hint`` tells the viewer's own keys, where there is a viewer.
    """

    step: int = 0
    steps: int = 0
    text: LocalText | None = None
    key: str = ""
    label: str = ""
    paused: bool = False
    hint: MessageId | None = None


class CaptionBar(Widget):
    """Lines at the bottom that no screen and no dialog covers: two, three where it is narrow.

    No more, so that at 80×24 the QR code on the page still has its room.
    """

    DEFAULT_CSS = """
    CaptionBar {
        split: bottom; width: 100%; height: 2; padding: 0 1;
        background: $simulator-background; color: $simulator-foreground;
    }
    Screen.-tiny CaptionBar { height: 3; }
    """

    caption: reactive[Caption] = reactive(Caption())

    def on_mount(self) -> None:
        """Follow what the program is shown to be doing."""
        self.watch(self.app, "caption", self._take)

    def _take(self, caption: Caption) -> None:
        self.caption = caption

    def render(self) -> Content:
        """Draw the step and the text; at the end of the last line the key, or the viewer's own."""
        said, (width, height) = self.caption, self.content_size
        step = f"{'‖' if said.paused else '▶'} {said.step}/{said.steps} "
        text = local(said.text) if said.text else ""
        lines = wrap(f"{step}{text}", width, max_lines=height, placeholder="…") if width else []
        *above, last = [*lines, *[""] * (height - len(lines))] if height else [""]
        shown = [Content(line) for line in above]
        return Content("\n").join([*shown, _with_room(Content(last), self._keys(), width)])

    def _keys(self) -> Content:
        said = self.caption
        if said.key and not said.paused:
            return Content.assemble((f" {said.key} ", "bold reverse"), f" {said.label}".rstrip())
        return Content(_(said.hint) if said.hint else "")

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh()


def _with_room(text: Content, keys: Content, width: int) -> Content:
    """Put the keys at the end of a line, as far as its text leaves room for them."""
    room = width - text.cell_length - 2
    return both_ends(text, keys.truncate(max(0, room), ellipsis=True), width)
