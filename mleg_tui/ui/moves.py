"""The keys that move the cursor: those of the widgets, and more that the user may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mleg_tui.domain.messages import N_, MessageId

MOVES_TITLE = N_("Poruszanie się")


@dataclass(frozen=True, slots=True)
class Move:
    """A key that widgets understand. Other keys can stand for it where nothing is typed."""

    id: str
    key: str
    help: MessageId


_ALL = (
    Move("move.up", "up", N_("W górę: wiersz, pozycja listy, pole wyżej.")),
    Move("move.down", "down", N_("W dół: wiersz, pozycja listy, pole niżej.")),
    Move("move.left", "left", N_("W lewo: karta, przycisk.")),
    Move("move.right", "right", N_("W prawo: karta, przycisk.")),
    Move("move.page_up", "pageup", N_("Strona w górę.")),
    Move("move.page_down", "pagedown", N_("Strona w dół.")),
    Move("move.first", "home", N_("Na początek.")),
    Move("move.last", "end", N_("Na koniec.")),
    Move("move.next", "tab", N_("Do następnego pola albo przycisku.")),
    Move("move.previous", "shift+tab", N_("Do poprzedniego pola albo przycisku.")),
    Move("move.choose", "enter", N_("Wybiera, otwiera, zatwierdza.")),
    Move("move.back", "escape", N_("Wraca, zamyka okno.")),
)

MOVES: Mapping[str, Move] = {move.id: move for move in _ALL}
