"""The document on the phone: shown, updated, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from mleg_tui.domain.order import Command, OrderStatus, transition
from mleg_tui.domain.phone import Phone, Validity
from mleg_tui.services.phones import NoDocument, NoNetwork
from tests.factories import NOW, OFFICE
from tests.services.phones import WithPhone, told, with_phone


@pytest.fixture
def held() -> WithPhone:
    """Have the document on anna.nowak's first phone."""
    ready = with_phone()
    ready.add()
    return ready


def test_a_phone_is_kept_from_its_first_use_on() -> None:
    fresh = with_phone()
    assert fresh.house.services.store.read(lambda view: view.select(Phone)) == ()
    assert fresh.phone().version == 0
    anna = fresh.house.session()
    fresh.app.set_online(anna, 2, online=False)
    fresh.app.set_camera(anna, 2, granted=True)
    second = fresh.phone(2)
    assert (second.id, second.version, second.online, second.camera) == (
        "anna.nowak-2",
        2,
        False,
        True,
    )
    assert fresh.phone(1).version == 0


def test_an_empty_phone_has_nothing_to_show() -> None:
    fresh = with_phone()
    anna = fresh.house.session()
    for act in (fresh.app.show, fresh.app.update, fresh.app.remove):
        error = fresh.refused(NoDocument, partial(act, anna, 1))
    assert told(error, "pl")[0] == "W tym telefonie nie ma legitymacji studenckiej."
    assert told(error, "en")[0] == "There is no student ID on this phone."


def test_showing_tells_the_live_moment_also_offline(held: WithPhone) -> None:
    anna = held.house.session()
    held.app.set_online(anna, 1, online=False)
    held.house.later(minutes=5)
    shown = held.app.show(anna, 1)
    assert (shown.now, shown.document.updated_at) == (NOW + timedelta(minutes=5), NOW)


def test_a_revoked_document_turns_invalid_at_its_next_update(held: WithPhone) -> None:
    anna = held.house.session()
    held.house.services.ordering.revoke(anna)
    assert held.app.show(anna, 1).validity is Validity.VALID
    held.app.set_online(anna, 1, online=False)
    held.refused(NoNetwork, lambda: held.app.update(anna, 1))
    assert held.app.show(anna, 1).validity is Validity.VALID
    held.app.set_online(anna, 1, online=True)
    held.house.later(minutes=1)
    assert held.app.update(anna, 1).validity is Validity.REVOKED
    shown = held.app.show(anna, 1)
    assert shown.validity is Validity.REVOKED
    assert shown.document.updated_at == NOW + timedelta(minutes=1)
    assert shown.document.last_name == "Nowak"


def test_what_the_office_invalidates_turns_invalid_too(held: WithPhone) -> None:
    held.house.keep(
        transition(held.order, Command.INVALIDATE, by=OFFICE, at=NOW, reason="Skreślenie.")
    )
    assert held.app.update(held.house.session(), 1).validity is Validity.REVOKED


def test_the_phone_tells_by_itself_that_the_date_has_passed(held: WithPhone) -> None:
    anna = held.house.session()
    held.house.services.time.forward(timedelta(days=101))
    shown = held.app.show(anna, 1)
    assert (shown.document.validity, shown.validity) == (Validity.VALID, Validity.EXPIRED)
    assert held.app.update(anna, 1).document.validity is Validity.EXPIRED


def test_updating_brings_changed_data(held: WithPhone) -> None:
    anna = held.house.session()
    student = held.house.services.ordering.card(anna).student
    held.house.keep(replace(student, last_name="Lis", second_name="Maria"))
    assert held.app.show(anna, 1).document.last_name == "Nowak"
    updated = held.app.update(anna, 1)
    assert (updated.document.last_name, updated.document.second_name) == ("Lis", "Maria")
    assert updated.validity is Validity.VALID


def test_removing_leaves_the_order_collected(held: WithPhone) -> None:
    held.app.remove(held.house.session(), 1)
    assert held.phone().document is None
    assert held.order.status is OrderStatus.COLLECTED
