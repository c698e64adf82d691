"""``mleg-tui store``: where the data are, making them, and looking whether they are whole."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.compose import Settings, open_store, settings_from
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.services.founding import found
from mleg_tui.services.store import KINDS, View
from mleg_tui.simulation.world import WORLD_ID, World


class StoreMissing(StoreUnusable):
    """There is no store yet where one was looked for."""

    message = N_("Magazynu danych jeszcze nie ma: {path}")
    advice = N_("Załóż go poleceniem mleg-tui store init.")


def run(arguments: Arguments) -> int:
    """Do what was asked about the store."""
    settings = settings_from(os.environ, arguments.store)
    match arguments.command:
        case "path":
            output.show([location(settings.store)])
        case "init":
            _init(settings, arguments.data)
        case "check":
            _check(settings.store)
    return 0


def location(url: str) -> str:
    """Return where a store is, as a whole path if it is a file. Raises ``StoreUnsupported``."""
    open_store(url).close()
    path = url.removeprefix("tinydb:")
    return url if url == "memory:" else str(Path(path).expanduser().absolute())


def contents(url: str) -> tuple[dict[str, int], str]:
    """Read every record and return how many there are of each kind, and the revision.

    Makes nothing. Raises ``StoreMissing`` and what else makes the store unusable.
    """
    with closing(open_store(url)) as store:
        return store.read(lambda view: _counts(view, url)), store.revision()


def _counts(view: View, url: str) -> dict[str, int]:
    if view.find(World, WORLD_ID) is None:
        raise StoreMissing(path=location(url))
    return {
        name: len(view.select(kind))  # type: ignore[type-var]  # whichever kind of record it is
        for name, kind in KINDS.items()
    }


def _check(url: str) -> None:
    counts, revision = contents(url)
    output.show([_("Magazyn danych jest w porządku: {path}").format(path=location(url))])
    output.show(f"{name}: {count}" for name, count in counts.items())
    output.show([_("rewizja: {revision}").format(revision=revision)])


def _init(settings: Settings, data: str | None) -> None:
    beginning = replace(settings.beginning, data=Path(data).expanduser() if data else None)
    with closing(open_store(settings.store)) as store:
        new = found(store, beginning, datetime.now(UTC))
    said = _("Założono magazyn danych: {path}") if new else _("Magazyn danych już jest: {path}")
    output.show([said.format(path=location(settings.store))])
