"""The definitions of the commands, and what is made from them."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from mleg_tui.ui.availability import Situation, offered
from mleg_tui.ui.commands import COMMANDS, ONE_MEANING, TOGETHER, Place, UserCommand, shown_key
from mleg_tui.ui.keys import key_named
from tests.ui.key_table import PAGES, renewed


@pytest.mark.parametrize("places", TOGETHER, ids=lambda places: "+".join(sorted(places)))
def test_no_key_stands_for_two_commands_at_once(places: frozenset[Place]) -> None:
    for one, other in combinations(offered(Situation(places)), 2):
        assert not set(one.keys) & set(other.keys), (one.id, other.id)


@pytest.mark.parametrize("letter", sorted(ONE_MEANING))
def test_a_letter_of_habit_means_the_same_on_every_page(letter: str) -> None:
    assert len([command for command in COMMANDS.values() if letter in command.keys]) == 1


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
def test_keys_can_be_typed_on_every_keyboard_and_terminal(command: UserCommand) -> None:
    assert command.keys
    for key in command.keys:
        assert key_named(key) == key
        assert re.fullmatch(r"[a-zA-Z0-9?.,>=]|f([1-9]|1[0-2])|ctrl\+[a-z]", key), key


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
def test_what_cannot_be_taken_back_has_a_capital_letter_and_nothing_else_has(
    command: UserCommand,
) -> None:
    capitals = [key for key in command.keys if len(key) == 1 and key.isupper()]
    assert capitals == (list(command.keys) if command.is_final else [])


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
def test_no_command_needs_a_function_key(command: UserCommand) -> None:
    # A VT100 has F1 to F4 at most, and tmux or the window manager may eat the others.
    assert any(not re.fullmatch(r"f\d+", key) for key in command.keys)


def test_commands_are_named_after_a_place_and_have_label_and_help() -> None:
    for id_, command in COMMANDS.items():
        assert id_ == command.id
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", id_)
        assert command.label
        assert command.help.endswith(".")


def test_keys_are_shown_as_they_are_printed_on_keyboards() -> None:
    assert [shown_key(key) for key in ("f1", "ctrl+q", "z", "pageup")] == [
        "F1",
        "Ctrl+Q",
        "z",
        "PgUp",
    ]


@pytest.mark.parametrize("language", PAGES)
def test_the_documentation_has_the_present_keys(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    assert text == renewed(text, language), "run python -m tests.ui.key_table"
