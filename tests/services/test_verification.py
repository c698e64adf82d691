"""Checking a document: asked, shared, seen for a few minutes, gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import NotYours
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.verification import Verification
from mleg_tui.services.phones import NoDocument, NoNetwork
from mleg_tui.services.verifications import (
    CheckEnded,
    SharedAlready,
    UnknownCheck,
    Verifications,
)
from tests.services.phones import WithPhone, told, with_phone


@pytest.fixture
def held() -> WithPhone:
    """Have the document on anna.nowak's first phone."""
    ready = with_phone()
    ready.add()
    return ready


def checks(held: WithPhone) -> Verifications:
    return held.house.services.verifications


def ask(held: WithPhone) -> Verification:
    return checks(held).ask(held.house.session("kontroler"))


def result(held: WithPhone, code: str) -> Verification:
    return checks(held).result(held.house.session("kontroler"), code)


def share(held: WithPhone, code: str, number: int = 1) -> None:
    checks(held).share(held.house.session(), number, code)


def test_the_holder_sees_who_asks_and_shares(held: WithPhone) -> None:
    check = ask(held)
    assert check.ends_at - check.asked_at == timedelta(minutes=3)
    assert result(held, check.id).validity is None
    typed = f" {check.id[:3]} {check.id[3:]}\n"
    pending = checks(held).pending(held.house.session(), 1, typed)
    assert (pending.code, pending.ends_at) == (check.id, check.ends_at)
    assert pending.inspector == held.house.session("kontroler").account.name
    held.house.later(minutes=2)
    share(held, typed)
    seen = result(held, check.id)
    assert seen.validity is Validity.VALID
    assert seen.document is not None
    assert seen.document.last_name == "Nowak"
    held.house.later(minutes=2, seconds=59)
    assert result(held, check.id) == seen
    held.house.later(seconds=1)
    held.refused(CheckEnded, lambda: result(held, check.id))


def test_the_systems_word_counts_and_not_the_phones(held: WithPhone) -> None:
    anna = held.house.session()
    held.house.services.ordering.revoke(anna)
    check = ask(held)
    share(held, check.id)
    assert result(held, check.id).validity is Validity.REVOKED
    assert held.app.show(anna, 1).validity is Validity.VALID


def test_an_expired_document_is_told_as_expired(held: WithPhone) -> None:
    held.house.services.time.forward(timedelta(days=101))
    check = ask(held)
    share(held, check.id)
    assert result(held, check.id).validity is Validity.EXPIRED


def test_without_a_phone_that_holds_the_document_there_is_no_result(held: WithPhone) -> None:
    check = ask(held)
    held.refused(NoDocument, lambda: share(held, check.id, number=2))
    ewa = held.house.session("ewa.lis")
    held.refused(NoDocument, lambda: checks(held).share(ewa, 1, check.id))
    held.refused(NoDocument, lambda: checks(held).pending(ewa, 1, check.id))
    kontroler = held.house.session("kontroler")
    held.refused(NotYours, lambda: checks(held).share(kontroler, 1, check.id))
    held.app.remove(held.house.session(), 1)
    held.refused(NoDocument, lambda: share(held, check.id))
    assert result(held, check.id).validity is None


def test_sharing_needs_the_network(held: WithPhone) -> None:
    check = ask(held)
    held.app.set_online(held.house.session(), 1, online=False)
    held.refused(NoNetwork, lambda: checks(held).pending(held.house.session(), 1, check.id))
    held.refused(NoNetwork, lambda: share(held, check.id))


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "000000"])
def test_a_code_that_nobody_asks_under(held: WithPhone, typed: str) -> None:
    held.refused(UnknownCheck, lambda: share(held, typed))


def test_a_code_works_once_and_not_after_its_minutes(held: WithPhone) -> None:
    check = ask(held)
    share(held, check.id)
    held.refused(SharedAlready, lambda: share(held, check.id))
    late = ask(held)
    assert late.id != check.id
    held.house.later(minutes=3)
    held.refused(CheckEnded, lambda: share(held, late.id))


def test_an_inspector_sees_only_their_own_checks_and_students_none(held: WithPhone) -> None:
    check = ask(held)
    anna = held.house.session()
    held.refused(NotYours, lambda: checks(held).result(anna, check.id))
    held.refused(NotYours, lambda: checks(held).ask(anna))
    held.refused(NotYours, lambda: checks(held).finish(held.house.session("dziekanat"), check.id))
    other = Verification(
        id="999999", inspector="inny", asked_at=check.asked_at, ends_at=check.ends_at
    )
    held.house.services.store.transact(lambda work: work.add(other))
    held.refused(UnknownCheck, lambda: result(held, other.id))
    kontroler = held.house.session("kontroler")
    held.refused(UnknownCheck, lambda: checks(held).finish(kontroler, other.id))


def test_finishing_takes_the_result_away_at_once(held: WithPhone) -> None:
    check = ask(held)
    share(held, check.id)
    kontroler = held.house.session("kontroler")
    checks(held).finish(kontroler, check.id)
    checks(held).finish(kontroler, check.id)
    held.refused(UnknownCheck, lambda: result(held, check.id))


def test_asking_clears_what_has_ended_and_no_code_is_given_twice(held: WithPhone) -> None:
    codes = {ask(held).id for _ in range(50)}
    assert len(codes) == 50
    held.house.later(minutes=3)
    kept = ask(held)
    stored = held.house.services.store.read(lambda view: view.select(Verification))
    assert stored == (kept,)


def test_the_codes_follow_from_the_seed() -> None:
    assert ask(with_phone()).id == ask(with_phone()).id


@pytest.mark.parametrize(
    ("kind", "polish", "english"),
    [
        (
            UnknownCheck,
            "Nie ma sprawdzenia o tym kodzie.",
            "There is no check with this code.",
        ),
        (CheckEnded, "Czas tego sprawdzenia minął", "The time of this check is over"),
        (SharedAlready, "dane zostały już udostępnione", "have already been shared"),
    ],
)
def test_the_refusals_in_both_languages(kind: type[Refused], polish: str, english: str) -> None:
    assert polish in told(kind(), "pl")[0]
    assert english in told(kind(), "en")[0]
