"""The page ``mLegitymacja`` as plain lines and as JSON.

The labels are USOSweb's (docs/domain.md §3). The fields of the JSON are named as in the USOS API.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mleg_tui.cli.plain import Document, amount, instant
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.order_status import IN_PROCESS, ISSUED, LIVE, PRESENTED, OrderStatus
from mleg_tui.locale import _, advice_of, cause_of, in_all, local, message_of

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from datetime import datetime

    from mleg_tui.domain.codes import Codes
    from mleg_tui.domain.eligibility import Finding
    from mleg_tui.domain.errors import MlegError
    from mleg_tui.domain.ledger import DueState
    from mleg_tui.domain.order import HistoryEntry, Order
    from mleg_tui.domain.university import Consent, University
    from mleg_tui.qr import QrCode
    from mleg_tui.services.els_applications import PlasticCard
    from mleg_tui.services.ordering import Card

_WIDTH = 80
_OWN = N_("Twoja mLegitymacja")


def card_lines(card: Card) -> Iterator[str]:
    """Yield the page in the state that the newest order is in."""
    yield from _head(card)
    is_under_way = card.status in IN_PROCESS or card.status is OrderStatus.READY
    yield _(PRESENTED[card.status].told if card.status and is_under_way else _OWN)
    if card.order is None:
        yield _("Brak mLegitymacji")
        return
    yield from _rows(card, card.order)
    if card.codes is not None:
        yield from code_lines(card.codes)
    yield _("Historia:")
    for entry in card.order.history:
        yield f"  {happened(entry, card.university)}"


def condition_lines(card: Card) -> Iterator[str]:
    """Yield each condition with a sign, a word, and where it fails the cause and the repair."""
    yield from _head(card)
    yield _("Możesz zamówić mLegitymację, o ile spełniasz następujące warunki:")
    for finding in card.findings:
        yield from _condition_lines(finding)
    if card.university.consents:
        yield _("Zgody, o które prosi uczelnia (opcja --consent):")
        for consent in card.university.consents:
            yield f"- {consent.id}: {local(consent.title)}"
            yield from _wrapped(local(consent.text))


def code_lines(codes: Codes) -> Iterator[str]:
    """Yield the two texts that the phone asks for."""
    yield _("Tekst kodu QR: {token}").format(token=codes.token)
    yield _("Kod aktywacyjny: {code}").format(code=codes.distribution_pass)


def els_lines(card: PlasticCard) -> Iterator[str]:
    """Yield how it stands with the plastic card, and what is to be paid for it."""
    yield from _head(card)
    student = card.student
    until = student.els.valid_until.isoformat() if student.els else _("brak")
    yield _("ELS ważna w USOS do: {date}").format(date=until)
    if student.els_applied_on is not None:
        yield _("Wniosek o ELS z dnia: {date}").format(date=student.els_applied_on.isoformat())
    if card.fee is not None:
        yield _("Opłata: {money}").format(money=amount(card.fee.due.amount))
        yield from _payment_lines(card.fee)


def _payment_lines(fee: DueState) -> Iterator[str]:
    from mleg_tui.domain.money import grouped

    if fee.settled_on is not None:
        yield _("✓ Rozliczona {date}.").format(date=fee.settled_on.isoformat())
        return
    yield _("Do zapłaty: {money}, termin {date}").format(
        money=amount(fee.remaining), date=fee.due.deadline.isoformat()
    )
    yield _("Numer konta: {number}").format(number=grouped(fee.due.account_number))


def _head(card: Card | PlasticCard) -> Iterator[str]:
    yield _(NOTICE)
    yield f"{local(card.university.name)} · {card.student.full_name}"


def _rows(card: Card, order: Order) -> Iterator[str]:
    yield _("Data zamówienia: {moment}").format(moment=shown(order.order_date))
    yield _("Termin ważności: {day}").format(day=order.expiration_date.isoformat())
    if card.status_label is not None:
        yield _("Status: {status}").format(status=local(card.status_label))
    if card.status is None or card.status in LIVE:
        return
    yield _("Od: {moment}").format(moment=shown(order.over_since(card.status)))
    if order.last_change.reason:
        yield _("Powód: {reason}").format(reason=_(order.last_change.reason))
    if not card.why_cannot_order:
        yield _("Możesz zamówić mLegitymację ponownie.")


def happened(entry: HistoryEntry, university: University) -> str:
    """Return an entry of an order's history as a line: when, what, who, why."""
    from mleg_tui.domain.order import ACTOR_LABELS

    actor = _(ACTOR_LABELS[entry.actor.kind])
    who = f"{actor} ({entry.actor.login})" if entry.actor.login else actor
    parts = [
        shown(entry.at),
        local(university.label(entry.status, by_student=entry.is_by_student)),
        who,
    ]
    if entry.reason:
        parts.append(_(entry.reason))
    return " · ".join(parts)


def _condition_lines(finding: Finding) -> Iterator[str]:
    word = _("✓ spełniony") if finding.met else _("✗ niespełniony")
    yield f"{word}: {_(finding.label)}"
    if finding.cause is not None:
        yield from _wrapped(cause_of(finding))
        yield from _wrapped("→ " + _(finding.cause.repair))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def live_codes(card: Card) -> Codes | None:
    """Return the codes that can be used now, if there are any."""
    return card.order.codes if card.order and card.status in ISSUED else None


def card_document(card: Card) -> Document:
    """Return the newest order, what may be done about it, and the earlier ones."""
    order, label, codes = card.order, card.status_label, live_codes(card)
    return {
        "simulation": str(NOTICE),
        "id": order and order.id,
        "student": card.student.id,
        "university": card.university.id,
        "student_number": order.student_number if order else card.student.student_number,
        "status": card.status and card.status.name,
        "status_label": label and in_all(label),
        "order_date": order and instant(order.order_date),
        "expiration_date": order and order.expiration_date.isoformat(),
        "token": codes and codes.token,
        "distribution_pass": codes and codes.distribution_pass,
        "codes_expiration": order and order.codes_expiration and instant(order.codes_expiration),
        "consents": [
            {
                "id": given.id,
                "version": given.version,
                "at": instant(given.at),
                "text": in_all(given.text),
            }
            for given in (order.consents if order else ())
        ],
        "history": [entry_document(entry) for entry in (order.history if order else ())],
        "why_cannot_order": [_refusal(reason) for reason in card.why_cannot_order],
        "why_cannot_revoke": card.why_cannot_revoke and _refusal(card.why_cannot_revoke),
        "orders": [_earlier(earlier, card.now) for earlier in card.orders[1:]],
    }


def conditions_document(card: Card) -> Document:
    """Return the conditions, whether they hold, and the consents that are asked for."""
    return {
        "simulation": str(NOTICE),
        "university": card.university.id,
        "regulation": card.university.regulation.id,
        "can_order": not card.why_cannot_order,
        "conditions": [_condition(finding) for finding in card.findings],
        "why_cannot_order": [_refusal(reason) for reason in card.why_cannot_order],
        "consents": [_consent(consent) for consent in card.university.consents],
    }


def els_document(card: PlasticCard) -> Document:
    """Return how it stands with the plastic card, and the due for it."""
    student, fee, why = card.student, card.fee, card.why_cannot_apply
    return {
        "simulation": str(NOTICE),
        "university": card.university.id,
        "els_valid_until": student.els and student.els.valid_until.isoformat(),
        "els_applied_on": student.els_applied_on and student.els_applied_on.isoformat(),
        "due": fee
        and {
            "id": fee.due.id,
            "amount": fee.due.amount,
            "remaining": fee.remaining,
            "deadline": fee.due.deadline.isoformat(),
            "account_number": fee.due.account_number,
            "settled_on": fee.settled_on and fee.settled_on.isoformat(),
        },
        "why_cannot_apply": [_refusal(one) for one in (why.reasons or (why,))] if why else [],
    }


def qr_document(order: Order, codes: Codes, code: QrCode) -> Document:
    """Return what a phone needs: the code as rows of ``0`` (light) and ``1`` (dark), and texts."""
    return {
        "simulation": str(NOTICE),
        "token": codes.token,
        "distribution_pass": codes.distribution_pass,
        "expiration_date": order.expiration_date.isoformat(),
        "modules": ["".join("01"[dark] for dark in row) for row in code.modules],
    }


def entry_document(entry: HistoryEntry) -> Document:
    """Return an entry of an order's history."""
    return {
        "at": instant(entry.at),
        "status": entry.status.name,
        "actor": entry.actor.kind.name,
        "login": entry.actor.login,
        "reason": entry.reason and _(entry.reason),
    }


def _earlier(order: Order, now: datetime) -> Document:
    return {
        "id": order.id,
        "status": order.status_at(now).name,
        "order_date": instant(order.order_date),
        "expiration_date": order.expiration_date.isoformat(),
    }


def _condition(finding: Finding) -> Document:
    return {
        "id": finding.condition.name,
        "label": _(finding.label),
        "met": finding.met,
        "cause": finding.cause and cause_of(finding),
        "repair": finding.cause and _(finding.cause.repair),
    }


def _consent(consent: Consent) -> Document:
    return {
        "id": consent.id,
        "version": consent.version,
        "title": local(consent.title),
        "text": local(consent.text),
    }


def _refusal(refusal: MlegError) -> Document:
    return {"code": refusal.code, "message": message_of(refusal), "advice": advice_of(refusal)}
