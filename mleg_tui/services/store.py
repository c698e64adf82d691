"""The store port: what the services need of whatever keeps the records.

Records are frozen values with an ``id`` and a ``version``. A store keeps them by kind; a
transaction sees one state and is written whole or not at all. ``save`` compares the version that
was read with the one that is stored, so nobody overwrites what they have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar, runtime_checkable

from mleg_tui.domain.errors import MlegError, Refused, StoreUnusable
from mleg_tui.domain.messages import N_

SCHEMA_VERSION = 4


class Record(Protocol):
    """Anything that is kept: a frozen dataclass with an id and a version."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """What names the record among those of its kind."""

    @property
    def version(self) -> int:
        """How often it was written; 0 before it is kept."""


R = TypeVar("R", bound=Record)
T = TypeVar("T")

_WHERE: Mapping[str, str] = {
    "worlds": "mleg_tui.simulation.world:World",
    "universities": "mleg_tui.domain.university:University",
    "students": "mleg_tui.domain.student:Student",
    "accounts": "mleg_tui.domain.account:Account",
    "login_attempts": "mleg_tui.domain.account:LoginAttempts",
    "orders": "mleg_tui.domain.order:Order",
    "dues": "mleg_tui.domain.fees:Due",
    "payments": "mleg_tui.domain.fees:Payment",
    "bank_accounts": "mleg_tui.domain.fees:BankAccount",
    "phones": "mleg_tui.domain.phone:Phone",
    "verifications": "mleg_tui.domain.verification:Verification",
    "exercises": "mleg_tui.domain.exercise:StartedExercise",
    "classrooms": "mleg_tui.domain.classroom:Classroom",
    "participants": "mleg_tui.domain.classroom:Participant",
    "world_records": "mleg_tui.domain.classroom:WorldRecord",
    "frames": "mleg_tui.domain.classroom:Frame",
    "events": "mleg_tui.domain.audit:Event",
}
_NAMES: Mapping[str, str] = {where: name for name, where in _WHERE.items()}


@cache
def _imported(where: str) -> type[Record]:
    module, _, name = where.partition(":")
    kind: type[Record] = getattr(import_module(module), name)
    return kind


class _Kinds(Mapping[str, type[Record]]):
    """A kind's module is imported when the kind is asked for: the login page needs two."""

    def __getitem__(self, table: str) -> type[Record]:
        return _imported(_WHERE[table])

    def __iter__(self) -> Iterator[str]:
        return iter(_WHERE)

    def __len__(self) -> int:
        return len(_WHERE)


KINDS: Mapping[str, type[Record]] = _Kinds()
"""Table name → kind of record: everything that is kept."""

INDEXED: Mapping[str, tuple[str, ...]] = {
    "orders": ("student", "status"),
    "dues": ("student",),
    "payments": ("student",),
    "bank_accounts": ("student",),
    "phones": ("owner",),
    "verifications": ("inspector",),
    "exercises": ("student",),
    "participants": ("classroom",),
    "world_records": ("participant",),
    "events": ("record", "actor"),
}
"""Table name → the fields by which ``select`` may look records up, other than by id."""


def table_name(kind: type[Record]) -> str:
    """Return the name of the table that keeps a kind, without importing the other kinds."""
    return _NAMES[f"{kind.__module__}:{kind.__name__}"]


class Span(NamedTuple):
    """The values of a column from ``least`` on, and below another; ``None`` is no bound."""

    least: str | None = None
    below: str | None = None


Where = Mapping[str, str | Span]
"""Column → the value, or the span of values, that a record must have there."""


class Query(NamedTuple, Generic[R]):
    """Which records of a kind, and in which order.

    A record is found if it meets all of one of the ``either`` (of none, if there are none), and
    if for each of ``words`` (folded) one of its words begins with it. ``by`` is a column, or the
    ``id``; records of one value there are in the order of their ids. What columns and words a kind
    has is in ``services/columns.py``.
    """

    kind: type[R]
    words: tuple[str, ...] = ()
    either: tuple[Where, ...] = ()
    by: str = "id"
    descending: bool = False


class Change(NamedTuple):
    """A record that a transaction added, changed or removed, and whose it is.

    ``owner`` is the student whom it concerns, or the inspector, or nobody (``""``).
    """

    table: str
    id: str
    owner: str = ""


class Changes(NamedTuple):
    """What was committed up to a revision; ``None`` if too much was for anybody to know it all."""

    revision: str
    records: frozenset[Change] | None


Key = tuple[type[Record], str]
"""A kind and an id."""


class Moved(NamedTuple):
    """A record as it was before a transaction, and as it is now; ``None`` for none."""

    before: Record | None
    now: Record | None


class View(Protocol):
    """One consistent state of the store, to be read."""

    def find(self, kind: type[R], id: str, /) -> R | None:
        """Return a record, or ``None`` if there is none."""

    def get(self, kind: type[R], id: str, /) -> R:
        """Return a record. Raises ``NotFound``."""

    def select(self, kind: type[R], /, **equal: str) -> tuple[R, ...]:
        """Return the records of a kind in the order of their ids.

        ``equal`` narrows them by indexed fields; with none, all are returned. Raises
        ``TypeError`` for a field that is not in ``INDEXED``.
        """

    def many(self, kind: type[R], ids: Iterable[str], /) -> Mapping[str, R]:
        """Return the records that there are of some ids, by their ids."""

    def stream(self, kind: type[R], /) -> Iterator[R]:
        """Yield all records of a kind in the order of their ids, few of them in memory at once."""

    def page(self, query: Query[R], /, start: int = 0, count: int | None = None) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place in its order on.

        However many there are, this costs what the page costs, with few exceptions: a place far
        from both ends, and a sorting by another column than the narrowest condition.
        """

    def count(self, query: Query[R], /, most: int | None = None) -> int:
        """Return how many records a query finds; ``most`` stands for that or any number above."""


KeepCopy = Callable[[View], object]
"""Puts what is in the store aside, and returns where."""


class Work(View, Protocol):
    """A transaction: a view that can also be written to, and sees its own writes."""

    def add(self, record: R, /) -> R:
        """Add a new record at version 1 and return it so. Raises ``DuplicateKey``."""

    def save(self, record: R, /) -> R:
        """Replace the record of the same id and version and return it one version on.

        Raises ``NotFound``, or ``Conflict`` if somebody changed it since it was read.
        """

    def remove(self, record: R, /) -> None:
        """Remove the record of the same id and version. Raises like ``save``."""

    def moved(self) -> Iterator[tuple[Key, Moved]]:
        """Yield what this transaction changed so far, but for what it restored.

        Nor need it tell what was there before ``clear``.
        """

    def clear(self) -> None:
        """Remove all there is, whatever its version."""

    def restore(self, records: Iterable[Record], /) -> None:
        """Put records there as they are, their versions too: a move between stores keeps them.

        However many there are, few of them are in memory at once where the store can write them
        away. Raises ``DuplicateKey``.
        """


class Store(Protocol):
    """Keeps records, for many processes at once.

    A store that does not exist yet reads as an empty one; the first change makes it. To fill a
    new one only once, look inside the transaction whether it is still empty.
    """

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction; an exception leaves the store as it was.

        ``change`` may be run again where another writer came first, so it decides everything
        from the ``Work`` it is given. Raises ``StoreUnusable``, what ``change`` raises, and
        ``RuntimeError`` for a transaction inside a transaction of the same thread.
        """

    def revision(self) -> str:
        """Return a cheap mark that differs after anything was committed, by any process."""

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision, by any process, and the revision it led to.

        Cheap when nothing was. Nothing is known of before ``""`` and of what is long past.
        """

    def watch(self, call: Callable[[], object], /) -> Callable[[], None] | None:
        """Call, in some thread, whenever something may have been committed, by any process.

        Returns what ends it, or ``None`` where nobody tells the store: then one has to look.
        """

    def close(self) -> None:
        """Let go of files and connections."""


class BadRecord(NamedTuple):
    """A record that cannot be read: its table and id, why, and where it stands in a file."""

    name: str
    problem: MlegError
    line: int | None = None


class PlacedStore(Store, Protocol):
    """A store that somebody named by a URL."""

    @property
    def place(self) -> str:
        """Where it is, to be shown: never with a secret."""

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` where many processes would not be safe from each other."""

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that cannot be read. Raises ``StoreUnusable``."""

    def repeated(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that are there twice, or have a field twice.

        They can be read, as the last one says. Raises ``StoreUnusable``.
        """


@runtime_checkable
class Recoverable(Protocol):
    """A store that keeps its state before the last transaction beside itself."""

    def is_whole(self) -> bool:
        """Tell whether every record can be read. Raises what else makes the store unusable."""

    def last_good(self) -> Path | None:
        """Return where the last good copy is, ``None`` if there is none."""

    def use_last_good(self, suffix: str) -> Path | None:
        """Put the last good copy in the store's place; the broken one stays under a suffix.

        Returns where it stays, ``None`` if nothing was there any more. Raises ``StoreUnusable``,
        also for a copy that is broken itself; nothing is changed then.
        """


class NotFound(Refused):
    """No such record."""

    message = N_("Nie ma takiego wpisu: {id}.")
    advice = N_("Sprawdź pisownię i spróbuj ponownie.")


class DuplicateKey(Refused):
    """A record of this id is already there."""

    message = N_("Wpis {id} już istnieje.")
    advice = N_("Użyj innego identyfikatora.")


class Conflict(Refused):
    """Somebody else changed the record first."""

    message = N_("Ktoś zmienił te dane przed chwilą.")
    advice = N_("Odśwież stronę i spróbuj ponownie.")


class StoreBusy(StoreUnusable):
    """Another process holds the store for too long."""

    message = N_("Magazyn danych jest zajęty przez inny proces: {path}")
    advice = N_("Poczekaj chwilę; jeśli to nie minie, zakończ proces, który go trzyma.")


class StoreReadOnly(StoreUnusable):
    """The store can be read but not written."""

    message = N_("Magazynu danych nie można zapisać: {path}")
    advice = N_("Popraw prawa do pliku i katalogu albo wskaż inny magazyn opcją --store.")


class StoreUnreadable(StoreUnusable):
    """The operating system does not give the store out."""

    message = N_("Magazynu danych nie można odczytać: {path} ({reason})")
    advice = N_("Popraw prawa do pliku i katalogu albo wskaż inny magazyn opcją --store.")


class StoreFull(StoreUnusable):
    """No space is left; nothing was changed."""

    message = N_("Brak miejsca na dysku, nic nie zostało zmienione: {path}")
    advice = N_("Zwolnij miejsce i spróbuj ponownie.")


class StoreTooLarge(StoreUnusable):
    """More than such a store may hold; nothing was changed."""

    message = N_("Magazyn danych w pliku JSON może mieć najwyżej {most} MB: {path}")
    advice = N_("Użyj magazynu sqlite: albo postgresql:, albo wskaż inny plik opcją --store.")


class StoreCorrupt(StoreUnusable):
    """The content cannot be understood."""

    message = N_("Magazyn danych jest uszkodzony: {path} ({reason})")
    advice = N_(
        "Magazyn pozostał nietknięty. Przywróć jego kopię zapasową albo wskaż inny opcją --store."
    )


class StoreRecoverable(StoreCorrupt):
    """The content cannot be understood, but the state before is kept beside it."""

    advice = N_(
        "Plik pozostał nietknięty. Obok jest ostatni dobry stan: {last_good}; "
        "wraca do niego polecenie mleg-tui store recover."
    )


class StoreForeign(StoreUnusable):
    """The file belongs to another program."""

    message = N_("To nie jest magazyn danych tego programu: {path}")
    advice = N_("Plik pozostał nietknięty. Wskaż inny opcją --store.")


class StoreTooNew(StoreUnusable):
    """A later version of the program wrote it."""

    message = N_("Magazyn danych zapisała nowsza wersja programu (schemat {found}): {path}")
    advice = N_("Zaktualizuj program albo wskaż inny magazyn opcją --store.")


class WorldFull(StoreUnusable):
    """A store that is somebody's own for a while has taken as much as it may."""

    message = N_("W tym świecie wydarzyło się już tyle, ile się w nim mieści.")
    advice = N_("Zakończ i wejdź ponownie: zaczniesz od nowa.")


class StoreUnsupported(StoreUnusable):
    """The place or the kind of store cannot be used."""

    message = N_("Tego magazynu danych nie można użyć: {path} ({reason})")
    advice = N_("Wskaż inny magazyn opcją --store albo zmienną MLEG_TUI_STORE.")
