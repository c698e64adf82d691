"""What the office sees, as plain lines and as JSON. Tokens and codes are in none of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mleg_tui.cli.order.page import entry_document, happened
from mleg_tui.cli.plain import Document, Shown, amount, instant
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _, cause_of, in_all, local, message_of

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.domain.audit import Event
    from mleg_tui.domain.student import Student
    from mleg_tui.services.office import Extension
    from mleg_tui.services.office_orders import OrderFile, Planned
    from mleg_tui.services.office_students import StudentFile
    from mleg_tui.services.order_rows import Counters, OrderRow
    from mleg_tui.services.student_rows import StudentRow

EVENT_FIELDS = ("at", "real_at", "actor", "table", "record", "reason", "field", "before", "after")
_MACHINES = N_("systemy")


def order(row: OrderRow) -> Document:
    """Return one order's row."""
    return {
        "id": row.id,
        "student": row.student_id,
        "name": row.student,
        "student_number": row.student_number,
        "university": local(row.university),
        "order_date": instant(row.order_date),
        "expiration_date": row.expiration_date.isoformat(),
        "status": row.status.name,
        "status_label": in_all(row.status_label),
    }


def order_file(file: OrderFile) -> Shown:
    """Return one order with its whole history."""
    until = file.codes_expiration
    document: Document = {
        "simulation": str(NOTICE),
        **order(file.row),
        "codes_expiration": until and instant(until),
        "consents": list(file.consents),
        "history": [entry_document(entry) for entry in file.history],
    }
    history = [f"  {happened(entry, file.university)}" for entry in file.history]
    termin = _("Termin ważności: {day}").format(day=file.expiration_date.isoformat())
    return document, [_(NOTICE), _order_line(file.row), termin, _("Historia:"), *history]


def planned(entries: tuple[Planned, ...], *, done: bool) -> Shown:
    """Return what would become, or what became, of each line of a list."""
    document: Document = {
        "simulation": str(NOTICE),
        "done": done,
        "orders": [
            {
                "typed": entry.typed,
                "order": entry.row and entry.row.id,
                "status": entry.row and entry.row.status.name,
                "refused": entry.refusal and entry.refusal.code,
                "message": entry.refusal and message_of(entry.refusal),
            }
            for entry in entries
        ],
    }
    return document, [_(NOTICE), *(_planned_line(entry, done=done) for entry in entries)]


def extension(extended: Extension, *, done: bool) -> Shown:
    """Return whose cards are extended, or would be, and whose not and why."""
    document: Document = {
        "simulation": str(NOTICE),
        "done": done,
        "university": extended.university.id,
        "until": extended.until.isoformat(),
        "extended": [student.id for student in extended.extended],
        "refused": [
            {"student": student.id, "code": refusal.code, "message": message_of(refusal)}
            for student, refusal in extended.refused
        ],
    }
    told = (
        _("ELS przedłużone do {date}: {count}")
        if done
        else _("ELS do przedłużenia do {date}: {count}")
    )
    return document, [
        _(NOTICE),
        told.format(date=extended.until.isoformat(), count=len(extended.extended)),
        *(f"✓ {student.id}" for student in extended.extended),
        *(f"✗ {student.id}: {message_of(refusal)}" for student, refusal in extended.refused),
    ]


def student_row(row: StudentRow) -> Document:
    """Return one student's row."""
    return {
        "id": row.id,
        "name": row.name,
        "student_number": row.student_number,
        "university": local(row.university),
        "photo": row.photo.name,
        "els_valid_until": row.els_valid_until and row.els_valid_until.isoformat(),
        "unmet": [finding.condition.name for finding in row.findings if not finding.met],
    }


def row_lines(row: StudentRow) -> Iterator[str]:
    """Yield one student, and what they lack."""
    yield f"{row.id} · {row.name} · {local(row.university)}"
    for finding in row.findings:
        if finding.cause:
            yield f"  ✗ {_(finding.label)}: {cause_of(finding)}"


def student(known: Student) -> Shown:
    """Return a student after a decision."""
    return {"simulation": str(NOTICE), **_record(known)}, [_(NOTICE), *_student_lines(known)]


def student_file(file: StudentFile) -> Shown:
    """Return a student's whole file."""
    known, owed = file.student, file.ledger.unsettled
    document: Document = {
        "simulation": str(NOTICE),
        **_record(known),
        "unmet": [finding.condition.name for finding in file.findings if not finding.met],
        "owes": sum(state.remaining for state in owed),
        "orders": [order(row) for row in file.orders],
    }
    return document, [_(NOTICE), *_student_lines(known), *_file_lines(file)]


def counters(counted: Counters) -> Shown:
    """Return how many orders there are."""
    document: Document = {
        "simulation": str(NOTICE),
        "total": counted.total,
        "by_status": {status.name: number for status, number in counted.by_status.items()},
        "by_day": [{"day": day.isoformat(), "orders": number} for day, number in counted.by_day],
    }
    states = [f"{status.name}: {number}" for status, number in counted.by_status.items()]
    days = [f"{day.isoformat()}: {number}" for day, number in counted.by_day]
    total = _("Zamówień razem: {number}").format(number=counted.total)
    return document, [_(NOTICE), total, *states, *days]


def event(event: Event) -> Document:
    """Return what was changed, by whom and when."""
    return {
        "at": instant(event.at),
        "real_at": instant(event.real_at),
        "actor": event.actor or None,
        "table": event.table,
        "record": event.record,
        "reason": event.reason and _(event.reason),
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in event.changes
        ],
    }


def event_rows(event: Event) -> Iterator[tuple[str, ...]]:
    """Yield a row of ``EVENT_FIELDS`` for each field that was changed."""
    told = event.actor, event.table, event.record, _(event.reason) if event.reason else ""
    changes = [(change.field, change.before, change.after) for change in event.changes]
    for values in changes or [("", "", "")]:
        yield instant(event.at), instant(event.real_at), *told, *values


def event_lines(event: Event) -> Iterator[str]:
    """Yield what was changed, by whom and when."""
    who = event.actor or _(_MACHINES)
    yield f"{shown(event.at)} · {who} · {event.table}/{event.record}"
    for change in event.changes:
        yield f"  {change.field}: {change.before or '–'} → {change.after or '–'}"


def order_lines(row: OrderRow) -> Iterator[str]:
    """Yield one order's row."""
    yield _order_line(row)


def _order_line(row: OrderRow) -> str:
    return " · ".join(
        (shown(row.order_date), row.student_id, local(row.university), local(row.status_label))
    )


def _planned_line(entry: Planned, *, done: bool) -> str:
    if entry.refusal is not None or entry.row is None:
        why = message_of(entry.refusal) if entry.refusal else ""
        return f"✗ {entry.typed}: {why}"
    became = _("unieważniono {order}") if done else _("zostanie unieważnione {order}")
    return f"✓ {entry.typed}: {became.format(order=entry.row.id)}"


def _record(known: Student) -> Document:
    els = known.els
    return {
        "id": known.id,
        "name": known.full_name,
        "pesel": known.pesel,
        "student_number": known.student_number,
        "enrolment": {
            "level": known.enrolment.level.name,
            "status": known.enrolment.status.name,
            "until": known.enrolment.until and known.enrolment.until.isoformat(),
        },
        "photo": {
            "status": known.photo.status.name,
            "picture": known.photo.picture,
            "rejection": known.photo.rejection,
        },
        "els": els
        and {
            "issued_on": els.issued_on.isoformat(),
            "valid_until": els.valid_until.isoformat(),
            "last_name": els.last_name,
        },
        "els_applied_on": known.els_applied_on and known.els_applied_on.isoformat(),
    }


def _student_lines(known: Student) -> Iterator[str]:
    from mleg_tui.domain.student import PHOTO_LABELS

    yield f"{known.id} · {known.full_name}"
    yield _("Zdjęcie: {state}").format(state=_(PHOTO_LABELS[known.photo.status]))
    until = known.els.valid_until.isoformat() if known.els else _("brak")
    yield _("ELS ważna w USOS do: {date}").format(date=until)
    if known.els_applied_on is not None:
        yield _("Wniosek o ELS z dnia: {date}").format(date=known.els_applied_on.isoformat())


def _file_lines(file: StudentFile) -> Iterator[str]:
    yield _("Numer albumu: {number}").format(number=file.student.student_number or _("brak"))
    yield _("PESEL: {number}").format(number=file.student.pesel or _("brak"))
    for finding in file.findings:
        yield f"{'✓' if finding.met else '✗'} {_(finding.label)}"
    for state in file.ledger.dues:
        yield f"{state.due.id} · {local(state.due.description)} · {amount(state.remaining)}"
    yield from map(_order_line, file.orders)
