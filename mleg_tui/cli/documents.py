"""The JSON of an errand, with the field names of the USOS API and of the domain."""

from __future__ import annotations

from datetime import datetime

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.codes import Codes
from mleg_tui.domain.eligibility import Finding
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.order import ISSUED, HistoryEntry, Order
from mleg_tui.domain.university import Consent
from mleg_tui.locale import _, advice_of, local, message_of
from mleg_tui.qr import QrCode
from mleg_tui.services.ordering import Card
from mleg_tui.services.refusal_codes import code_of

Document = dict[str, object]


def instant(moment: datetime) -> str:
    """Return a moment as ``2026-10-05T07:00:00Z``, whole seconds in UTC."""
    return utc(moment).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


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
        "status_label": label and {"pl": label.pl, "en": label.en},
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
                "text": {"pl": given.text.pl, "en": given.text.en},
            }
            for given in (order.consents if order else ())
        ],
        "history": [_entry(entry) for entry in (order.history if order else ())],
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


def qr_document(order: Order, codes: Codes, code: QrCode) -> Document:
    """Return what a phone needs: the code as rows of ``0`` (light) and ``1`` (dark), and texts."""
    return {
        "simulation": str(NOTICE),
        "token": codes.token,
        "distribution_pass": codes.distribution_pass,
        "expiration_date": order.expiration_date.isoformat(),
        "modules": ["".join("01"[dark] for dark in row) for row in code.modules],
    }


def _entry(entry: HistoryEntry) -> Document:
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
        "cause": finding.cause and _(finding.cause.message),
        "repair": finding.cause and _(finding.cause.repair),
    }


def _consent(consent: Consent) -> Document:
    return {
        "id": consent.id,
        "version": consent.version,
        "title": local(consent.title),
        "text": local(consent.text),
    }


def _refusal(refusal: Refused) -> Document:
    return {"code": code_of(refusal), "message": message_of(refusal), "advice": advice_of(refusal)}
