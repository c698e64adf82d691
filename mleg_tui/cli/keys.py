"""``mleg-tui keys``: the keys in use, as a configuration file to start from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.config import chosen_keymap, default_config
from mleg_tui.cli.options import Arguments, option, sole, switch
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.ui.keymap import Keymap


@dataclass(frozen=True, kw_only=True)
class Keys(Arguments):
    """Whose keys are shown, and how."""

    config: str | None = option("--config", N_("plik konfiguracji"), metavar=N_("PLIK"))
    preset: str | None = option(
        "--preset", N_("zestaw klawiszy zamiast pliku"), metavar=N_("NAZWA")
    )
    json: bool = switch("--json", N_("jeden dokument JSON"))


def _run(arguments: Keys) -> int:
    """Show the keys of every command, or say what is wrong with the file."""
    from mleg_tui.ui.commands import COMMANDS
    from mleg_tui.ui.keymap import MOVES, Keymap, keymap

    chosen = keymap(arguments.preset) if arguments.preset else chosen_keymap(arguments.config)
    used = chosen or Keymap()
    if arguments.json:
        output.show_json({"keys": {id_: list(used.keys(id_)) for id_ in (*COMMANDS, *MOVES)}})
    else:
        output.show(_lines(used))
    return 0


def _lines(used: Keymap) -> Iterator[str]:
    from mleg_tui.ui.commands import COMMANDS, PLACE_TITLES, Place
    from mleg_tui.ui.keymap import MOVES, MOVES_TITLE, PRESETS

    yield "# " + _("Klawisze mleg-tui. Miejsce tego pliku:")
    yield f"# {output.without_home(str(default_config()))}"
    yield "# " + _("Żeby zmienić klawisze, skreśl # na początku wiersza.")
    yield f"# preset: {', '.join(PRESETS)}"
    yield ""
    yield 'preset = "default"'
    yield ""
    yield "[keys]"
    for place in Place:
        yield f"# {_(PLACE_TITLES[place])}"
        for command in COMMANDS.values():
            if command.place is place:
                yield _entry(command.id, used, _(command.label))
    yield f"# {_(MOVES_TITLE)}"
    for move in MOVES.values():
        yield _entry(move.id, used, _(move.help))


def _entry(id_: str, used: Keymap, told: str) -> str:
    """Return a line of TOML, whose strings are JSON's; what nobody changed is a comment."""
    keys = ", ".join(json.dumps(key, ensure_ascii=False) for key in used.keys(id_))
    sign = "" if id_ in used.chosen else "# "
    return f'{sign}"{id_}" = [{keys}]  # {told}'


COMMAND = sole(Keys, _run)
