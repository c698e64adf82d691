"""A list over the page, of which one entry is chosen; a long one can be searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _
from mleg_tui.services.columns import folded
from mleg_tui.ui.modal import ListModal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import ComposedLabel

Choices = Sequence[tuple[str, str]]
"""What can be chosen: ids, and what they are called in the session's language."""
_LONG = 14
"""A list that is longer can be searched, and says how many entries it has."""


class Choice(ListModal):
    """Answers with the id that was chosen."""

    CSS = """
    Choice OptionList {
        height: auto; max-height: 14; border: none; padding: 0; background: $surface;
        scrollbar-size-vertical: 1;
    }
    Choice.-tall OptionList { max-height: 20; }
    Choice.-long #frame { width: 78; max-width: 98%; padding: 0 1; }
    Choice.-long OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    """
    AUTO_FOCUS = "Input, OptionList"

    def __init__(
        self, title: MessageId, choices: Callable[[], Choices], chosen: str | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        self._is_long = len(choices()) > _LONG
        self.set_class(self._is_long, "-long")

    def compose(self) -> ComposeResult:
        """Draw the title, the field to search in, and the list."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield ComposedLabel(self._heading, id="title")
            if self._is_long:
                yield Entry(placeholder=_("Szukaj"), compact=True)
            yield MlegOptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin at what holds now."""
        self._list()

    def say(self) -> None:
        """Name the choices in the session's present language; the mark stays where it is."""
        for field in self.query(Input):
            field.placeholder = _("Szukaj")
        marked = self.query_one(OptionList).highlighted_option
        self._chosen = marked.id if marked else None
        self._list()

    @property
    def _found(self) -> Choices:
        """The choices that have all the words that were typed."""
        words = [word for field in self.query(Input) for word in folded(field.value).split()]
        return [one for one in self._choices() if all(word in folded(one[1]) for word in words)]

    def _heading(self) -> str:
        title, all_ = _(self._title), len(self._choices())
        if not self._is_long:
            return title
        found = len(self._found) if self.is_mounted else all_
        return f"{title} ({all_})" if found == all_ else f"{title} ({found}/{all_})"

    def _list(self) -> None:
        found, options = self._found, self.query_one(OptionList)
        ids = [id_ for id_, _label in found]
        options.clear_options()
        options.add_options(Option(label, id=id_) for id_, label in found)
        if found:
            options.highlighted = ids.index(self._chosen) if self._chosen in ids else 0
        else:
            options.add_option(Option(_("Nic nie pasuje."), disabled=True))
        self.query_one("#title", ComposedLabel).say()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._list()
