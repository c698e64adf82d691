"""The store port: what the services need of whatever keeps the records.

Records are frozen values with an ``id`` and a ``version``. A store keeps them by kind; a
transaction sees one state and is written whole or not at all. ``save`` compares the version that
was read with the one that is stored, so nobody overwrites what they have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from mleg_tui.domain.account import Account, LoginAttempts
from mleg_tui.domain.audit import Event
from mleg_tui.domain.errors import Refused, StoreUnusable
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.domain.verification import Verification
from mleg_tui.simulation.world import World

SCHEMA_VERSION = 1


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

KINDS: Mapping[str, type[Record]] = {
    "worlds": World,
    "universities": University,
    "students": Student,
    "accounts": Account,
    "login_attempts": LoginAttempts,
    "orders": Order,
    "dues": Due,
    "payments": Payment,
    "bank_accounts": BankAccount,
    "phones": Phone,
    "verifications": Verification,
    "events": Event,
}
"""Table name → kind of record: everything that is kept."""

INDEXED: Mapping[type[Record], tuple[str, ...]] = {
    Order: ("student", "status"),
    Due: ("student",),
    Payment: ("student",),
    BankAccount: ("student",),
    Phone: ("owner",),
    Verification: ("inspector",),
    Event: ("record", "actor"),
}
"""The fields by which ``select`` may look records up, other than by id."""


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

    def close(self) -> None:
        """Let go of files and connections."""


class PlacedStore(Store, Protocol):
    """A store that somebody named by a URL."""

    @property
    def place(self) -> str:
        """Where it is, to be shown: never with a secret."""

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` where many processes would not be safe from each other."""


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


class StoreCorrupt(StoreUnusable):
    """The content cannot be understood."""

    message = N_("Magazyn danych jest uszkodzony: {path} ({reason})")
    advice = N_("Plik pozostał nietknięty. Ostatni dobry stan, jeśli jest: {last_good}")


class StoreForeign(StoreUnusable):
    """The file belongs to another program."""

    message = N_("To nie jest magazyn danych tego programu: {path}")
    advice = N_("Plik pozostał nietknięty. Wskaż inny opcją --store.")


class StoreTooNew(StoreUnusable):
    """A later version of the program wrote it."""

    message = N_("Magazyn danych zapisała nowsza wersja programu (schemat {found}): {path}")
    advice = N_("Zaktualizuj program albo wskaż inny magazyn opcją --store.")


class StoreUnsupported(StoreUnusable):
    """The place or the kind of store cannot be used."""

    message = N_("Tego magazynu danych nie można użyć: {path} ({reason})")
    advice = N_("Wskaż inny magazyn opcją --store albo zmienną MLEG_TUI_STORE.")
