"""F1: what the page is in real life, what one can do on it, and the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.ui.availability import Situation, why_not_for
from mleg_tui.ui.commands import COMMANDS, PLACE_TITLES, Place, from_near, shown_key
from mleg_tui.ui.keymap import MOVES, MOVES_TITLE, Keymap
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.translated import Lines

MARKING = N_(
    "Tekst można zaznaczyć myszą; w wielu terminalach trzeba przy tym trzymać Shift "
    "(macOS: Option). Pod tmuxem kopiowanie ułatwia: set -s set-clipboard on."
)
_KEYS_WIDTH = 11


class HelpText(Lines):
    """The text, with the keys in a column of their own at any width.

    The keys of the page come first, then those that work everywhere; those of other pages, and of
    other people, are there when it is ``unfolded``.
    """

    DEFAULT_CSS = """
    HelpText { width: 100%; height: auto; padding: 0 2; }
    """

    unfolded: reactive[bool] = reactive(default=False, layout=True)

    def __init__(self, topic: Topic, situation: Situation, keymap: Keymap) -> None:
        super().__init__(id="help")
        self._topic = topic
        self._situation = situation
        self._here = sorted(situation.places, key=from_near)
        self._elsewhere = [place for place in Place if place not in situation.places]
        self._keymap = keymap

    def lines(self, width: int) -> Sequence[Content]:
        """Return the page's explanation and the keys."""
        return list(self._told(width))

    def _told(self, width: int) -> Iterator[Content]:
        if self._topic.text:
            yield from _paragraph(self._keymap.told(_(self._topic.text)), width)
        for place in self._here:
            yield from self._keys(place, width)
        yield from self._moves(width)
        yield from _paragraph(_(MARKING), width)
        if not self.unfolded:
            told = _("Esc zamyka pomoc, spacja pokazuje klawisze innych stron.")
            for line in wrap(told, max(1, width)):
                yield Content.from_markup("[@click=screen.unfold]$line[/]", line=line)
            return
        yield from (line for place in self._elsewhere for line in self._keys(place, width))
        yield Content(_("Esc zamyka pomoc."))

    def _keys(self, place: Place, width: int) -> Iterator[Content]:
        told = [
            command
            for command in COMMANDS.values()
            if command.place is place
            and (self.unfolded or why_not_for(command.id, self._situation) is None)
        ]
        if told:
            yield Content.styled(_(PLACE_TITLES[place]), "bold")
            for command in told:
                yield from self._row(command.id, _(command.help), width)
            yield Content("")

    def _moves(self, width: int) -> Iterator[Content]:
        yield Content.styled(_(MOVES_TITLE), "bold")
        for move in MOVES.values():
            yield from self._row(move.id, _(move.help), width)
        yield Content("")

    def _row(self, id_: str, told: str, width: int) -> Iterator[Content]:
        """Yield a row: the keys, and beside them what they do, on as many lines as it takes."""
        keys = " ".join(shown_key(key) for key in self._keymap.keys(id_))
        indent = max(_KEYS_WIDTH, len(keys) + 1)
        first, *rest = wrap(told, max(1, width - 2 - indent)) or [""]
        yield Content.assemble("  ", (keys.ljust(indent), "bold"), first)
        for line in rest:
            yield Content(" " * (2 + indent) + line)


def _paragraph(text: str, width: int) -> Iterator[Content]:
    for line in wrap(text, max(1, width)):
        yield Content(line)
    yield Content("")


class Help(Modal[None]):
    """The page's explanation and all keys, from the definitions of the commands."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", show=False),
        Binding("space", "unfold", show=False),
    ]
    AUTO_FOCUS = "#text"

    def __init__(self, topic: Topic, situation: Situation, keymap: Keymap) -> None:
        super().__init__()
        self._text = HelpText(topic, situation, keymap)

    def compose(self) -> ComposeResult:
        """Draw the help."""
        yield SimulationBar()
        with VerticalScroll(id="text"):
            yield self._text

    def action_unfold(self) -> None:
        """Show the keys of other pages, or fold them away again."""
        self._text.unfolded = not self._text.unfolded
