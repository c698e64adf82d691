"""A monkey at the keyboard: nothing breaks, the notice stays, the store is sound.

``MLEG_TUI_BURN=1 pytest --timeout 0 tests/gallery/test_goldens.py`` gives it ten thousand keys on
each screen; a red run names its seed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import nullcontext

from textual import events
from textual._context import active_app

from mleg_tui.preflight import fits
from mleg_tui.services.checking import findings
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.commands import COMMANDS
from tests.ui.painted import painted
from tests.ui.pilot import Play, text_of

BURN = bool(os.environ.get("MLEG_TUI_BURN"))
_AT_ONCE = 6
ROUNDS = 10_000 // _AT_ONCE if BURN else 4
_SIZES = [(80, 24), (120, 40), (60, 20), (40, 15), (200, 60)]
_MOVES = [
    *("tab", "shift+tab", "enter", "escape", "space", "backspace", "delete", "ctrl+c", "ctrl+z"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+home", "ctrl+end"),
    *(f"f{number}" for number in range(1, 13)),
]
_LETTERS = "aąbcćdeęfglłmnńoóprsśtuwzźż0123456789 .,;/\\'\"<>{}[]%$\x00\u202e\u0301漢"
_QUIT = frozenset(COMMANDS["app.quit"].keys)


async def let_a_monkey_play(play: Play, seed: str, rounds: int) -> None:
    """Give the keyboard to a monkey: nothing breaks, and the store stays sound."""
    monkey = random.Random(seed)  # noqa: S311 - no secrets, but repeatable
    # What is painted is looked at where it plays for long: that takes its time.
    with painted(play.app) if rounds > 1 else nullcontext() as terminal:
        for _round in range(rounds):
            if play.app.return_code is not None:
                break  # it found a way out that is offered, such as a failure's
            await _play_about(play, monkey)
            _see_that_it_lives(play, seed)
            if terminal is not None and play.app.return_code is None:
                assert terminal.stale == [], seed
    now = play.services.clock.now()
    assert play.stage.store.sound.read(lambda view: [*findings(view, now)]) == [], seed


async def _play_about(play: Play, monkey: random.Random) -> None:
    """Press some keys at once, and now and then paste or change the window."""
    app = play.app
    for key in _keys(monkey):
        letter = key if len(key) == 1 else {"space": " "}.get(key)
        app.post_message(events.Key(key, letter))
    if monkey.random() < 0.1:
        app.post_message(events.Paste("".join(monkey.choices(_LETTERS + "\r\n", k=40))))
    if monkey.random() < 0.1:
        await play.resize(*monkey.choice(_SIZES))
    await settle(app)


def _keys(monkey: random.Random) -> Iterator[str]:
    known = sorted({key for command in COMMANDS.values() for key in command.keys} - _QUIT)
    for _number in range(_AT_ONCE):
        key = monkey.choice(monkey.choice((known, _MOVES, [*_LETTERS])))
        if key not in _QUIT:
            yield key


def _see_that_it_lives(play: Play, seed: object) -> None:
    app = play.app
    assert app._exception is None, seed
    if app.return_code is not None:
        return
    active_app.set(app)
    width, height = app.size
    lines = strips(app)
    assert len(lines) == height, seed
    assert {line.cell_length for line in lines} == {width}, seed
    notice = "SYMULACJA", "SIMULATION"
    assert any(word in text_of(app) for word in notice) or not fits(width, height), seed
