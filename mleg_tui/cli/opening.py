"""The services of a plain command, which happens at one moment however long it takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from mleg_tui.cli.arguments import Arguments
from mleg_tui.compose import open_services, settings_from
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.services import Services


@contextmanager
def services_at_one_moment(arguments: Arguments) -> Iterator[Services]:
    """Open the store, made if it is new, with every order brought up to the present."""
    settings = settings_from(os.environ, arguments.store)
    services = open_services(settings, StandingClock(datetime.now(UTC)))
    with closing(services.store):
        services.progression.catch_up()
        yield services
