"""The student's errand, on the demo data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mleg_tui.domain.eligibility import Cause
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import ActorKind, NotYours, OrderStatus, TransitionRefused
from mleg_tui.domain.student import Photo, Student
from mleg_tui.services.ordering import (
    CannotOrder,
    Card,
    ConditionNotMet,
    ConsentMissing,
    LiveOrderExists,
    NothingOrdered,
    Ordering,
    UnknownConsent,
)
from mleg_tui.services.session import IDLE_LIMIT, Session, SessionExpired
from mleg_tui.simulation.faults import Faults, Outage
from tests.factories import NOW, House, house, order

Act = Callable[[Ordering, Session], Card]
ACTS: list[Act] = [Ordering.cancel, Ordering.revoke]
DAY = timedelta(days=1)
PWR_CONSENTS = ["dane", "regulamin", "oswiadczenie"]


@pytest.fixture
def usos() -> House:
    return house()


def reasons(usos: House, login: str, consents: list[str] | None = None) -> tuple[Refused, ...]:
    with pytest.raises(CannotOrder) as caught:
        usos.services.ordering.place(usos.session(login), consents or [])
    assert usos.orders() == ()
    return caught.value.reasons


def causes(refusals: tuple[Refused, ...]) -> list[Cause | None]:
    return [refusal.finding.cause for refusal in refusals if isinstance(refusal, ConditionNotMet)]


def student(usos: House, login: str) -> Student:
    return usos.services.store.read(lambda view: view.get(Student, login))


def test_the_whole_errand_of_anna(usos: House) -> None:
    anna = usos.session()
    before = usos.services.ordering.card(anna)
    assert (before.order, before.status, before.status_label) == (None, None, None)
    assert before.why_cannot_order == ()
    card = usos.services.ordering.place(anna)
    assert card.order is not None
    assert card.order.id == "anna.nowak-001"
    assert card.order.order_date == NOW
    assert card.order.expiration_date == date(2027, 3, 31)
    assert card.status is OrderStatus.PENDING
    assert card.status_label is not None
    assert card.status_label["pl"] == "oczekujący"
    usos.services.time.forward(timedelta(minutes=15))
    ready = usos.services.ordering.card(anna)
    assert ready.status is OrderStatus.READY
    assert ready.order is not None
    assert ready.order.codes is not None
    revoked = usos.services.ordering.revoke(anna)
    assert revoked.status is OrderStatus.REVOKED
    assert revoked.order is not None
    assert revoked.order.codes is None
    again = usos.services.ordering.place(anna)
    assert [held.id for held in again.orders] == ["anna.nowak-002", "anna.nowak-001"]


def test_jan_is_told_what_fails_and_what_repairs_it(usos: House) -> None:
    told = reasons(usos, "jan.kowalski")
    assert causes(told) == [Cause.ELS_NOT_EXTENDED]
    assert told[0].details["repair"] == Cause.ELS_NOT_EXTENDED.repair


def test_piotr_has_no_card_and_so_none_that_is_extended(usos: House) -> None:
    assert causes(reasons(usos, "piotr.zielinski")) == [Cause.NO_ELS, Cause.NO_ELS_TO_EXTEND]


def test_ewa_orders_without_a_plastic_card_under_the_regulation_of_2025(usos: House) -> None:
    card = usos.services.ordering.place(usos.session("ewa.lis"))
    assert card.student.els is None
    assert card.order is not None
    assert card.order.expiration_date == date(2027, 3, 31)
    assert card.status_label is not None
    assert card.status_label["pl"] == "Oczekuje"


def test_all_that_stands_in_the_way_is_told_at_once(usos: House) -> None:
    ola = student(usos, "ola.wisniewska")
    usos.keep(replace(ola, pesel=None, photo=Photo()))
    told = reasons(usos, "ola.wisniewska", ["dane"])
    assert causes(told) == [Cause.NO_PESEL, Cause.NO_PHOTO]
    missing = [r.details["consent"] for r in told if isinstance(r, ConsentMissing)]
    assert missing == [consent.title for consent in usos_consents(usos)[1:]]


def usos_consents(usos: House) -> tuple[Any, ...]:
    return usos.services.ordering.card(usos.session("ola.wisniewska")).university.consents


@pytest.mark.parametrize("given", [[], PWR_CONSENTS[:1], PWR_CONSENTS[:2], PWR_CONSENTS[1:]])
def test_ola_cannot_order_before_every_consent(usos: House, given: list[str]) -> None:
    told = reasons(usos, "ola.wisniewska", given)
    assert [type(reason) for reason in told] == [ConsentMissing] * (3 - len(given))


def test_consents_are_kept_in_the_wording_that_was_read(usos: House) -> None:
    card = usos.services.ordering.place(usos.session("ola.wisniewska"), PWR_CONSENTS[::-1])
    assert card.order is not None
    assert [(c.id, c.version, c.at) for c in card.order.consents] == [
        (id_, "1", NOW) for id_ in PWR_CONSENTS
    ]


@pytest.mark.parametrize(
    ("login", "known"), [("anna.nowak", "–"), ("ola.wisniewska", "dane, regulamin, oswiadczenie")]
)
def test_a_consent_that_nobody_asked_for_is_told(usos: House, login: str, known: str) -> None:
    with pytest.raises(UnknownConsent) as caught:
        usos.services.ordering.place(usos.session(login), ["wszystkie"])
    assert caught.value.details == {"consent": "wszystkie", "known": known}
    assert usos.orders() == ()


@pytest.mark.parametrize("status", OrderStatus)
def test_a_new_order_needs_that_no_other_is_live(usos: House, status: OrderStatus) -> None:
    usos.keep(order(status))
    anna = usos.session()
    if status in {"PENDING", "IN_PROGRESS", "READY", "COLLECTED"}:
        with pytest.raises(CannotOrder) as caught:
            usos.services.ordering.place(anna)
        assert [type(reason) for reason in caught.value.reasons] == [LiveOrderExists]
    else:
        assert usos.services.ordering.place(anna).status is OrderStatus.PENDING


@pytest.mark.parametrize("status", OrderStatus)
@pytest.mark.parametrize(
    ("act", "allowed", "target"),
    [
        (Ordering.cancel, {"PENDING", "IN_PROGRESS"}, "CANCELLED"),
        (Ordering.revoke, {"READY", "COLLECTED"}, "REVOKED"),
    ],
    ids=["cancel", "revoke"],
)
def test_the_card_says_beforehand_what_can_be_done(
    usos: House, status: OrderStatus, act: Act, allowed: set[str], target: str
) -> None:
    held = order(status)
    usos.keep(held)
    usos.break_down(Faults(agent=(Outage(NOW - DAY),), ministry=(Outage(NOW - DAY),)))
    anna = usos.session()
    card = usos.services.ordering.card(anna)
    why_not = card.why_cannot_cancel if act is Ordering.cancel else card.why_cannot_revoke
    assert (why_not is None) == (status in allowed)
    if why_not is None:
        assert act(usos.services.ordering, anna).status == target
    else:
        with pytest.raises(TransitionRefused):
            act(usos.services.ordering, anna)
        assert usos.orders() == (replace(held, version=1),)


@pytest.mark.parametrize("act", ACTS)
def test_where_nothing_was_ordered_there_is_nothing_to_end(usos: House, act: Act) -> None:
    card = usos.services.ordering.card(usos.session())
    assert isinstance(card.why_cannot_cancel, NothingOrdered)
    assert isinstance(card.why_cannot_revoke, NothingOrdered)
    with pytest.raises(NothingOrdered):
        act(usos.services.ordering, usos.session())


@pytest.mark.parametrize("act", [Ordering.card, Ordering.place, *ACTS])
@pytest.mark.parametrize("login", ["dziekanat", "kontroler"])
def test_only_students_have_a_card(usos: House, login: str, act: Act) -> None:
    with pytest.raises(NotYours):
        act(usos.services.ordering, usos.session(login))


@pytest.mark.parametrize("act", [Ordering.card, Ordering.place, *ACTS])
def test_an_idle_session_can_do_nothing(usos: House, act: Act) -> None:
    anna = Session(usos.session().account, NOW)
    usos.clock.moment = NOW + IDLE_LIMIT
    with pytest.raises(SessionExpired):
        act(usos.services.ordering, anna)
    assert usos.orders() == ()


def test_each_sees_and_ends_only_their_own(usos: House) -> None:
    usos.services.ordering.place(usos.session("anna.nowak"))
    ewa = usos.session("ewa.lis")
    assert usos.services.ordering.card(ewa).orders == ()
    with pytest.raises(NothingOrdered):
        usos.services.ordering.cancel(ewa)


def test_who_cancels_too_late_is_refused_even_if_nobody_looked_meanwhile(usos: House) -> None:
    anna = usos.session()
    usos.services.ordering.place(anna)
    usos.later(hours=1)
    with pytest.raises(TransitionRefused) as caught:
        usos.services.ordering.cancel(anna)
    label = usos.services.ordering.card(anna).university.label(OrderStatus.READY)
    assert caught.value.details == {"status": label}


def test_the_history_names_the_student(usos: House) -> None:
    anna = usos.session()
    usos.services.ordering.place(anna)
    card = usos.services.ordering.cancel(anna)
    assert card.order is not None
    assert [(e.actor.kind, e.actor.login) for e in card.order.history] == [
        (ActorKind.STUDENT, "anna.nowak")
    ] * 2


def test_the_newest_order_stays_newest_when_the_clock_was_set_back(usos: House) -> None:
    anna = usos.session()
    usos.later(hours=1)
    usos.services.ordering.place(anna)
    usos.services.ordering.cancel(anna)
    usos.later(minutes=-30)
    card = usos.services.ordering.place(anna)
    assert card.status is OrderStatus.PENDING
    assert [held.id for held in card.orders] == ["anna.nowak-002", "anna.nowak-001"]


def test_the_same_seed_gives_the_same_errand() -> None:
    def errand(seed: int) -> tuple[object, ...]:
        usos = house(seed)
        usos.services.ordering.place(usos.session())
        usos.services.time.forward(timedelta(hours=1))
        return tuple((held.codes, held.history) for held in usos.orders())

    assert errand(7) == errand(7)
    assert errand(7) != errand(8)
