"""A list of what can be done here; what cannot is greyed, and the line below says why.

What was done is told there, too, until something else is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mleg_tui.locale import _, message_of
from mleg_tui.ui.availability import Situation, offered, why_not
from mleg_tui.ui.commands import COMMANDS, Place, UserCommand, shown_key
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.option_list import MlegOptionList


class ActionList(Vertical):
    """The commands of one place."""

    DEFAULT_CSS = """
    ActionList { width: 34; height: auto; }
    ActionList OptionList {
        height: auto; max-height: 100%; border: none; padding: 0; background: $background;
    }
    ActionList #why, ActionList Answer { height: auto; margin-top: 1; padding: 0 1; }
    ActionList #why { color: $quiet; }
    """

    @dataclass
    class Asked(Message):
        """A command was chosen."""

        command: str

    def __init__(self, place: Place) -> None:
        super().__init__(id="actions")
        self._place = place
        self._situation = Situation()
        self._is_begun = False
        self._marked_before = 0

    def compose(self) -> ComposeResult:
        """Draw the list and the line below."""
        yield MlegOptionList(compact=True, markup=False)
        yield Answer()
        yield Static(id="why", markup=False)

    def show(self, situation: Situation) -> None:
        """Grey what cannot be done now.

        The mark begins at the first thing that can be done, and stays where it is from then on.
        """
        self._situation = situation
        options = self.query_one(OptionList)
        if not options.option_count:
            options.add_options(Option("", id=command.id) for command in self._commands())
            options.highlighted = 0
        if not self._is_begun:
            self._begin(options)
        self.say()

    def _begin(self, options: OptionList) -> None:
        """Mark the first thing that can be done, once there is one."""
        for place, command in enumerate(self._commands()):
            if why_not(command.id, self._situation) is None:
                options.highlighted = place
                self._is_begun = True
                return

    def done(self, told: Callable[[], str]) -> None:
        """Say what was done, in the place of what the marked command would do."""
        self.query_one(Answer).done(told)
        self.say()

    @property
    def _keymap(self) -> Keymap:
        return program_of(self).keymap

    def _commands(self) -> Sequence[UserCommand]:
        return [c for c in offered(self._situation) if c.place is self._place]

    def say(self) -> None:
        """Say what the marked command does, or why it cannot."""
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return
        id_ = options.get_option_at_index(options.highlighted).id or ""
        for command in self._commands():
            shown, marked = self._keymap.applied(command), command.id == id_
            options.replace_option_prompt(command.id, _row(shown, self._situation, marked=marked))
        refusal = why_not(id_, self._situation)
        told = f"✗ {message_of(refusal)}" if refusal else _(COMMANDS[id_].help)
        why = self.query_one("#why", Static)
        why.update(told)
        why.display = not self.query_one(Answer).has_class("-done")

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index != self._marked_before:
            self._marked_before = event.option_index
            self.query_one(Answer).clear()
        self.say()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Asked(event.option_id))


def _row(command: UserCommand, situation: Situation, *, marked: bool) -> Content:
    """Draw a command; one that cannot be given has brackets, and is dim where it is not marked."""
    key, label = (shown_key(command.keys[0]) if command.keys else " "), _(command.label)
    if why_not(command.id, situation) is None:
        return Content.assemble((key, "bold"), f"  {label}")
    return Content.assemble((f"{key}  ({label})", "" if marked else "dim"))
