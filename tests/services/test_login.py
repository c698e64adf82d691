"""The CAS login."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from mleg_tui.domain.account import Account, LoginAttempts, Role
from mleg_tui.domain.errors import LoginRefused
from mleg_tui.domain.order import NotYours
from mleg_tui.services import attempts
from mleg_tui.services import login as login_module
from mleg_tui.services.attempts import Throttled
from mleg_tui.services.login import (
    AccountBlocked,
    LoginMissing,
    LoginNotInert,
    PasswordMissing,
    WrongCredentials,
)
from mleg_tui.services.passwords import hash_password, is_affordable, is_right
from mleg_tui.services.session import IDLE_LIMIT, Session, SessionExpired
from tests.factories import NOW, House, house

WRONG = "wrong"
JOZEF = Account(id="józef", role=Role.OFFICE, name="Józef", password_hash="zażółć")


@dataclass
class FakeHasher:
    """Takes a password for its own hash, and notes what was checked."""

    checked: list[str | None] = field(default_factory=list)

    def __call__(self, password_hash: str | None, password: str) -> bool:
        self.checked.append(password_hash)
        return password_hash == password


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> FakeHasher:
    fake = FakeHasher()
    monkeypatch.setattr(login_module, "is_right", fake)
    return fake


@pytest.fixture
def cas(hasher: FakeHasher) -> House:
    """Return a house with quick passwords: everybody's is ``demo``, accented ``zażółć``."""
    assert hasher.checked == []
    built = house()

    def set_passwords(work: Any) -> None:
        for account in work.select(Account):
            work.save(replace(account, password_hash="demo"))
        work.add(replace(JOZEF, id="zamknięty", blocked=True))
        work.add(JOZEF)

    built.services.store.transact(set_passwords)
    return built


def refused(cas: House, login: str = "anna.nowak", password: str = WRONG) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        cas.services.login.sign_in(login, password)
    return caught.value


@pytest.mark.parametrize("typed", ["anna.nowak", "ANNA.NOWAK", "  anna.nowak\n", "Anna.Nowak"])
def test_the_right_password_lets_in(cas: House, typed: str) -> None:
    assert cas.services.login.sign_in(typed, "demo").login == "anna.nowak"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_count_the_same_however_they_are_typed(cas: House, form: Any) -> None:
    typed = [unicodedata.normalize(form, text) for text in ("Józef", "zażółć")]
    assert cas.services.login.sign_in(*typed).login == "józef"


@pytest.mark.parametrize(
    ("login", "password", "refusal"),
    [
        ("", "demo", LoginMissing),
        ("   ", "demo", LoginMissing),
        ("", "", LoginMissing),
        ("anna.nowak", "", PasswordMissing),
        ("anna.nowak", "Demo", WrongCredentials),
        ("anna.nowak", " demo", WrongCredentials),
        ("nobody", "demo", WrongCredentials),
        ("anna.nowak\u202e", "demo", LoginNotInert),
        ("anna\n.nowak", "demo", LoginNotInert),
        ("\x1b]0;x\x07", "", LoginNotInert),
        ("anna.nowak" * 100, "demo", WrongCredentials),
        ("anna\udcff", "demo", WrongCredentials),
        ("zamknięty", "zażółć", AccountBlocked),
        ("zamknięty", "demo", WrongCredentials),
    ],
)
def test_who_is_not_let_in_and_why(
    cas: House, login: str, password: str, refusal: type[LoginRefused]
) -> None:
    assert type(refused(cas, login, password)) is refusal


def test_an_unknown_name_costs_the_same_one_check(cas: House, hasher: FakeHasher) -> None:
    refused(cas, "anna.nowak")
    refused(cas, "nobody")
    assert hasher.checked == ["demo", None]


def test_an_unknown_name_is_told_nothing_else_than_a_wrong_password(cas: House) -> None:
    for _ in range(5):
        known, unknown = refused(cas, "anna.nowak"), refused(cas, "nobody")
        assert type(known) is type(unknown)
        assert known.details == unknown.details


def test_waiting_grows_with_each_wrong_password_and_ends(cas: House) -> None:
    for _ in range(3):
        assert isinstance(refused(cas), WrongCredentials)
    waits = []
    for _ in range(8):
        throttled = refused(cas)
        assert isinstance(throttled, Throttled)
        waits.append(throttled.details["seconds"])
        cas.later(seconds=float(str(waits[-1])))
        assert isinstance(refused(cas), WrongCredentials)
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]


def test_a_throttled_login_checks_no_password(cas: House, hasher: FakeHasher) -> None:
    for _ in range(3):
        refused(cas)
    hasher.checked.clear()
    assert isinstance(refused(cas, password="demo"), Throttled)
    assert hasher.checked == []


def test_others_may_log_in_meanwhile(cas: House) -> None:
    for _ in range(4):
        refused(cas)
    assert cas.services.login.sign_in("ewa.lis", "demo").login == "ewa.lis"


def test_simulated_time_does_not_shorten_the_wait(cas: House) -> None:
    for _ in range(3):
        refused(cas)
    cas.services.time.forward(timedelta(days=1))
    cas.services.time.set_speed(86_400)
    cas.later(seconds=4)
    assert isinstance(refused(cas, password="demo"), Throttled)
    cas.later(seconds=1)
    assert cas.services.login.sign_in("anna.nowak", "demo").login == "anna.nowak"


def test_a_success_forgets_the_failures(cas: House) -> None:
    for _ in range(2):
        refused(cas)
    cas.services.login.sign_in("anna.nowak", "demo")
    for _ in range(3):
        assert isinstance(refused(cas), WrongCredentials)


def test_a_clock_set_back_locks_nobody_out(cas: House) -> None:
    for _ in range(3):
        refused(cas)
    cas.later(days=-1)
    assert cas.services.login.sign_in("anna.nowak", "demo").login == "anna.nowak"


def test_guessed_names_do_not_fill_the_store(cas: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "_MOST_NAMES", 10)
    for number in range(25):
        cas.later(seconds=1)
        refused(cas, f"guess{number}")
    kept = cas.services.store.read(lambda view: view.select(LoginAttempts))
    assert len(kept) <= 10
    assert "guess24" in [attempts.id for attempts in kept]


NAT, ELSEWHERE = "192.0.2.7", "198.51.100.1"


def wrong(cas: House, login: str, source: str = NAT) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        cas.services.login.sign_in(login, WRONG, source)
    return caught.value


def comes_in(cas: House, login: str, source: str = NAT) -> bool:
    try:
        return cas.services.login.sign_in(login, "demo", source).login == login
    except Throttled:
        return False


@pytest.fixture
def pupils(cas: House) -> list[str]:
    """Add a class of a hundred, who all sit behind one address."""
    names = [f"pupil{number:02}" for number in range(100)]

    def add(work: Any) -> None:
        for name in names:
            work.add(Account(id=name, role=Role.OFFICE, name=name, password_hash="demo"))

    cas.services.store.transact(add)
    return names


def test_a_class_behind_one_address_comes_in_with_all_its_typos(
    cas: House, pupils: list[str]
) -> None:
    for name in pupils:
        assert isinstance(wrong(cas, f"{name}x"), WrongCredentials)
        assert isinstance(wrong(cas, name), WrongCredentials)
        assert isinstance(wrong(cas, name), WrongCredentials)
    assert all(comes_in(cas, name) for name in pupils)


def test_who_has_come_in_from_there_is_not_kept_out_by_who_guesses_there(
    cas: House, pupils: list[str]
) -> None:
    assert all(comes_in(cas, name) for name in pupils)
    for _ in range(48):
        assert isinstance(wrong(cas, pupils[0]), WrongCredentials)
    for number in range(1_000):
        wrong(cas, f"guess{number}")
    assert all(comes_in(cas, name) for name in pupils)


def test_who_guesses_for_long_where_somebody_is_known_is_slowed_down(cas: House) -> None:
    assert comes_in(cas, "anna.nowak")
    for _ in range(100):
        assert isinstance(wrong(cas, "anna.nowak"), WrongCredentials)
    for _ in range(5):
        throttled = wrong(cas, "anna.nowak")
        assert throttled.details["seconds"] == 1
        cas.later(seconds=1)
        assert isinstance(wrong(cas, "anna.nowak"), WrongCredentials)
    cas.later(seconds=1)
    assert comes_in(cas, "anna.nowak")


def test_who_is_not_known_there_waits_half_a_minute_at_most(cas: House) -> None:
    assert comes_in(cas, "anna.nowak", ELSEWHERE)
    for _ in range(3):
        wrong(cas, "anna.nowak")
    waits = []
    for _ in range(5):
        waits.append(wrong(cas, "anna.nowak").details["seconds"])
        cas.later(seconds=float(str(waits[-1])))
        assert isinstance(wrong(cas, "anna.nowak"), WrongCredentials)
    assert waits == [5, 10, 20, 30, 30]
    assert not comes_in(cas, "anna.nowak")
    assert comes_in(cas, "anna.nowak", ELSEWHERE)
    assert comes_in(cas, "ewa.lis")


def test_an_address_that_tries_more_names_than_a_class_has_waits(
    cas: House, hasher: FakeHasher
) -> None:
    assert comes_in(cas, "anna.nowak")
    for number in range(300):
        assert isinstance(wrong(cas, f"guess{number}"), WrongCredentials)
    hasher.checked.clear()
    assert wrong(cas, "guess300").details == {"seconds": 60}
    assert not comes_in(cas, "ewa.lis")
    assert hasher.checked == []
    assert comes_in(cas, "ewa.lis", ELSEWHERE)
    assert comes_in(cas, "anna.nowak")
    cas.later(seconds=60)
    assert comes_in(cas, "ewa.lis")


def test_all_of_a_network_counts_as_one_address(cas: House) -> None:
    for number in range(3):
        wrong(cas, "anna.nowak", f"2001:db8::{number}")
    assert not comes_in(cas, "anna.nowak", "2001:db8::ffff")
    assert comes_in(cas, "anna.nowak", "2001:db8:0:1::1")


def test_guessed_names_do_not_drive_out_who_is_known(
    cas: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "_MOST_NAMES", 10)
    assert comes_in(cas, "anna.nowak")
    for number in range(25):
        cas.later(seconds=1)
        wrong(cas, f"guess{number}")
    for number in range(25):
        cas.later(seconds=1)
        assert comes_in(cas, "ewa.lis", f"10.0.0.{number}")
    kept = cas.services.store.read(lambda view: view.select(LoginAttempts))
    assert len([attempts for attempts in kept if attempts.known]) <= 10
    assert len([attempts for attempts in kept if not attempts.known]) <= 10


def test_coming_in_again_writes_nothing(cas: House) -> None:
    assert comes_in(cas, "anna.nowak")
    before = cas.services.store.revision()
    assert comes_in(cas, "anna.nowak")
    assert cas.services.store.revision() == before


def test_real_hashes_tell_right_from_wrong() -> None:
    stored = hash_password("zażółć")
    assert stored.startswith("$argon2id$")
    assert is_right(stored, "zażółć")
    assert not is_right(stored, "zazolc")
    assert not is_right(stored, "\udcff")
    assert not is_right(None, "nobody's password")


WEAK = (
    "$argon2id$v=19$m=8,t=1,p=1$wv+d74kheEpv5WzOb19Dbg$pr0ry+5NfH01Pou98E5qrnZ9oLdKz0Hf2NrHuIThFGI"
)
"""A hash of the password ``demo`` that cost next to nothing."""


def asking(memory: str, rounds: str, lanes: str) -> str:
    """Return such a hash that asks for more."""
    return WEAK.replace("m=8,t=1,p=1", f"m={memory},t={rounds},p={lanes}")


@pytest.mark.parametrize(
    "stored",
    [
        "", "nonsense", "zażółć", "$argon2id$…", "$2b$12$" + "x" * 53,
        "$argon2id$v=19$m=8,t=1,p=1$$", "$argon2id$v=19$m=8,t=1,p=1$" + "A" * 9999,
        WEAK.replace("argon2id", "argon2i"),
        asking("4194304", "2", "1"), asking("19456", "100", "1"), asking("19456", "2", "255"),
        asking("0", "0", "0"), asking("٨", "1", "1"),
    ],
)  # fmt: skip
def test_a_hash_that_is_not_ours_is_not_computed(
    stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []
    verify = PasswordHasher.verify

    def watched(hasher: PasswordHasher, hash_: str, password: bytes) -> bool:
        computed.append(hash_)
        return verify(hasher, hash_, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    assert not is_right(stored, "demo")
    (instead,) = computed  # it takes as long as any other
    assert is_affordable(instead)


def test_a_weaker_hash_still_lets_in() -> None:
    assert is_right(WEAK, "demo")
    assert not is_right(WEAK, "Demo")


@pytest.mark.parametrize(
    "use", [Session.touch, Session.check], ids=["by-doing-something", "by-looking"]
)
def test_an_idle_session_ends_on_its_limit(
    use: Callable[[Session, Any], None],
) -> None:
    built = house()
    session = Session(built.session().account, NOW)
    use(session, NOW + IDLE_LIMIT - timedelta(seconds=1))
    limit = session.ends_at
    with pytest.raises(SessionExpired):
        use(session, limit)


def test_looking_does_not_keep_a_session_and_doing_does() -> None:
    session = Session(house().session().account, NOW)
    later = NOW + timedelta(minutes=10)
    session.check(later)
    assert session.ends_at == NOW + IDLE_LIMIT
    session.touch(later)
    assert session.ends_at == later + IDLE_LIMIT


def test_idleness_does_not_run_at_the_simulations_speed() -> None:
    built = house()
    session = Session(built.session().account, NOW)
    built.services.time.forward(timedelta(days=1))
    assert built.services.ordering.card(session).now == NOW + timedelta(days=1)


@pytest.mark.parametrize("login", ["dziekanat", "kontroler"])
def test_staff_are_no_student(login: str) -> None:
    with pytest.raises(NotYours):
        house().session(login).student()
