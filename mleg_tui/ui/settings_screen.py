"""What somebody may choose for themselves: language, colours, and how the program behaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import Speech, _, message_of
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.program import Program, program_of
from mleg_tui.ui.settings import AS_IN_USOSWEB, CHOICES, LIVE, THEME_LABELS
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedLabel

_TITLES: Mapping[str, MessageId] = {
    "language": N_("Język"),
    "theme": N_("Kolory"),
    "follow": N_("Strona mLegitymacja"),
    "preset": N_("Klawisze"),
    "plain": N_("Wygląd"),
}
"""What can be chosen, in the order in which it stands on the page."""
_LABELS: Mapping[object, MessageId] = {
    LIVE: N_("śledzi zamówienie na żywo"),
    AS_IN_USOSWEB: N_("zmienia się po odświeżeniu, jak w USOSweb"),
    "default": N_("zwykłe"),
    "vim": N_("jak w vim: h j k l g G"),
    False: N_("zwykły"),
    True: N_("dla czytników ekranu: bez ramek, w jednej kolumnie"),
}
_OWN_NAME = N_("polski")
"""Every language has its own name for itself in the catalogue."""
_KEPT = N_("Zapisane: {path}")
_KEPT_FOR_LATER = N_("Zapisane: {path}. Zacznie obowiązywać po ponownym uruchomieniu.")
_FOR_NOW = N_("Obowiązuje do końca tej sesji.")


class SettingsScreen(Modal[None]):
    """A list of choices. Enter chooses one, and keeps it where the session may write a file.

    The colours are those of the marked row as long as it is marked.
    """

    CSS = """
    SettingsScreen #frame {
        width: 68; max-width: 96%; max-height: 92%; padding: 0 2; border: round $edge;
    }
    SettingsScreen #title { margin-bottom: 0; }
    SettingsScreen #where { width: 100%; height: auto; color: $quiet; margin-bottom: 1; }
    SettingsScreen OptionList {
        height: auto; max-height: 13; border: none; padding: 0; background: $surface;
        background-tint: $surface 0%; scrollbar-size-vertical: 1;
    }
    SettingsScreen.-tall OptionList { max-height: 20; }
    SettingsScreen OptionList > .option-list--option-disabled { color: $primary; }
    SettingsScreen Answer { margin-top: 1; }
    SettingsScreen #leave { width: 100%; height: auto; color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", show=False)]
    AUTO_FOCUS = "OptionList"

    def compose(self) -> ComposeResult:
        """Draw the list between where it is kept and what came of the last choice."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(N_("Ustawienia"), id="title")
            yield ComposedLabel(self._where, id="where")
            yield MlegOptionList(compact=True, markup=False)
            yield Answer()
            yield TranslatedLabel(N_("Enter wybiera, Esc zamyka."), id="leave")

    def on_mount(self) -> None:
        """List the choices."""
        self.query_one(OptionList).add_options(self._rows())
        self.query_one(OptionList).highlighted = 1  # below the first heading

    def on_unmount(self) -> None:
        """Leave the colours as they were chosen."""
        self._program.show_theme(None)

    @property
    def _program(self) -> Program:
        return program_of(self)

    def _where(self) -> str:
        path = self._program.options.config
        if path is None:
            return _("Ta sesja niczego nie zapisuje: wybór obowiązuje do jej końca.")
        return _("Wybór zapisuje się w pliku {path}.").format(path=path)

    def say(self) -> None:
        """Name the choices in the session's present language; the mark stays where it is."""
        options = self.query_one(OptionList)
        marked = options.highlighted
        options.clear_options()
        options.add_options(self._rows())
        options.highlighted = marked

    def _rows(self) -> Iterator[Option]:
        for name, title in _TITLES.items():
            yield Option(Content.styled(_(title), "bold"), disabled=True)
            chosen = self._program.chosen(name)
            for value in CHOICES[name]:
                sign = "(●)" if value == chosen else "( )"
                if name == "plain" and self._program.options.config is None:
                    reason = _("ustala ten, kto uruchomił program")
                    yield Option(f"  {sign} {_label(name, value)} – {reason}", disabled=True)
                else:
                    yield Option(f"  {sign} {_label(name, value)}", id=f"{name}:{value}")

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        name, _colon, value = (event.option_id or "").partition(":")
        self._program.show_theme(value if name == "theme" else None)

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        name, _colon, written = (event.option_id or "").partition(":")
        value = next(value for value in CHOICES[name] if str(value) == written)
        answer = self.query_one(Answer)
        try:
            path = await self._program.choose(name, value)
        except MlegError as error:
            answer.refused(partial(message_of, error))
        else:
            answer.done(_told(name, path))
        self.say()


def _told(name: str, path: object) -> Callable[[], str]:
    def told() -> str:
        if path is None:
            return _(_FOR_NOW)
        kept = _KEPT_FOR_LATER if name == "plain" else _KEPT
        return _(kept).format(path=path)

    return told


def _label(name: str, value: object) -> str:
    """Name a choice; a language by its own name."""
    if name != "language":
        label = THEME_LABELS[str(value)] if name == "theme" else _LABELS[value]
        return _(label)
    return Speech(str(value)).gettext(_OWN_NAME)
