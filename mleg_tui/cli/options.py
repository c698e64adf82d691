"""How a command says what it takes: a frozen dataclass whose fields are options and arguments.

A group's module lists its commands, each with what it does, its arguments and what obeys it. A
text is a message of the catalogue, translated when the grammar is built.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from mleg_tui.cli.parser import PROGRAM, BadUsage, Parser
from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _
from mleg_tui.services.files import naming

A = TypeVar("A", bound="Arguments")


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What every command takes, and its whole name, such as ``mleg-tui order place``."""

    command: str = PROGRAM
    store: str | None = None
    lang: str | None = None

    @classmethod
    def from_parsed(cls, parsed: Namespace) -> Self:
        """Return what was given on a command line; the rest is as the fields say."""
        given: dict[str, Any] = {}
        for one in fields(cls):
            if one.name in parsed:
                value = getattr(parsed, one.name)
                given[one.name] = tuple(value) if isinstance(value, list) else value
        return cls(**given)

    def wrong(self, problem: str) -> BadUsage:
        """Return what is to be raised for arguments that make no sense."""
        return BadUsage(problem=problem, command=self.command)

    def needed(self, option: str, value: str | None) -> str:
        """Return the value of an option that only this use needs. Raises ``BadUsage``."""
        if value is None:
            raise self.wrong(_("brakuje: {option}").format(option=option))
        return value


def path_of(given: str) -> Path:
    """Return the path that was given, ``~`` a home directory. Raises ``BadFile``."""
    with naming(given):
        return Path(given).expanduser()


def option(flag: str, does: MessageId, *, default: Any = None, **settings: Any) -> Any:
    """Return a field that an option fills; ``settings`` are those of argparse.

    ``under`` is the heading that it has in the help. Those with ``either`` exclude each other; it
    says whether one of them is needed.
    """
    return field(default=default, metadata={"flags": (flag,), "help": does, **settings})


def switch(flag: str, does: MessageId, **settings: Any) -> Any:
    """Return a field for an option without a value."""
    return option(flag, does, default=False, action="store_true", **settings)


def several(flag: str, does: MessageId, **settings: Any) -> Any:
    """Return a field for an option that may stand several times."""
    return option(flag, does, default=(), action="append", **settings)


def argument(does: MessageId, *, default: Any = "", **settings: Any) -> Any:
    """Return a field for a word that stands without an option."""
    return field(default=default, metadata={"flags": (), "help": does, **settings})


class Command(NamedTuple):
    """A command: what it does, what it takes, and the function that obeys it."""

    does: MessageId | None
    arguments: type[Arguments]
    run: Callable[[Any], int]

    def describe(self, parser: Parser) -> None:
        """Add what it takes to its parser."""
        parser.set_defaults(obeyed_by=self, command=parser.prog)
        places: dict[object, Any] = {}
        for one in fields(self.arguments):
            if "flags" in one.metadata:
                _add(one, parser, places)

    def takes(self, name: str) -> bool:
        """Tell whether it has an option or argument of its own with this name."""
        return any(one.name == name for one in fields(self.arguments))

    def obey(self, parsed: Namespace) -> int:
        """Run it with what was given; return the exit status."""
        return self.run(self.arguments.from_parsed(parsed))


def command(does: MessageId, arguments: type[A], run: Callable[[A], int]) -> Command:
    """Return a command whose function takes its arguments."""
    return Command(does, arguments, run)


def sole(arguments: type[A], run: Callable[[A], int]) -> Command:
    """Return the command that a group is itself: what the group does is in the program's help."""
    return Command(None, arguments, run)


def _add(one: Field[Any], parser: Parser, places: dict[object, Any]) -> None:
    """Add a field where it belongs; ``places`` are the parts of the parser that are there."""
    said: dict[str, Any] = {
        name: _(value) if isinstance(value, MessageId) else value
        for name, value in one.metadata.items()
    }
    flags, under, either = said.pop("flags"), said.pop("under", None), said.pop("either", None)
    place = under if either is None else either
    if place not in places:
        if either is not None:
            places[place] = parser.add_mutually_exclusive_group(required=either)
        else:
            places[place] = parser.add_argument_group(under) if under else parser
    if flags:
        places[place].add_argument(*flags, dest=one.name, **said)
    else:
        places[place].add_argument(one.name, **said)
