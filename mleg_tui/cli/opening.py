"""The services of a plain command, which happens at one moment however long it takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.compose import open_services, settings_from
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.locale import advice_of, message_of
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.services import Services


@contextmanager
def services_at_one_moment(arguments: Arguments) -> Iterator[Services]:
    """Open the store, made if it is new, with every order brought up to the present.

    What somebody has to know about its time who comes back to it is told. The audit is tidied up
    when the command is done: one that exports it has all of it.
    """
    settings = settings_from(os.environ, arguments.store)
    services = open_services(settings, StandingClock(datetime.now(UTC)))
    with closing(services.store):
        for news in services.time.news(services.opened_at):
            output.tell(message_of(news), advice_of(news))
        services.progression.catch_up()
        yield services
        with suppress(StoreUnusable):  # a later one will do it
            services.progression.tidy_up()
