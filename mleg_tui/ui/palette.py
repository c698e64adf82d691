"""The palette: every command by name, the ones that cannot be used now with their reason."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.folding import folded
from mleg_tui.locale import _, message_of
from mleg_tui.ui.availability import Situation, offered, why_not
from mleg_tui.ui.commands import UserCommand, shown_key
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.option_list import MlegOptionList


class Palette(Modal[str | None]):
    """Answers with the id of the command that was chosen."""

    CSS_PATH = "palette.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, situation: Situation, keymap: Keymap) -> None:
        super().__init__()
        self._situation = situation
        self._keymap = keymap

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

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_move(self, by: int) -> None:
        """Move in the list while typing goes on."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _list(self, typed: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        for command in self._found(folded(typed).split()):
            refusal = why_not(command.id, self._situation)
            row = _row(self._keymap.applied(command), refusal)
            options.add_option(Option(row, id=command.id))
        if options.option_count:
            options.highlighted = 0
        else:
            options.add_option(Option(_("Nie ma takiego polecenia."), disabled=True))

    def _found(self, words: list[str]) -> list[UserCommand]:
        """Return the commands that have all the words; those that are called so come first."""

        def has_all(text: str) -> bool:
            return all(word in folded(text) for word in words)

        found = [
            command
            for command in offered(self._situation)
            if command.id != "app.palette" and has_all(f"{_(command.label)} {_(command.help)}")
        ]
        return sorted(found, key=lambda command: not has_all(_(command.label)))


def _row(command: UserCommand, refusal: Refused | None) -> Content:
    key = (shown_key(command.keys[0]) if command.keys else "").ljust(7)
    if refusal is None:
        return Content.assemble((key, "bold"), (_(command.label), "bold"), f"  {_(command.help)}")
    return Content(f"{key}({_(command.label)})  {message_of(refusal)}")
