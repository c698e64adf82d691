"""A plain command: it happens at one moment and shows its result as lines or as JSON."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from mleg_tui.cli import output, person
from mleg_tui.cli.options import Arguments, switch
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import advice_of, message_of

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session

Document = dict[str, object]
Shown = tuple[Document, Iterable[str]]
"""A result in both of its forms."""


@dataclass(frozen=True, kw_only=True)
class Plain(Arguments):
    """What a plain command takes."""

    json: bool = switch("--json", N_("jeden dokument JSON"))


@dataclass(frozen=True, kw_only=True)
class Personal(Plain):
    """What a plain command takes that somebody gives in their own name."""

    user: str | None = None


P = TypeVar("P", bound=Plain)
U = TypeVar("U", bound=Personal)


def at_one_moment(act: Callable[[Services, P], Shown]) -> Callable[[P], int]:
    """Return what obeys a command: it acts on the store and shows what came of it."""

    def run(arguments: P) -> int:
        with services_at_one_moment(arguments) as services:
            shown = act(services, arguments)
        show(arguments, *shown)
        return 0

    return run


def as_user(act: Callable[[Services, Session, U], Shown | None]) -> Callable[[U], int]:
    """Return what obeys a command: it logs its user in, acts, and shows what came of it.

    What has shown its result itself returns ``None``.
    """

    def run(arguments: U) -> int:
        user = arguments.needed("--user", arguments.user)
        password = person.password()
        with services_at_one_moment(arguments) as services:
            shown = act(services, person.sign_in(services, user, password), arguments)
        if shown is not None:
            show(arguments, *shown)
        return 0

    return run


@contextmanager
def services_at_one_moment(arguments: Arguments) -> Iterator[Services]:
    """Open the store, made if it is new, with every order brought up to the present.

    The moment stays the same however long the command takes. What somebody has to know about its
    time who comes back to it is told. The audit is tidied up when the command is done: one that
    exports it has all of it.
    """
    from mleg_tui.compose import open_services, settings_from
    from mleg_tui.services.clock import StandingClock

    settings = settings_from(os.environ, arguments.store)
    services = open_services(settings, StandingClock(datetime.now(UTC)))
    with closing(services.store):
        for news in services.time.news(services.opened_at):
            output.tell(message_of(news), advice_of(news))
        services.progression.catch_up()
        yield services
        with suppress(StoreUnusable):  # a later one will do it
            services.progression.tidy_up()


def show(arguments: Plain, document: Mapping[str, object], lines: Iterable[str]) -> None:
    """Show a result in the form that was asked for."""
    if arguments.json:
        output.show_json(document)
    else:
        output.show(lines)


def amount(grosze: int) -> str:
    """Return an amount of money."""
    return f"{grosze // 100},{grosze % 100:02} PLN"


def instant(moment: datetime) -> str:
    """Return a moment as ``2026-10-05T07:00:00Z``, whole seconds in UTC."""
    from mleg_tui.domain.calendar import utc

    return utc(moment).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
