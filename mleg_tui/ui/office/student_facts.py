"""A student's file in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.eligibility import Finding
from mleg_tui.domain.ledger import DueState, PaymentState
from mleg_tui.domain.student import LEVEL_LABELS, PHOTO_LABELS, STANDING_LABELS, Student
from mleg_tui.locale import _, cause_of, local
from mleg_tui.services.office_students import StudentFile
from mleg_tui.services.order_rows import OrderRow
from mleg_tui.ui.usosweb.payments.words import money


def person(file: StudentFile) -> str:
    """Say who the student is, and how they stand with the university."""
    student, none = file.student, _("brak")
    standing = _(STANDING_LABELS[student.enrolment.status])
    if student.enrolment.until is not None:
        standing = f"{standing} ({student.enrolment.until.isoformat()})"
    return _table(
        (
            (_("Imię i nazwisko"), student.full_name),
            (_("Uczelnia"), local(file.university.name)),
            (_("Data urodzenia"), student.birth_date.isoformat()),
            (_("PESEL (zmyślony)"), student.pesel or none),
            (_("Numer albumu"), student.student_number or none),
            (_("Studia"), _(LEVEL_LABELS[student.enrolment.level])),
            (_("Stan"), standing),
        )
    )


def conditions(findings: Sequence[Finding]) -> Content:
    """Say which conditions hold, in the words that the student sees."""
    return Content("\n").join(line for finding in findings for line in _finding(finding))


def _finding(finding: Finding) -> Iterator[Content]:
    label = _(finding.label)
    if finding.cause is None:
        yield Content.assemble((_("✓ spełniony"), "$success"), f"  {label}")
    else:
        cause = cause_of(finding)
        yield Content.assemble((_("✗ niespełniony"), "bold $error"), f"  {label}")
        yield Content(f"    {cause}")


def els(student: Student) -> str:
    """Say what is known of the plastic card."""
    card, applied = student.els, student.els_applied_on
    if card is None and applied is not None:
        return _("brak, wniosek z {date}").format(date=applied.isoformat())
    if card is None:
        return _("brak")
    return _table(
        (
            (_("Wydana"), card.issued_on.isoformat()),
            (_("Ważna w USOS do"), card.valid_until.isoformat()),
            (_("Hologram do"), card.hologram_until.isoformat() if card.hologram_until else "–"),
            (_("Nazwisko na karcie"), card.last_name),
        )
    )


def payments(file: StudentFile) -> str:
    """List dues and payments."""
    lines = [_due(state) for state in file.ledger.dues]
    lines += [_payment(state) for state in file.ledger.payments]
    return "\n".join(lines) or _("brak")


def orders(rows: Sequence[OrderRow]) -> str:
    """List the orders, the newest first."""
    lines = (f"{shown(row.order_date)}  {local(row.status_label)}  {row.id}" for row in rows)
    return "\n".join(lines) or _("brak")


def photo(student: Student) -> str:
    """Say what became of the photo, and why."""
    told = _(PHOTO_LABELS[student.photo.status])
    return f"{told}: {student.photo.rejection}" if student.photo.rejection else told


def _due(state: DueState) -> str:
    about, amount = local(state.due.description), money(state.due.amount)
    if state.settled_on is not None:
        settled = _("rozliczona {date}").format(date=state.settled_on.isoformat())
        return f"✓ {about}: {amount}, {settled}"
    left = _("do zapłaty {money}, termin {date}").format(
        money=money(state.remaining), date=state.due.deadline.isoformat()
    )
    return f"✗ {about}: {left}"


def _payment(state: PaymentState) -> str:
    payment = state.payment
    return _("wpłata {money} z {date}").format(
        money=money(payment.amount), date=shown(payment.made_at)
    )


def _table(rows: Sequence[tuple[str, str]]) -> str:
    wide = max(len(label) for label, _value in rows)
    return "\n".join(f"{label.ljust(wide)}  {value}" for label, value in rows)
