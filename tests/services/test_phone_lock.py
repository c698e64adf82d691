"""The app password of mObywatel."""

from __future__ import annotations

import pytest

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.phone import missing_from
from mleg_tui.services import app_lock
from mleg_tui.services.app_lock import (
    AppBlocked,
    AppNotSetUp,
    AppPasswordMissing,
    AppPasswordsDiffer,
    AppSetUpAlready,
    CodeIsNoAppPassword,
    WeakAppPassword,
    WrongAppPassword,
)
from tests.services.phones import WithPhone, told, with_phone

GOOD = "Mocne-haslo1"


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> WithPhone:
    monkeypatch.setattr(app_lock, "hash_password", lambda password: f"hash of {password}")
    monkeypatch.setattr(app_lock, "is_right", lambda hash_, typed: hash_ == f"hash of {typed}")
    return with_phone()


def set_up(phone: WithPhone, password: str = GOOD, number: int = 1) -> None:
    phone.house.services.app_lock.set_up(phone.house.session(), number, password, password)


def unlock(phone: WithPhone, password: str = GOOD, number: int = 1) -> None:
    phone.house.services.app_lock.unlock(phone.house.session(), number, password)


def refused(phone: WithPhone, password: str = GOOD[::-1]) -> MlegError:
    with pytest.raises(MlegError) as caught:
        unlock(phone, password)
    return caught.value


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        (GOOD, ()),
        ("Aa1!aaaa", ()),
        ("Aa1!aaa", ("długości 8 znaków",)),
        ("aaaa-aaa1", ("wielkiej litery",)),
        ("AAAA-AAA1", ("małej litery",)),
        ("Aaaa-aaaa", ("cyfry",)),
        ("Aaaaaaaa1", ("znaku specjalnego",)),
        ("Aaaa aaa1", ("znaku specjalnego",)),
        ("Żółć-1ąę", ()),
        (
            "",
            ("długości 8 znaków", "małej litery", "wielkiej litery", "cyfry", "znaku specjalnego"),
        ),
    ],
)
def test_what_an_app_password_lacks(password: str, missing: tuple[str, ...]) -> None:
    assert missing_from(password) == missing


def test_a_weak_password_is_refused_with_what_it_lacks(phone: WithPhone) -> None:
    error = phone.refused(WeakAppPassword, lambda: set_up(phone, "haslo"))
    assert told(error, "pl") == (
        "Hasło aplikacji jest za słabe.",
        "Brakuje: długości 8 znaków, wielkiej litery, cyfry, znaku specjalnego.",
    )
    what, advice = told(error, "en")
    assert what == "The app password is too weak."
    assert advice.startswith("Missing: ")
    assert advice.count(", ") == 3
    assert "cyfr" not in advice


def test_the_new_password_is_typed_twice(phone: WithPhone) -> None:
    lock, anna = phone.house.services.app_lock, phone.house.session()
    error = phone.refused(AppPasswordsDiffer, lambda: lock.set_up(anna, 1, GOOD, GOOD + "x"))
    assert told(error, "pl")[0] == "Podane hasła różnią się."


def test_each_phone_has_its_own_password(phone: WithPhone) -> None:
    with pytest.raises(AppNotSetUp):
        unlock(phone)
    set_up(phone)
    unlock(phone)
    with pytest.raises(AppNotSetUp):
        unlock(phone, number=2)
    phone.refused(AppSetUpAlready, lambda: set_up(phone, "Inne-haslo2"))


def test_three_wrong_ones_block_for_a_minute_of_real_time(phone: WithPhone) -> None:
    set_up(phone)
    phone.house.services.time.set_speed(1000)
    assert refused(phone).details == {"left": 2}
    assert refused(phone).details == {"left": 1}
    blocked = refused(phone)
    assert isinstance(blocked, AppBlocked)
    assert told(blocked, "pl")[1] == "Spróbuj ponownie za 60 s."
    phone.house.later(seconds=20)
    assert refused(phone, GOOD).details == {"seconds": 40}
    phone.house.later(seconds=40)
    assert refused(phone).details == {"left": 2}
    unlock(phone)
    assert refused(phone).details == {"left": 2}


def test_nothing_typed_is_no_try(phone: WithPhone) -> None:
    set_up(phone)
    for _ in range(4):
        assert isinstance(refused(phone, ""), AppPasswordMissing)
    assert refused(phone).details == {"left": 2}


def test_a_block_does_not_outlast_a_clock_that_was_set_back(phone: WithPhone) -> None:
    set_up(phone)
    for _ in range(3):
        refused(phone)
    phone.house.later(days=-1)
    unlock(phone)


def test_an_activation_code_instead_of_the_password_is_told(phone: WithPhone) -> None:
    set_up(phone)
    error = refused(phone, f" {phone.codes.distribution_pass}")
    assert isinstance(error, CodeIsNoAppPassword)
    assert "kod aktywacyjny" in told(error, "pl")[0]
    assert "activation code" in told(error, "en")[0]
    assert type(refused(phone, phone.codes.token)) is WrongAppPassword


def test_accents_count_the_same_however_they_are_typed(phone: WithPhone) -> None:
    set_up(phone, "Zażółć-gęślą1")
    unlock(phone, "Zażo\u0301łc\u0301-ge\u0328ślą1")


def test_the_real_hash_is_kept_and_the_password_is_not() -> None:
    real = with_phone()
    set_up(real)
    unlock(real)
    kept = real.phone()
    assert kept.password_hash is not None
    assert GOOD not in kept.password_hash + repr(kept)
