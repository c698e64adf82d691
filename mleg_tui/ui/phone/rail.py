"""What the simulator adds beside the phone: keys that no real phone has, and what it knows more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.ui.commands import COMMANDS, shown_key
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.phone.status_bar import StatusBar
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.translated import ComposedLabel, Lines

_TITLE = N_("SYMULATOR")
_BACK = N_("wstecz")
_KEYS: tuple[tuple[str, MessageId], ...] = (
    ("phone.home", N_("aplikacje")),
    ("mobywatel.network", N_("wyłącz sieć")),
    ("mobywatel.other_phone", N_("drugi telefon")),
    ("desk.switch", N_("USOSweb")),
)
_NETWORK_ON = N_("włącz sieć")
_GAP = 2


class PhoneRail(TitledCard):
    """Amber, as all that is the simulator's, so that nobody takes it for the phone."""

    def __init__(self, status_bar: StatusBar) -> None:
        self._known = ComposedLabel(id="known")
        super().__init__(_TITLE, _Keys(status_bar), self._known, simulator=True)

    def tell(self, known: Callable[[], str] = str) -> None:
        """Tell what the simulator knows and the app leaves unsaid; nothing, if nothing is given."""
        self._known.tell(known)
        self.set_class(bool(known()), "-telling")


class _Keys(Lines):
    """The keys in as many columns as fit; each can be clicked as well."""

    DEFAULT_CSS = """
    _Keys {
        height: auto; link-style: none; link-style-hover: underline;
        link-color: $simulator-foreground; link-color-hover: $simulator-foreground;
        link-background: transparent; link-background-hover: transparent;
    }
    """

    def __init__(self, status_bar: StatusBar) -> None:
        super().__init__()
        self._status_bar = status_bar

    def on_mount(self) -> None:
        """Follow the network, which a key switches."""
        self.watch(self._status_bar, "online", self.say)

    def lines(self, width: int) -> list[Content]:
        """Return the rows of keys."""
        parts = list(self._parts())
        column = max(part.cell_length for part in parts) + _GAP
        in_row = max(1, (width + _GAP) // column)
        filled = [part.pad_right(column - part.cell_length) for part in parts]
        return [Content("").join(filled[i : i + in_row]) for i in range(0, len(filled), in_row)]

    def _parts(self) -> Iterator[Content]:
        yield _part("back", "Esc", _BACK)
        for command, label in _KEYS:
            keys = program_of(self).keymap.applied(COMMANDS[command]).keys
            turned_off = command == "mobywatel.network" and not self._status_bar.online
            told = _NETWORK_ON if turned_off else label
            yield _part(f"give('{command}')", shown_key(keys[0]) if keys else "·", told)

    async def action_back(self) -> None:
        """Go back one page."""
        await self.query_ancestor(Pane).escape()

    async def action_give(self, command: str) -> None:
        """Give one of the phone's commands, also while the keys go to another pane."""
        phone = self.query_ancestor(Pane)
        phone.desk.activate(phone)
        await phone.desk.perform(command)


def _part(action: str, key: str, label: str) -> Content:
    markup = f"[@click={action}][b]$key[/b] $label[/]"
    return Content.from_markup(markup, key=key.ljust(4), label=_(label))
