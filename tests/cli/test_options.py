"""A command's arguments come from its grammar, typed and unchangeable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import FrozenInstanceError, dataclass

import pytest

from mleg_tui.cli.options import Arguments, argument, command, option, several, switch
from mleg_tui.cli.parser import BadUsage, Parser, whole
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import Speech, advice_of, message_of, speak

NUMBER = N_("numer")


@dataclass(frozen=True, kw_only=True)
class Greeting(Arguments):
    name: str = argument(NUMBER, nargs="?", either=True)
    everybody: bool = switch("--all", NUMBER, either=True)
    times: str | None = option("--times", NUMBER, metavar="N", under=NUMBER)
    words: Sequence[str] = several("--word", NUMBER, metavar=NUMBER)


def obeyed(*words: str) -> Greeting:
    """Return what the function of a command is given."""
    given: list[Greeting] = []

    def greet(arguments: Greeting) -> int:
        given.append(arguments)
        return 7

    parser = Parser(prog="greet")
    command(NUMBER, Greeting, greet).describe(parser)
    parsed = parser.parse_args(words)
    assert parsed.obeyed_by.obey(parsed) == 7
    return given[0]


def test_a_function_is_given_typed_arguments() -> None:
    assert obeyed("Ala", "--word", "a", "--word", "b", "--store", "x") == Greeting(
        command="greet", store="x", name="Ala", words=("a", "b")
    )


def test_what_is_not_given_is_as_the_fields_say() -> None:
    assert obeyed("--all") == Greeting(command="greet", everybody=True)


def test_arguments_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        obeyed("Ala").name = "Ola"  # type: ignore[misc]


@pytest.mark.parametrize("words", [(), ("Ala", "--all")])
def test_one_of_two_is_needed_and_they_exclude_each_other(words: tuple[str, ...]) -> None:
    with pytest.raises(BadUsage):
        obeyed(*words)


def test_an_option_that_is_needed_names_itself_and_the_command() -> None:
    with pytest.raises(BadUsage) as refused:
        Greeting(command="greet").needed("--times", None)
    assert message_of(refused.value) == "Błędne użycie: brakuje: --times"
    assert advice_of(refused.value) == "Pomoc: greet --help"


def test_texts_are_translated_when_the_grammar_is_built() -> None:
    told = []
    for language in ("pl", "en"):
        speak(Speech(language))
        parser = Parser(prog="greet")
        command(NUMBER, Greeting, lambda _: 0).describe(parser)
        told.append(parser.format_help())
    assert "numer" in told[0]
    assert "numer" not in told[1]


def test_every_command_has_a_function_and_says_what_it_does() -> None:
    for parser in whole({}).leaves():
        obeyed_by = parser.get_default("obeyed_by")
        assert callable(obeyed_by.run), parser.prog
        assert parser.description
        assert obeyed_by.does is None or isinstance(obeyed_by.does, MessageId)
