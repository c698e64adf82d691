"""The palette: every command by name, the ones that cannot be used now with their reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, message_of
from mleg_tui.services.columns import folded
from mleg_tui.ui.availability import Situation, offered, why_not, why_not_for
from mleg_tui.ui.commands import PLACE_TITLES, UserCommand, from_near, shown_key
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.modal import ListModal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.option_list import MlegOptionList


class Palette(ListModal):
    """Answers with the id of the command that was chosen."""

    CSS_PATH = "palette.tcss"
    AUTO_FOCUS = "Input"

    def __init__(self, situation: Situation, keymap: Keymap, recent: Sequence[str] = ()) -> None:
        """``recent`` are the commands that were chosen lately, the last one first."""
        super().__init__()
        self._situation = situation
        self._keymap = keymap
        self._recent = tuple(recent)

    def compose(self) -> ComposeResult:
        """Draw the field and the list below it."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield Entry(placeholder=_("Szukaj polecenia"), compact=True)
            yield MlegOptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """List everything that belongs here."""
        self._list("")

    def say(self) -> None:
        """List what was found in the session's present language."""
        field = self.query_one(Input)
        field.placeholder = _("Szukaj polecenia")
        self._list(field.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        words = folded(typed).split()
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._rows(words) if words else self._groups())
        if options.option_count:
            options.highlighted = 0 if words else 1  # below the first heading
        else:
            options.add_option(Option(_("Nie ma takiego polecenia."), disabled=True))

    def _rows(self, words: list[str]) -> Iterator[Option]:
        for command in self._found(words):
            refusal = why_not(command.id, self._situation)
            row = _row(self._keymap.applied(command), refusal)
            yield Option(row, id=command.id)

    def _groups(self) -> Iterator[Option]:
        """Yield all commands under headings: what was chosen lately, this page's, the others."""
        commands = self._found([])
        groups = [(N_("Ostatnio"), [c for c in commands if c.id in self._recent])]
        for place in sorted(self._situation.places, key=from_near):
            here = (c for c in commands if c.place is place and c.id not in self._recent)
            groups.append((PLACE_TITLES[place], list(here)))
        for title, group in groups:
            if group:
                yield Option(Content.styled(_(title), "bold underline"), disabled=True)
            for command in group:
                refusal = why_not(command.id, self._situation)
                yield Option(_row(self._keymap.applied(command), refusal), id=command.id)

    def _found(self, words: list[str]) -> list[UserCommand]:
        """Return the commands that have all the words, the nearest first.

        Those whose names begin with the words come before those whose names hold them, then come
        those of which it is only told; among equals, what was chosen lately. What is for others
        comes last. Whoever looks for something else does not want to quit.
        """
        found = []
        for command in offered(self._situation):
            distance = _distance(command, words)
            if command.id != "app.palette" and distance is not None:
                for_others = why_not_for(command.id, self._situation) is not None
                place = (for_others, distance, command.id == "app.quit", self._age(command))
                found.append((place, command))
        return [command for _place, command in sorted(found, key=lambda one: one[0])]

    def _age(self, command: UserCommand) -> int:
        recent = self._recent
        return recent.index(command.id) if command.id in recent else len(recent)


def _distance(command: UserCommand, words: list[str]) -> int | None:
    """Return how far a command is from the words; ``None`` if it does not have them."""
    name = folded(_(command.label))
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 0
    if all(word in name for word in words):
        return 1
    if all(word in f"{name} {folded(_(command.help))}" for word in words):
        return 2
    return None


def _row(command: UserCommand, refusal: Refused | None) -> Content:
    key = (shown_key(command.keys[0]) if command.keys else "").ljust(7)
    if refusal is None:
        return Content.assemble((key, "bold"), (_(command.label), "bold"), f"  {_(command.help)}")
    return Content(f"{key}({_(command.label)})  {message_of(refusal)}")
