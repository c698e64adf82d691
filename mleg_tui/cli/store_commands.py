"""``mleg-tui store``: where the data are, making them, and looking whether they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from mleg_tui.cli import given, output, person, progress
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import instant
from mleg_tui.cli.store_files import STANDARD, export, import_all, import_roster
from mleg_tui.compose import Settings, location, open_store, settings_from
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.services.checking import (
    Finding,
    MoreFindings,
    StoreInconsistent,
    check_readable,
    findings,
    repeated,
    size_of,
)
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.founding import found
from mleg_tui.services.recovery import Recovery
from mleg_tui.services.retention import AuditKept, Retention
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import KINDS, PlacedStore, Record, View, table_name
from mleg_tui.simulation.typed import parse_audit_days
from mleg_tui.simulation.world import WORLD_ID, World

_MOST_TOLD = 100
"""Findings of a check."""


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
        case "export":
            _export(settings.store, arguments.file or STANDARD)
        case "import" if arguments.roster:
            _import_roster(settings.store, arguments.roster)
        case "import":
            _import(settings.store, arguments.file or STANDARD, replacing=arguments.replace)
        case "audit":
            _audit(settings.store, arguments)
        case command:
            {"check": _check, "migrate": _migrate, "recover": _recover}[command](settings.store)
    return 0


def contents(url: str) -> tuple[dict[str, int], str]:
    """Read every record and return how many there are of each kind, and the revision.

    Makes nothing. Raises ``StoreMissing`` and what else makes the store unusable.
    """
    with _present(url) as store:
        store.check_place()
        return store.read(_counts), store.revision()


@contextmanager
def _present(url: str) -> Iterator[PlacedStore]:
    """Open a store that is there. Raises ``StoreMissing``."""
    with closing(open_store(url)) as store:
        if store.read(lambda view: view.find(World, WORLD_ID)) is None:
            raise StoreMissing(path=store.place)
        yield store


def _counts(view: View) -> dict[str, int]:
    return {name: sum(1 for _ in view.stream(kind)) for name, kind in KINDS.items()}


def _check(url: str) -> None:
    with closing(open_store(url)) as store:
        store.check_place()
        check_readable(store)
    with _present(url) as store:
        twice, revision = repeated(store), store.revision()
        counts, found = store.read(_looked_over)
    if twice or found:
        raise StoreInconsistent((*twice, *found), path=location(url))
    output.show([_("Magazyn danych jest w porządku: {path}").format(path=location(url))])
    output.show(f"{name}: {count}" for name, count in counts.items())
    output.show([_("rewizja: {revision}").format(revision=revision)])


def _looked_over(view: View) -> tuple[dict[str, int], list[Finding]]:
    """Return how many records of each kind there are, and what is wrong with them."""
    counts = dict.fromkeys(KINDS, 0)

    def passed(record: Record) -> None:
        counts[table_name(type(record))] += 1
        done = sum(counts.values())
        if not done % progress.STEP:
            tell(done)

    with progress.shown(_("Sprawdzanie"), size_of(view)) as tell:
        found = findings(view, datetime.now(UTC), passed)
        told = list(islice(found, _MOST_TOLD))
        more = sum(1 for _more in found)
    return counts, [*told, MoreFindings(count=more)] if more else told


def _migrate(url: str) -> None:
    with _present(url) as store, progress.shown(_("Przenoszenie")):
        store.transact(lambda _: None)
    output.show([_("Magazyn danych ma układ tej wersji programu: {path}").format(path=store.place)])


def _recover(url: str) -> None:
    with closing(open_store(url)) as store:
        kept = Recovery(store, SystemClock()).recover()
        output.show([_("Przywrócono ostatni dobry stan: {path}").format(path=store.place)])
    if kept is not None:
        output.tell(_("Uszkodzony plik: {path}").format(path=kept))


def _export(url: str, file: str) -> None:
    with _present(url) as store:
        export(store, file)
    if file != STANDARD:
        output.show([_("Wyeksportowano magazyn danych: {path}").format(path=file)])


def _import(url: str, file: str, *, replacing: bool) -> None:
    with closing(open_store(url)) as store:
        count, copy = import_all(store, file, replacing=replacing)
    if copy is not None:
        output.tell(_("Kopia tego, co było: {path}").format(path=copy))
    output.show([_("Zaimportowano wpisów: {count}").format(count=count)])


def _import_roster(url: str, file: str) -> None:
    with _present(url) as store:
        count = import_roster(store, file)
    output.show([_("Zaimportowano studentów: {count}").format(count=count)])


def _init(settings: Settings, data: str | None) -> None:
    beginning = replace(settings.beginning, data=given.file(data) if data else None)
    with closing(open_store(settings.store)) as store:
        new = found(store, beginning, datetime.now(UTC))
    said = _("Założono magazyn danych: {path}") if new else _("Magazyn danych już jest: {path}")
    output.show([said.format(path=location(settings.store))])


def _audit(url: str, arguments: Arguments) -> None:
    """Show how long the audit is kept, or set it; what goes then does so with a yes."""
    with _present(url) as store:
        retention = Retention(store, SystemClock())
        if arguments.keep is not None:
            _keep_audit(retention, parse_audit_days(arguments.keep), yes=arguments.yes)
        kept = retention.show()
    if arguments.json:
        oldest = kept.oldest and instant(kept.oldest)
        output.show_json({"keep_days": kept.days, "events": kept.events, "oldest": oldest})
    else:
        output.show(_audit_lines(kept))


def _keep_audit(retention: Retention, days: int | None, *, yes: bool) -> None:
    before = retention.lost_before(days)
    if before is not None:
        if not yes:
            lost = _("Zdarzenia sprzed {at} znikną; zapisuje je mleg-tui office audit --csv.")
            output.tell(lost.format(at=shown(before)))
        person.confirm(_("Usuwać je?"), yes=yes)
    retention.keep(Administrator(), days)


def _audit_lines(kept: AuditKept) -> Iterator[str]:
    if kept.days is None:
        yield _("Zdarzenia są przechowywane bezterminowo.")
    else:
        yield _("Zdarzenia są przechowywane tyle dni: {days}").format(days=kept.days)
    yield _("Jest ich: {count}").format(count=kept.events)
    if kept.oldest is not None:
        yield _("Najstarsze: {at}").format(at=shown(kept.oldest))
