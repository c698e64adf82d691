"""The page ``mLegitymacja`` as plain lines, with USOSweb's labels (docs/domain.md §3)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mleg_tui.domain.actors import ACTOR_LABELS
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.codes import Codes
from mleg_tui.domain.eligibility import Finding
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.order import LIVE, HistoryEntry, Order, OrderStatus
from mleg_tui.domain.university import University
from mleg_tui.locale import _, local
from mleg_tui.services.ordering import Card

_WIDTH = 80
_OWN = N_("Twoja mLegitymacja")
_HEADINGS = {
    OrderStatus.PENDING: N_("Twoje zamówienie jest przetwarzane"),
    OrderStatus.IN_PROGRESS: N_("Twoje zamówienie jest przetwarzane"),
    OrderStatus.READY: N_("Twoja mLegitymacja jest gotowa do pobrania"),
}


def card_lines(card: Card) -> Iterator[str]:
    """Yield the page in the state that the newest order is in."""
    yield from _head(card)
    yield _(_HEADINGS.get(card.status, _OWN)) if card.status else _(_OWN)
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
        yield from _condition(finding)
    if card.university.consents:
        yield _("Zgody, o które prosi uczelnia (opcja --consent):")
        for consent in card.university.consents:
            yield f"- {consent.id}: {local(consent.title)}"
            yield from _wrapped(local(consent.text))


def code_lines(codes: Codes) -> Iterator[str]:
    """Yield the two texts that the phone asks for."""
    yield _("Tekst kodu QR: {token}").format(token=codes.token)
    yield _("Kod aktywacyjny: {code}").format(code=codes.distribution_pass)


def _head(card: Card) -> Iterator[str]:
    yield _(NOTICE)
    yield f"{local(card.university.name)} · {card.student.full_name}"


def _rows(card: Card, order: Order) -> Iterator[str]:
    yield _("Data zamówienia: {moment}").format(moment=shown(order.order_date))
    yield _("Termin ważności: {day}").format(day=order.expiration_date.isoformat())
    if card.status_label is not None:
        yield _("Status: {status}").format(status=local(card.status_label))
    if card.status in LIVE:
        return
    yield _("Od: {moment}").format(moment=_ended(order, card.status))
    if order.last_change.reason:
        yield _("Powód: {reason}").format(reason=_(order.last_change.reason))
    if not card.why_cannot_order:
        yield _("Możesz zamówić mLegitymację ponownie.")


def _ended(order: Order, status: OrderStatus | None) -> str:
    """Say since when an order has been over; dates can end it without an entry in its history."""
    if status is OrderStatus.EXPIRED:
        return order.expiration_date.isoformat()
    if status is OrderStatus.CODES_EXPIRED and order.codes_expiration is not None:
        return shown(order.codes_expiration)
    return shown(order.last_change.at)


def happened(entry: HistoryEntry, university: University) -> str:
    """Return an entry of an order's history as a line: when, what, who, why."""
    actor = _(ACTOR_LABELS[entry.actor.kind])
    who = f"{actor} ({entry.actor.login})" if entry.actor.login else actor
    parts = [shown(entry.at), local(university.label(entry.status)), who]
    if entry.reason:
        parts.append(_(entry.reason))
    return " · ".join(parts)


def _condition(finding: Finding) -> Iterator[str]:
    word = _("✓ spełniony") if finding.met else _("✗ niespełniony")
    yield f"{word}: {_(finding.label)}"
    if finding.cause is not None:
        yield from _wrapped(_(finding.cause.message))
        yield from _wrapped("→ " + _(finding.cause.repair))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
