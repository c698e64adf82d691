"""Which keys stand for which commands: the commands' own, a preset's, or the user's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.ui.availability import Situation, offered
from mleg_tui.ui.commands import COMMANDS, TOGETHER, Place, UserCommand, shown_key
from mleg_tui.ui.keys import BadKey, BadKeymap, key_named, near, works_in_fields

Keys = Mapping[str, Sequence[str]]
"""Keys by the id of the command, or of the move, that they stand for."""
QUIT, WAY_OUT = "app.quit", "ctrl+q"
"""Quit keeps this key whatever is chosen, so that there is always a way out."""
PRESETS: Mapping[str, Keys] = {
    "default": {},
    "vim": {
        "move.left": ["h"],
        "move.down": ["j"],
        "move.up": ["k"],
        "move.right": ["l"],
        "move.first": ["g"],
        "move.last": ["G"],
        "move.page_down": ["ctrl+d", "ctrl+f"],
        "move.page_up": ["ctrl+u", "ctrl+b"],
        "app.palette": ["f4", "ctrl+p", ":"],
        "office.find": ["/", "n"],
        "usosweb.mlegitymacja": ["L"],
        "usosweb.els": ["J"],
        "mlegitymacja.copy_pass": ["K"],
        "phone.home": ["H"],
        "inspector.finish": ["K"],
        "orders.age": ["W"],
        "student.record_hologram": ["H"],
        "student.book_payment": ["K"],
        "simulation.pause": ["H"],
        "simulation.step": ["K"],
        "simulation.agent": ["A"],
    },
}
"""What each preset changes; a command that gives way to a movement keeps its letter, with Shift."""


MOVES_TITLE = N_("Poruszanie się")


class Move(NamedTuple):
    """A key that widgets understand. Other keys can stand for it where nothing is typed."""

    id: str
    key: str
    help: MessageId


_MOVES = (
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

MOVES: Mapping[str, Move] = {move.id: move for move in _MOVES}


class NoSuchCommand(BadKeymap):
    """Keys for something that does not exist."""

    message = N_("Nie ma polecenia „{id}”.")
    advice = N_("Czy chodziło o „{near}”? Wszystkie podaje: mleg-tui keys")


class NoSuchPreset(BadKeymap):
    """A preset that does not exist."""

    message = N_("Nie ma zestawu klawiszy „{id}”.")
    advice = N_("Czy chodziło o „{near}”?")


class Clash(BadKeymap):
    """One key for two things that can be asked for at the same time."""

    message = N_("Klawisz „{key}” ma już „{other}”.")
    advice = N_("Wybierz dla „{id}” inny klawisz albo zmień także „{other}”.")


class TakenByFields(BadKeymap):
    """A command that works everywhere, but for where one types."""

    message = N_("„{id}” ma tylko klawisze, które zabiera pole tekstowe.")
    advice = N_("Dodaj F1–F12 albo Ctrl z literą, np. „{near}”.")


class Keymap(NamedTuple):
    """The keys of a session: ``chosen`` in the place of the commands' own."""

    chosen: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def keys(self, id_: str) -> tuple[str, ...]:
        """Return the keys that stand for a command or a move, the one to be shown first."""
        own = COMMANDS[id_].keys if id_ in COMMANDS else (MOVES[id_].key,)
        return self.chosen.get(id_, own)

    def command(self, key: str, situation: Situation) -> str | None:
        """Return the command that a key stands for where the user is."""
        here = (command.id for command in offered(situation) if key in self.keys(command.id))
        return next(here, None)

    def applied(self, command: UserCommand) -> UserCommand:
        """Return a command with the keys that it has here."""
        return command._replace(keys=self.keys(command.id))

    def shown(self, id_: str) -> str:
        """Return the key to be told for a command; a command without keys is in the palette."""
        keys = self.keys(id_) or self.keys("app.palette")
        return shown_key(keys[0])

    def told(self, text: str) -> str:
        """Return a text with the key of a command for each ``{key[id]}`` in it."""
        return re.sub(
            r"\{key\[([\w.]+)\]\}",
            lambda found: self.shown(found[1]) if found[1] in COMMANDS else found[0],
            text,
        )

    def move(self, key: str) -> str | None:
        """Return the key that widgets understand, for another one that stands for it."""
        meant = (move.key for move in MOVES.values() if key in self.chosen.get(move.id, ()))
        return next(meant, None)


def keymap(preset: str = "default", changes: Keys | None = None) -> Keymap:
    """Return the keymap of a preset with changes. Raises ``BadKeymap`` for what cannot be."""
    if preset not in PRESETS:
        raise NoSuchPreset(id=preset, near=near(preset, PRESETS))
    chosen: dict[str, tuple[str, ...]] = {}
    for id_, keys in {**PRESETS[preset], **(changes or {})}.items():
        if id_ not in COMMANDS and id_ not in MOVES:
            raise NoSuchCommand(id=id_, near=near(id_, (*COMMANDS, *MOVES)))
        chosen[id_] = _kept(id_, keys)
    made = Keymap(chosen)
    _check_clashes(made, tuple(changes or ()))
    _check_fields(made)
    return made


def _kept(id_: str, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys in their one spelling; a move and the way out keep their own."""
    own = MOVES[id_].key if id_ in MOVES else WAY_OUT if id_ == QUIT else ""
    return tuple(dict.fromkeys([*(_key(id_, name) for name in keys), *([own] if own else [])]))


def _key(id_: str, name: str) -> str:
    try:
        return key_named(name)
    except BadKey as error:
        raise type(error)(**{**error.details, "id": id_}) from None


def _check_clashes(made: Keymap, changed: Sequence[str]) -> None:
    """Raise ``Clash``, for the later of the user's own entries."""
    latest_first = (*MOVES, *COMMANDS, *changed)[::-1]
    for together in TOGETHER:
        owners: dict[str, str] = {}
        for id_, key in _pairs(made, together):
            other = owners.setdefault(key, id_)
            if other != id_:
                later, earlier = sorted((other, id_), key=latest_first.index)
                raise Clash(id=later, key=key, other=earlier)


def _pairs(made: Keymap, together: frozenset[Place]) -> Iterator[tuple[str, str]]:
    here = (id_ for id_, command in COMMANDS.items() if command.place in together)
    for id_ in (*MOVES, *here):
        for key in made.keys(id_):
            yield id_, key


def _check_fields(made: Keymap) -> None:
    """Raise ``TakenByFields`` for what would not work on the login page."""
    for command in COMMANDS.values():
        keys = made.keys(command.id)
        if command.place is Place.EVERYWHERE and not any(map(works_in_fields, keys)):
            raise TakenByFields(id=command.id, near=shown_key(command.keys[0]))
