"""By what records are searched, sorted and found when they are due, and whose each of them is.

A column is text that follows from a record, and from what it hangs together with: an order's name
is its student's, and when it is due depends on what is down. A store keeps the columns with the
records, computes them when it writes, and answers a ``Query`` from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from mleg_tui.domain.calendar import soonest, utc
from mleg_tui.domain.order_status import IN_PROCESS
from mleg_tui.domain.university import University
from mleg_tui.services.store import (
    KINDS,
    Change,
    Key,
    Query,
    Record,
    View,
    Where,
    table_name,
)
from mleg_tui.simulation.world import WORLD_ID, World

if TYPE_CHECKING:
    from mleg_tui.domain.audit import Event
    from mleg_tui.domain.order import Order
    from mleg_tui.domain.student import Student
    from mleg_tui.domain.verification import Verification


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "orders": (
        "student",
        "status",
        "university",
        "placed",
        "changed",
        "number",
        "name",
        "ends",
        "turns",
    ),
    "students": ("university", "number", "name"),
    "verifications": ("inspector", "ends"),
    "events": ("record", "actor", "at"),
}
"""Table name → the columns that a query may name, other than ``id``."""
SEARCHED = frozenset({"orders", "students", "events"})
"""The tables whose records have words to be searched for."""
VERSION = 2
"""To be raised when other columns or words follow from records: what stores keep is then stale."""
NEVER = "~"
"""A moment that does not come; sorted behind all that do."""
_THEMSELVES = frozenset({"students", "accounts", "classrooms", "participants"})
_DIGITS_OF_A_NUMBER = 12
_MOST_WORDS = 24
_LONGEST_WORD = 32
_APART = re.compile(r"[^\s,;:.…()\"'{}\[\]-]+")


def columns_of(record: Record, view: View, *, named: bool = True) -> dict[str, str]:
    """Return the columns of a record; what it hangs together with is looked up in the view.

    If it need not be ``named``, students are not looked up for the names of their orders.
    """
    name = table_name(type(record))
    compute = _COMPUTED.get(name)
    columns = {} if compute is None else compute(record, view)
    if named and name == "orders":
        student = cast("Student | None", view.find(KINDS["students"], columns["student"]))
        columns["name"] = _sorted_name(student) if student else ""
    return columns


def are_named_alike(before: Record, after: Record) -> bool:
    """Tell whether two states of an order have one name and the same words."""
    return table_name(type(after)) == "orders" and _are_alike(
        before, after, "student", "student_number"
    )


def words_of(record: Record, view: View) -> tuple[str, ...]:
    """Return the words that a record is found by, folded, each once."""
    return _words_in(" ".join(text for text in _texts(record, view) if text))


def searched_words(typed: str) -> tuple[str, ...]:
    """Return what was typed into a search as the words of a query."""
    return tuple(word[:_LONGEST_WORD] for word in folded(typed).split())


def owner_of(record: Record) -> str:
    """Return whom a record concerns: a student, an inspector or a class; ``""`` for nobody."""
    name = table_name(type(record))
    if name == "frames":
        return frame_owner(record.id)
    for field in ("student", "owner", "inspector"):
        owner = getattr(record, field, None)
        if owner is not None:
            return str(owner)
    return record.id if name in _THEMSELVES else ""


def frame_owner(id: str) -> str:
    """Return whom a frame of a participant or a class concerns: only who sees that screen.

    It changes several times a second, and would wake everybody who follows the class.
    """
    return f"frames/{id}"


def change_of(record: Record) -> Change:
    """Return a record as the log of changes names it."""
    return Change(table_name(type(record)), record.id, owner_of(record))


def followed(before: Record | None, after: Record | None) -> Iterator[Mapping[str, str]]:
    """Yield what the orders have in indexed fields whose columns follow from a change.

    Of some that is said to be at a university, which is no indexed field.
    """
    one = after or before
    if isinstance(one, World):
        if not _are_alike(before, after, "faults", "seed"):
            yield from ({"status": status.value} for status in sorted(IN_PROCESS))
    elif isinstance(one, University):
        if not _are_alike(before, after, "durations"):
            for status in sorted(IN_PROCESS):
                yield {"status": status.value, "university": one.id}
    elif (
        one is not None
        and table_name(type(one)) == "students"
        and not _are_alike(before, after, "last_name", "first_name", "student_number")
    ):
        yield {"student": one.id}


def dependents(before: Record | None, after: Record | None, view: View) -> Iterator[Order]:
    """Yield the orders whose columns follow from a change, as they are in a view."""
    for where in followed(before, after):
        equal = dict(where)
        university = equal.pop("university", None)
        for order in view.select(_orders(), **equal):
            if university in (None, order.university):
                yield order


def looked_up(record: Record) -> Iterator[Key]:
    """Yield what the columns and words of a record are computed from, besides itself."""
    if table_name(type(record)) == "orders":
        order = cast("Order", record)
        yield KINDS["students"], order.student
        yield University, order.university
        yield World, WORLD_ID


def meets(columns: Mapping[str, str], either: Iterable[Where]) -> bool:
    """Tell whether columns meet all of one of the conditions; no conditions are always met."""
    either = tuple(either)
    return not either or any(
        all(_within(columns[name], wanted) for name, wanted in where.items()) for where in either
    )


def has_words(words: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether one of the words begins with each that is wanted."""
    words = tuple(words)
    return all(any(word.startswith(one) for word in words) for one in wanted)


def finds(query: Query[Any], record: Record, view: View) -> bool:
    """Tell whether a query finds a record."""
    words = words_of(record, view) if query.words else ()
    return meets(columns_of(record, view), query.either) and has_words(words, query.words)


def sort_key(query: Query[Any], record: Record, view: View) -> str:
    """Return by what a query sorts a record, before its id."""
    return "" if query.by == "id" else columns_of(record, view)[query.by]


def moment(at: datetime) -> str:
    """Return a moment as columns have it: text that sorts as time does."""
    return utc(at).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def just_after(at: datetime) -> str:
    """Return the first that columns can have behind a moment: what is below it is so by then."""
    return moment(at + timedelta(microseconds=1))


def number_column(student_number: str | None) -> str:
    """Return an album number as columns have it: shorter ones come first."""
    return (student_number or "").zfill(_DIGITS_OF_A_NUMBER) if student_number else ""


def turns_of(order: Order, view: View) -> str:
    """Return when an order turns by itself: by its machines' next step, or by a date (T8, T10)."""
    if order.status in IN_PROCESS:
        world, university = view.find(World, WORLD_ID), view.find(University, order.university)
        if world is None or university is None:
            return NEVER
        from mleg_tui.simulation.progress import next_step  # noqa: PLC0415 - not needed to start

        step = next_step(order, university.durations, world.faults, world.seed)
        return moment(step.at) if step else NEVER
    end = soonest((order.ends_at, order.codes_end_at))
    return moment(end) if end else NEVER


def _within(value: str, wanted: str | Any) -> bool:
    if isinstance(wanted, str):
        return value == wanted
    least, below = wanted
    return (least is None or value >= least) and (below is None or value < below)


def _of_order(order: Order, view: View) -> dict[str, str]:
    end = order.ends_at
    return {
        "student": order.student,
        "status": order.status.value,
        "university": order.university,
        "placed": moment(order.order_date),
        "changed": moment(order.last_change.at),
        "number": number_column(order.student_number),
        "ends": moment(end) if end else NEVER,
        "turns": turns_of(order, view),
    }


def _of_student(student: Student, _view: View) -> dict[str, str]:
    return {
        "university": student.university,
        "number": number_column(student.student_number),
        "name": _sorted_name(student),
    }


def _of_verification(verification: Verification, _view: View) -> dict[str, str]:
    """Return the columns; only what is shared ends, and is gone then."""
    ends = moment(verification.ends_at) if verification.document else NEVER
    return {"inspector": verification.inspector, "ends": ends}


def _of_event(event: Event, _view: View) -> dict[str, str]:
    return {"record": event.record, "actor": event.actor, "at": moment(event.at)}


_COMPUTED: Mapping[str, Callable[[Any, View], dict[str, str]]] = {
    "orders": _of_order,
    "students": _of_student,
    "verifications": _of_verification,
    "events": _of_event,
}


def _texts(record: Any, view: View) -> Iterator[str]:
    match table_name(type(record)):
        case "orders":
            student = view.find(KINDS["students"], record.student)
            yield from _naming(student) if student else (record.student,)
            yield from (record.student_number, record.id)
        case "students":
            yield from _naming(record)
            yield record.id
        case "events":
            yield from (record.actor, record.table, record.record, record.reason or "")
            for change in record.changes:
                yield from (change.field, change.after, change.before)


@lru_cache(maxsize=256)
def _words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text; most records change without those that they are found by."""
    parts = folded(text).split()
    words = (word[:_LONGEST_WORD] for part in parts for word in (part, *_APART.findall(part)))
    return tuple(dict.fromkeys(words))[:_MOST_WORDS]


def _naming(student: Any) -> tuple[str, str, str]:
    return student.last_name, student.first_name, student.student_number or ""


def _sorted_name(student: Student) -> str:
    return folded(f"{student.last_name} {student.first_name}")


def _are_alike(before: Record | None, after: Record | None, *fields: str) -> bool:
    return all(getattr(before, field, None) == getattr(after, field, None) for field in fields)


def _orders() -> type[Order]:
    return cast("type[Order]", KINDS["orders"])


_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})


def folded(text: str) -> str:
    """Return a text in lower case and without diacritics: ``Żółć`` becomes ``zolc``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.lower().translate(_STROKES)  # only what came apart is some letters' plain capital
