"""Looks over a whole store: what the records say of each other must be true.

What a record says of itself (a PESEL that fails, codes only while an order is issued, the letter
in a token) is checked whenever it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import islice, pairwise

from mleg_tui.domain.account import Account, Role, is_login
from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import TRANSITIONS, ActorKind, HistoryEntry, Order, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.domain.verification import Verification
from mleg_tui.services.fingerprints import Fingerprints
from mleg_tui.services.imports import MOST_TOLD
from mleg_tui.services.passwords import is_affordable
from mleg_tui.services.store import KINDS, BadRecord, PlacedStore, Query, Record, View, table_name
from mleg_tui.simulation.world import WORLD_ID, World

_AT_ONCE = 500
_MOST_VERSIONS = 1_000_000_000
"""More than anybody ever writes, and far from where a column ends."""


class Finding(MlegError):
    """Something that cannot be true of a record."""

    advice = N_("Popraw wpis albo przywróć kopię magazynu.")


class Missing(Finding):
    """A record names another one that is not there."""

    message = N_("{record}: nie ma wpisu {other}")


class NoLogin(Finding):
    """Nobody can log in under the name of an account."""

    message = N_("{record}: pod tą nazwą nikt się nie zaloguje")


class StrangeHash(Finding):
    """A password hash asks for more than the ones that are made here, or is none."""

    message = N_("{record}: takiego skrótu hasła program nie sprawdza")


class StrangeVersion(Finding):
    """A record cannot have been written so often, or not at all."""

    message = N_("{record}: niemożliwa wersja {version}")


class SeveralLiveOrders(Finding):
    """A student can have one live order at most."""

    message = N_("{record}: więcej niż jedno czynne zamówienie: {orders}")


class ImpossibleHistory(Finding):
    """An order went a way that the table of transitions does not have."""

    message = N_("{record}: niemożliwy krok historii: {step}")


class SharedToken(Finding):
    """Two orders have the same token."""

    message = N_("{record}: ten sam token mają zamówienia: {orders}")


class SomebodyElses(Finding):
    """A record belongs to somebody to whom it cannot belong."""

    message = N_("{record}: nie może należeć do {other}")


class Malformed(Finding):
    """A record is not what a record of its kind has to be, or something is in it twice."""

    message = N_("{record}: {problem}")


class MalformedInFile(Malformed):
    """Such a record in a file that a person can read."""

    message = N_("{record}, wiersz {line}: {problem}")


class MoreFindings(Finding):
    """There is more than anybody reads."""

    message = N_("… i jeszcze {count}")


class _WithReasons(StoreUnusable):
    def __init__(self, reasons: tuple[Finding, ...], **details: object) -> None:
        super().__init__(**details)
        self.reasons = reasons


class StoreInconsistent(_WithReasons):
    """The store can be read, but its records contradict each other."""

    message = N_("Magazyn danych zawiera sprzeczności: {path}")
    advice = N_("Magazyn pozostał nietknięty.")


class RecordsUnreadable(_WithReasons):
    """The store has records that cannot be read; ``reasons`` names each, up to ``MOST_TOLD``."""

    message = N_("Magazyn danych zawiera wpisy, których nie można odczytać: {path}")
    advice = N_("Magazyn pozostał nietknięty. Do ostatniej dobrej kopii wraca: store recover.")


def check_readable(store: PlacedStore) -> None:
    """Raise ``RecordsUnreadable`` if there are records that cannot be read."""
    bad = store.bad_records(MOST_TOLD)
    if bad:
        raise RecordsUnreadable(tuple(map(_malformed, bad)), path=store.place)


def repeated(store: PlacedStore) -> tuple[Finding, ...]:
    """Return what is in a store twice, where only the last one counts; up to ``MOST_TOLD``."""
    return tuple(map(_malformed, store.repeated(MOST_TOLD)))


def _malformed(bad: BadRecord) -> Malformed:
    if bad.line is None:
        return Malformed(record=bad.name, problem=bad.problem)
    return MalformedInFile(record=bad.name, line=bad.line, problem=bad.problem)


def size_of(view: View) -> int:
    """Return how many records are in a store."""
    return sum(view.count(Query(kind)) for kind in KINDS.values())


def findings(
    view: View, real_now: datetime, passed: Callable[[Record], object] = lambda _: None
) -> Iterator[Finding]:
    """Yield all that is wrong, few records in memory at once. The world must be there.

    ``passed`` is called with each record.
    """
    now = view.get(World, WORLD_ID).timeline.now(real_now)
    names, orders = Fingerprints(), _Orders(now)

    def is_there(kind: type[Record], id_: str) -> bool:
        return f"{table_name(kind)}/{id_}" in names or view.find(kind, id_) is not None

    for kind in KINDS.values():
        for record in view.stream(kind):
            passed(record)
            names.add(_name(record))
            yield from alone(record)
            yield from missing(record, is_there)
            if isinstance(record, Order):
                yield from _impossible_steps(record)
                orders.note(record)
    yield from orders.findings(view)
    phones = view.stream(Phone)
    while some := tuple(islice(phones, _AT_ONCE)):
        yield from _strange_documents(view, some)


def alone(record: Record) -> Iterator[Finding]:
    """Yield what is wrong with a record that can be read, whatever the others are."""
    name = _name(record)
    if not 1 <= record.version <= _MOST_VERSIONS:
        yield StrangeVersion(record=name, version=record.version)
    if isinstance(record, Account) and not is_login(record.id):
        yield NoLogin(record=name)
    password_hash = record.password_hash if isinstance(record, Account | Phone) else None
    if password_hash is not None and not is_affordable(password_hash):
        yield StrangeHash(record=name)


def missing(record: Record, is_there: Callable[[type[Record], str], bool]) -> Iterator[Missing]:
    """Yield which of the records that a record names are not there."""
    for kind, id_ in _references(record):
        if id_ is not None and not is_there(kind, id_):
            yield Missing(record=_name(record), other=f"{table_name(kind)}/{id_}")


def _references(record: Record) -> Iterator[tuple[type[Record], str | None]]:
    match record:
        case Student():
            yield University, record.university
        case Account():
            yield University, record.university
            yield Student, record.student
        case Order():
            yield Student, record.student
            yield University, record.university
        case Due() | Payment() | BankAccount():
            yield Student, record.student
        case Phone():
            yield Account, record.owner
            yield Order, record.document.order if record.document else None
        case Verification():
            yield Account, record.inspector
            yield Order, record.document.order if record.document else None


def _impossible_steps(order: Order) -> Iterator[Finding]:
    first = order.history[0]
    if (first.status, first.actor.kind) != (OrderStatus.PENDING, ActorKind.STUDENT):
        yield ImpossibleHistory(record=_name(order), step=_step(None, first))
    for before, after in pairwise(order.history):
        if after.at < before.at or not _is_in_the_table(before, after):
            yield ImpossibleHistory(record=_name(order), step=_step(before, after))


def _is_in_the_table(before: HistoryEntry, after: HistoryEntry) -> bool:
    return any(
        before.status in rule.sources
        and after.status is rule.target
        and after.actor.kind in rule.actors
        and (after.reason or not rule.needs_reason)
        for rule in TRANSITIONS.values()
    )


def _step(before: HistoryEntry | None, after: HistoryEntry) -> str:
    start = before.status.name if before else "–"
    return f"{start} → {after.status.name} ({after.actor.kind.name}, {after.at:%Y-%m-%d %H:%M})"


class _Orders:
    """What is to be known of all orders to compare them with each other."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._met = Fingerprints()
        self._students: dict[str, None] = {}
        self._tokens: dict[str, list[str]] = {}

    def note(self, order: Order) -> None:
        """Take note of an order."""
        if order.is_live_at(self._now) and not self._met.add(("live", order.student)):
            self._students[order.student] = None
        if order.codes is not None and not self._met.add(("token", order.codes.token)):
            self._tokens[order.codes.token] = []

    def findings(self, view: View) -> Iterator[Finding]:
        """Yield which orders cannot be beside each other."""
        for student in self._students:
            orders = view.select(Order, student=student)
            live = tuple(order.id for order in orders if order.is_live_at(self._now))
            yield SeveralLiveOrders(record=f"students/{student}", orders=live)
        for order in view.stream(Order) if self._tokens else ():
            same = self._tokens.get(order.codes.token) if order.codes else None
            if same is not None:
                same.append(order.id)
        for ids in self._tokens.values():
            for other in ids[1:]:
                yield SharedToken(record=f"orders/{ids[0]}", orders=(ids[0], other))


def _strange_documents(view: View, phones: Collection[Phone]) -> Iterator[Finding]:
    documents = {phone.id: phone.document.order for phone in phones if phone.document}
    accounts = view.many(Account, (phone.owner for phone in phones))
    orders = view.many(Order, documents.values())
    for phone in phones:
        owner, order = accounts.get(phone.owner), orders.get(documents.get(phone.id, ""))
        is_own = owner is None or order is None or order.student == owner.student
        if owner is not None and not (owner.role is Role.STUDENT and is_own):
            yield SomebodyElses(record=_name(phone), other=f"accounts/{owner.id}")


def _name(record: Record) -> str:
    return f"{table_name(type(record))}/{record.id}"
