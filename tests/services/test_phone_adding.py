"""Adding the mLegitymacja to mObywatel: T7, and every way in which it can fail."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.order import ActorKind, NotYours, OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.student import PhotoStatus
from mleg_tui.services import adding as why
from mleg_tui.services.phones import NoNetwork, UnknownPhone
from mleg_tui.services.session import IDLE_LIMIT, Session, SessionExpired
from tests.factories import NOW, TODAY, order
from tests.services.phones import WithPhone, told, with_phone

SPACES = st.text(" \t\n\r\u00a0\u2003", max_size=3)
LETTERS = string.ascii_letters + string.digits


@pytest.fixture
def ready() -> WithPhone:
    return with_phone()


def swap(text: str, **pairs: str) -> str:
    """Write the first of some letters that is there as its look-alike."""
    there, other = next((a, b) for a, b in pairs.items() if a in text)
    return text.replace(there, other, 1)


def test_token_and_code_bring_the_document_onto_the_phone(ready: WithPhone) -> None:
    found = ready.app.check_token(ready.house.session(), 1, ready.codes.token)
    assert (found.university["pl"], found.expiration_date) == (
        "AGH (symulacja)",
        ready.order.expiration_date,
    )
    shown = ready.add()
    document = shown.document
    assert (document.first_name, document.last_name, document.picture) == ("Anna", "Nowak", "robot")
    assert (document.issued_on, document.updated_at) == (TODAY, NOW)
    assert (document.validity, shown.validity) == (Validity.VALID, Validity.VALID)
    assert ready.phone().document == document
    last = ready.order.last_change
    assert (last.status, last.actor.kind, last.actor.login) == (
        OrderStatus.COLLECTED,
        ActorKind.PHONE,
        "anna.nowak",
    )


def test_a_photo_that_was_not_approved_is_not_on_the_document(ready: WithPhone) -> None:
    anna = ready.house.services.ordering.card(ready.house.session()).student
    ready.house.keep(
        replace(anna, photo=replace(anna.photo, status=PhotoStatus.WAITING), pesel=None)
    )
    document = ready.add().document
    assert (document.picture, document.pesel) == (None, "–")


def test_the_phone_holds_what_stands_in_the_way(ready: WithPhone) -> None:
    ready.refused(why.TermsNotAccepted, lambda: ready.add(terms_accepted=False))
    ready.change(school_card=True)
    ready.refused(why.SchoolCardOnPhone, ready.add)
    ready.change(school_card=False, online=False)
    ready.refused(NoNetwork, ready.add)
    ready.change(online=True)
    ready.add()
    ready.refused(why.StudentCardOnPhone, ready.add)
    session = ready.house.session()
    ready.refused(why.StudentCardOnPhone, lambda: ready.app.check_token(session, 1, "x"))


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (OrderStatus.REVOKED, why.DoesNotExist),
        (OrderStatus.EXPIRED, why.DoesNotExist),
        (OrderStatus.CODES_EXPIRED, why.CodesExpired),
        (OrderStatus.COLLECTED, why.CodesUsed),
    ],
)
def test_codes_that_are_over(status: OrderStatus, refusal: type[Refused]) -> None:
    codes = with_phone().codes
    late = with_phone(status)
    late.refused(refusal, lambda: late.add(codes.token, codes.distribution_pass))


def test_the_same_codes_do_not_work_on_a_second_phone(ready: WithPhone) -> None:
    ready.add()
    ready.refused(why.OnAnotherPhone, lambda: ready.add(number=2))
    ready.app.remove(ready.house.session(), 1)
    for number in (1, 2):
        ready.refused(why.CodesUsed, partial(ready.add, number=number))


def test_a_new_phone_after_revoking_and_ordering_anew(ready: WithPhone) -> None:
    anna = ready.house.session()
    ready.add()
    ready.house.services.ordering.revoke(anna)
    ready.house.services.ordering.place(anna)
    ready.house.services.time.forward(timedelta(minutes=15))
    codes = ready.house.services.ordering.card(anna).codes
    assert codes is not None
    shown = ready.add(codes.token, codes.distribution_pass, number=2)
    assert shown.document.order == "anna.nowak-002"


def test_another_students_token_does_not_exist(ready: WithPhone) -> None:
    codes, ewa = ready.codes, ready.house.session("ewa.lis")
    ready.refused(
        why.DoesNotExist,
        lambda: ready.app.add(ewa, 1, codes.token, codes.distribution_pass, terms_accepted=True),
    )


def test_a_phone_in_a_hurry_still_gets_codes_that_were_due(ready: WithPhone) -> None:
    pending = with_phone(OrderStatus.PENDING)
    pending.house.later(hours=1)
    shown = pending.add(ready.codes.token, ready.codes.distribution_pass)
    assert shown.document.order == ready.order.id


@pytest.mark.parametrize("login", ["dziekanat", "kontroler"])
def test_only_students_have_a_phone(ready: WithPhone, login: str) -> None:
    other = ready.house.session(login)
    ready.refused(NotYours, lambda: ready.app.phone(other, 1))
    ready.refused(NotYours, lambda: ready.app.add(other, 1, "", "", terms_accepted=True))


def test_there_are_two_phones_and_an_idle_session_has_none(ready: WithPhone) -> None:
    ready.refused(UnknownPhone, lambda: ready.phone(3))
    anna = Session(ready.house.session().account, NOW)
    ready.house.clock.moment = NOW + IDLE_LIMIT
    ready.refused(SessionExpired, lambda: ready.app.show(anna, 1))
    ready.refused(SessionExpired, lambda: ready.app.update(anna, 1))


def mistakes(ready: WithPhone) -> list[tuple[type[MlegError], str, str]]:
    token, code = ready.codes.token, ready.codes.distribution_pass
    return [
        (why.TokenMissing, " \n", code),
        (why.TokenIsCode, code, token),
        (why.TokenLength, token[:-1], code),
        (why.TokenLength, token + "a", code),
        (why.TokenCase, token.upper(), code),
        (why.TokenLooksAlike, swap(token, **{"0": "O", "1": "l"}), code),
        (why.DoesNotExist, "g" + "0" * 31, code),
        (why.CodeMissing, token, ""),
        (why.CodeIsToken, token, token),
        (why.CodeIsToken, token, token.upper()),
        (why.CodeLength, token, code[1:]),
        (why.CodeLength, token, code + "1"),
        (why.CodeCase, token, code.swapcase()),
        (why.WrongCode, token, "aB3aB3aB3a"),
    ]


def test_each_mistake_is_told_apart(ready: WithPhone) -> None:
    for refusal, token, code in mistakes(ready):
        ready.refused(refusal, partial(ready.add, token, code))


def test_lost_and_surplus_characters_are_counted(ready: WithPhone) -> None:
    token, code = ready.codes.token, ready.codes.distribution_pass
    lost = ready.refused(why.TokenLength, lambda: ready.add(token[:-3], code))
    assert "29" in told(lost, "pl")[0]
    assert "32" in told(lost, "en")[0]
    surplus = ready.refused(why.CodeLength, lambda: ready.add(token, code + "x"))
    assert "11" in told(surplus, "en")[0]
    assert "10" in told(surplus, "pl")[0]


@pytest.mark.parametrize(
    ("issued", "typed"),
    [("O", "0"), ("0", "O"), ("l", "I"), ("I", "l"), ("1", "l"), ("l", "1"), ("0", "o")],
)
def test_look_alikes_in_the_code(issued: str, typed: str) -> None:
    held = order(OrderStatus.READY)
    assert held.codes is not None
    ready = with_phone(codes=replace(held.codes, distribution_pass=f"aB3{issued}xyzXY7"))
    error = ready.refused(why.CodeLooksAlike, lambda: ready.add(code=f"aB3{typed}xyzXY7"))
    assert isinstance(error, why.WrongCode)


WORDS = {
    why.TermsNotAccepted: ("Nie zaakceptowano regulaminu", "terms and conditions"),
    NoNetwork: ("Brak połączenia z internetem.", "No internet connection."),
    why.DoesNotExist: ("mLegitymacja nie istnieje", "mLegitymacja does not exist"),
    why.CodesExpired: ("Kody wygasły", "The codes have expired"),
    why.TokenIsCode: ("To wygląda na kod aktywacyjny", "This looks like an activation code"),
    why.CodeIsToken: ("To wygląda na token", "This looks like a token"),
    why.TokenCase: ("Token różni się wielkością liter.", "differs in upper and lower case"),
    why.TokenLooksAlike: ("W tokenie pomylono podobne znaki.", "look alike"),
    why.CodeCase: ("różni się wielkością liter.", "differs in upper and lower case"),
    why.CodeLooksAlike: ("pomylono podobne znaki.", "look alike"),
    why.WrongCode: ("Błędny kod aktywacyjny.", "Wrong activation code."),
    why.TokenMissing: ("Nie podano tokenu.", "No token was given."),
    why.CodeMissing: ("Nie podano kodu aktywacyjnego.", "No activation code was given."),
    why.OnAnotherPhone: ("jest już na innym telefonie.", "is already on another phone."),
    why.CodesUsed: ("Te kody zostały już użyte.", "These codes have already been used."),
    why.StudentCardOnPhone: ("jest już legitymacja studencka.", "already a student ID"),
    why.SchoolCardOnPhone: ("jest już legitymacja szkolna.", "already a school ID"),
}


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_each_error_says_what_happened_and_what_to_do_in_both_languages(
    kind: type[Refused],
) -> None:
    polish, english = told(kind(), "pl"), told(kind(), "en")
    assert WORDS[kind][0] in polish[0]
    assert WORDS[kind][1].casefold() in english[0].casefold()
    assert all(polish + english)
    assert polish[1] != english[1]


@given(st.data())
def test_white_space_anywhere_is_forgiven(data: st.DataObject) -> None:
    ready = with_phone()

    def spaced(text: str) -> str:
        return "".join(data.draw(SPACES) + letter for letter in text) + data.draw(SPACES)

    token, code = spaced(ready.codes.token), spaced(ready.codes.distribution_pass)
    assert ready.add(token, code).validity is Validity.VALID


@given(st.booleans(), st.integers(0, 31), st.sampled_from(["", *LETTERS]))
def test_one_character_less_or_another_one_is_refused(
    in_token: bool,  # noqa: FBT001 - drawn
    place: int,
    other: str,
) -> None:
    ready = with_phone()
    codes = ready.codes
    whole = codes.token if in_token else codes.distribution_pass
    place %= len(whole)
    broken = whole[:place] + other + whole[place + 1 :]
    if broken == whole:
        return
    token, code = (broken, codes.distribution_pass) if in_token else (codes.token, broken)
    before = ready.house.services.store.revision()
    with pytest.raises(Refused):
        ready.add(token, code)
    assert ready.house.services.store.revision() == before
