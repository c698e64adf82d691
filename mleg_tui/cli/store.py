"""``mleg-tui store``: where the data are, making, checking and moving them.

The files that stores are moved in are gone through line by line, so their size does not matter.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from mleg_tui.cli import output, person, progress
from mleg_tui.cli.options import A, Arguments, Command, argument, command, option, path_of, switch
from mleg_tui.cli.plain import Plain, instant, show
from mleg_tui.compose import location, open_store, settings_from
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.errors import BadInput, StoreUnusable
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.files import lines_of, naming
from mleg_tui.services.initial_data import fill_if_new
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import KINDS, PlacedStore, Record, View, Work, table_name
from mleg_tui.simulation.typed import parse_audit_days
from mleg_tui.simulation.world import WORLD_ID, World

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.services.checking import Finding
    from mleg_tui.services.retention import AuditKept, Retention

T = TypeVar("T", str, bytes)
STANDARD = "-"
_MOST_TOLD = 100
_TABLES: Mapping[str, MessageId] = {
    "worlds": N_("ustawienia symulacji"),
    "universities": N_("uczelnie"),
    "students": N_("studenci"),
    "accounts": N_("konta"),
    "login_attempts": N_("nieudane logowania"),
    "orders": N_("zamówienia"),
    "dues": N_("należności"),
    "payments": N_("wpłaty"),
    "bank_accounts": N_("numery kont"),
    "phones": N_("telefony"),
    "verifications": N_("sprawdzenia dokumentów"),
    "exercises": N_("ćwiczenia"),
    "classrooms": N_("zajęcia"),
    "participants": N_("osoby na zajęciach"),
    "world_records": N_("światy osób na zajęciach"),
    "frames": N_("kopie ekranów z zajęć"),
    "events": N_("wpisy dziennika"),
}
"""Findings of a check."""


@dataclass(frozen=True, kw_only=True)
class Init(Arguments):
    """What a new store is filled with."""

    data: str | None = option("--data", N_("inny katalog danych"), metavar=N_("KATALOG"))


@dataclass(frozen=True, kw_only=True)
class Export(Arguments):
    """Where it is written to."""

    file: str = argument(N_("dokąd; - to standardowe wyjście"), metavar=N_("PLIK|-"))


@dataclass(frozen=True, kw_only=True)
class Import(Arguments):
    """What is read."""

    file: str = argument(
        N_("eksport, do pustego magazynu; - to standardowe wejście"),
        nargs="?",
        metavar=N_("PLIK|-"),
        either=True,
    )
    roster: str | None = option(
        "--roster",
        N_("lista studentów (CSV albo JSON Lines), do magazynu, który już jest"),
        metavar=N_("PLIK|-"),
        either=True,
    )
    replace: bool = switch(
        "--replace", N_("zastępuje to, co w magazynie jest; najpierw zapisuje tego kopię")
    )


@dataclass(frozen=True, kw_only=True)
class Audit(Plain):
    """How long the audit is kept."""

    keep: str | None = option(
        "--keep",
        N_("tyle dni prawdziwego czasu; starsze zdarzenia znikają same"),
        metavar=N_("DNI|forever"),
    )
    yes: bool = switch("--yes", N_("nie pyta"))


class StoreMissing(StoreUnusable):
    """There is no store yet where one was looked for."""

    message = N_("Magazynu danych jeszcze nie ma: {path}")
    advice = N_("Załóż go poleceniem mleg-tui store init.")


class ExportCut(StoreUnusable):
    """The store has to be read again, but what was read so far has been written out."""

    message = N_("Połączenie z magazynem zerwało się, eksport jest niepełny: {path}")
    advice = N_("Wyeksportuj go jeszcze raz.")


class ReadTwice(BadInput):
    """Something that can be read once only has to be read again."""

    message = N_("Tych danych nie można przeczytać drugi raz, niczego nie zaimportowano: {path}")
    advice = N_("Zapisz je do pliku i zaimportuj plik.")


def _path(url: str, _arguments: Arguments) -> None:
    output.show([location(url)])


def _init(url: str, arguments: Init) -> None:
    data = path_of(arguments.data) if arguments.data else None
    beginning = settings_from(os.environ, url).beginning._replace(data=data)
    with closing(open_store(url)) as store:
        new = fill_if_new(store, beginning, datetime.now(UTC))
    said = _("Założono magazyn danych: {path}") if new else _("Magazyn danych już jest: {path}")
    output.show([said.format(path=location(url))])


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


def _check(url: str, _arguments: Arguments) -> None:
    from mleg_tui.services.checking import (
        StoreInconsistent,
        check_readable,
        repeated,
    )

    with closing(open_store(url)) as store:
        store.check_place()
        check_readable(store)
    with _present(url) as store:
        twice, revision = repeated(store), store.revision()
        counts, found = store.read(_looked_over)
    if twice or found:
        raise StoreInconsistent((*twice, *found), path=location(url))
    output.show([_("Magazyn danych jest w porządku: {path}").format(path=location(url))])
    output.show(f"{_(_TABLES[name])}: {count}" for name, count in counts.items())
    output.show([_("rewizja: {revision}").format(revision=revision)])


def _looked_over(view: View) -> tuple[dict[str, int], list[Finding]]:
    """Return how many records of each kind there are, and what is wrong with them."""
    from mleg_tui.services.checking import MoreFindings, findings, size_of

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


def _migrate(url: str, _arguments: Arguments) -> None:
    with _present(url) as store, progress.shown(_("Przenoszenie")):
        store.transact(lambda _: None)
    output.show([_("Magazyn danych ma układ tej wersji programu: {path}").format(path=store.place)])


def _recover(url: str, _arguments: Arguments) -> None:
    from mleg_tui.services.recovery import Recovery

    with closing(open_store(url)) as store:
        kept = Recovery(store, SystemClock()).recover()
        output.show([_("Przywrócono ostatni dobry stan: {path}").format(path=store.place)])
    if kept is not None:
        output.tell(_("Uszkodzony plik: {path}").format(path=kept))


def _export(url: str, arguments: Export) -> None:
    name = arguments.file or STANDARD
    with _present(url) as store:
        _write_all(store, name)
    if name != STANDARD:
        output.show([_("Wyeksportowano magazyn danych: {path}").format(path=name)])


def _import(url: str, arguments: Import) -> None:
    if arguments.roster:
        with _present(url) as store:
            count = _read_roster(store, arguments.roster)
        output.show([_("Zaimportowano studentów: {count}").format(count=count)])
        return
    with closing(open_store(url)) as store:
        count, copy = _read_all(store, arguments.file or STANDARD, replacing=arguments.replace)
    if copy is not None:
        output.tell(_("Kopia tego, co było: {path}").format(path=copy))
    output.show([_("Zaimportowano wpisów: {count}").format(count=count)])


def _write_all(store: PlacedStore, name: str) -> None:
    """Write all that is in the store to a file, or to standard output."""
    from mleg_tui.services.checking import size_of
    from mleg_tui.stores.transfer import exported, write

    path = None if name == STANDARD else path_of(name)
    begun = False

    def write_out(view: View) -> None:
        nonlocal begun
        if begun and path is None:
            raise ExportCut(path=store.place)
        begun = True
        with progress.shown(_("Eksport"), size_of(view), beside=path is None) as tell:
            lines = progress.counted(exported(view), tell)
            if path is None:
                output.show_bytes(line + b"\n" for line in lines)
            else:
                write(path, lines)

    store.read(write_out)


def _read_all(store: PlacedStore, name: str, *, replacing: bool) -> tuple[int, Path | None]:
    """Read an export into the store; return how many records, and the copy of what was there."""
    from mleg_tui.stores.transfer import (
        exported,
        is_empty,
        place_of_copy,
        restore,
        understood,
        write,
    )

    source = Source(name)
    copy = place_of_copy(store.place, "import") if replacing else None

    def change(work: Work) -> tuple[int, Path | None]:
        kept = None if is_empty(work) else copy
        if kept is not None:
            write(kept, exported(work))
        try:
            return restore(work, understood(source.lines()), replacing=replacing), kept
        except BaseException:
            if kept is not None:
                kept.unlink(missing_ok=True)  # nothing was replaced
            raise

    return store.transact(change)


def _read_roster(store: PlacedStore, name: str) -> int:
    """Read other people's list of students into the store; return how many they are."""
    from mleg_tui.services import roster
    from mleg_tui.services.unit_of_work import UnitOfWork

    source = Source(name)
    work = UnitOfWork(store, SystemClock())
    return roster.enrol(work, Administrator(), lambda: roster.read(source.texts()))


class Source:
    """A file, or standard input, whose lines are gone through with a bar that tells how far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path = None if name == STANDARD else path_of(name)
        self._is_used_up = False
        with naming(name):
            if self._path is not None and stat.S_ISREG(self._path.stat().st_mode):
                self._path.open("rb").close()  # before the store is asked for anything

    def lines(self) -> Iterator[bytes]:
        """Yield the lines with their ends. Raises ``BadFile``, ``LineTooLong``, ``ReadTwice``."""
        with naming(self._name), self._opened() as file:
            yield from self._passing(lines_of(file, self._name), file)

    def texts(self) -> Iterator[str]:
        """Yield the lines of a text like ``lines``."""
        with naming(self._name), self._opened() as file:
            text = io.TextIOWrapper(file, "utf-8", newline="")
            try:
                yield from self._passing(lines_of(text, self._name), file)
            finally:
                text.detach()

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if self._is_used_up:
            raise ReadTwice(path=self._name)
        if self._path is None:
            self._is_used_up = True
            yield io.BytesIO() if sys.stdin is None else sys.stdin.buffer
            return
        with self._path.open("rb") as file:
            self._is_used_up = not stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            yield file

    def _passing(self, lines: Iterator[T], file: BinaryIO) -> Iterator[T]:
        size = None if self._is_used_up else os.fstat(file.fileno()).st_size
        with progress.shown(_("Import"), size) as tell:
            for number, line in enumerate(lines):
                if size and not number % progress.STEP:
                    tell(file.tell())
                yield line


def _audit(url: str, arguments: Audit) -> None:
    """Show how long the audit is kept, or set it; what goes then does so with a yes."""
    from mleg_tui.services.retention import Retention

    with _present(url) as store:
        retention = Retention(store, SystemClock())
        if arguments.keep is not None:
            _keep_audit(retention, parse_audit_days(arguments.keep), yes=arguments.yes)
        kept = retention.show()
    oldest = kept.oldest and instant(kept.oldest)
    document = {"keep_days": kept.days, "events": kept.events, "oldest": oldest}
    show(arguments, document, _audit_lines(kept))


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


def _command(does: MessageId, takes: type[A], act: Callable[[str, A], None]) -> Command:
    """Return a command that acts on the store that is meant."""

    def run(arguments: A) -> int:
        act(settings_from(os.environ, arguments.store).store, arguments)
        return 0

    return command(does, takes, run)


COMMANDS = {
    "path": _command(N_("pokazuje, gdzie jest"), Arguments, _path),
    "init": _command(N_("zakłada go i wypełnia danymi demonstracyjnymi"), Init, _init),
    "check": _command(N_("sprawdza go, nic nie zmieniając"), Arguments, _check),
    "recover": _command(
        N_("wraca do ostatniej dobrej kopii, jeśli jest uszkodzony"), Arguments, _recover
    ),
    "export": _command(N_("zapisuje wszystko do pliku JSON Lines"), Export, _export),
    "import": _command(N_("wczytuje wszystko albo nic"), Import, _import),
    "migrate": _command(N_("przenosi go do układu tej wersji programu"), Arguments, _migrate),
    "audit": _command(N_("pokazuje i ustala, jak długo trzyma dziennik zmian"), Audit, _audit),
}
