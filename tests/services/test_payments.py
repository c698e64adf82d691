"""What a student sees and does about money, on the demo data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mleg_tui.domain.audit import Event
from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.fees import Due, Payment
from mleg_tui.domain.ledger import WhyUnsettled
from mleg_tui.domain.money import BadAccountNumber, BadAmount, checksum_holds
from mleg_tui.domain.order import NotYours
from mleg_tui.domain.university import Fees, University
from mleg_tui.services.payments import DuesTogether, Statement
from mleg_tui.services.session import IDLE_LIMIT, Session, SessionExpired
from mleg_tui.services.store import DuplicateKey, NotFound, Work
from tests.factories import NOW, House, demo_data, house

PIOTR = "piotr.zielinski"
ELS = f"{PIOTR}-els"
ELSEWHERE = "00 1090 1014 0000 0712 1981 2874"
DAY = timedelta(days=1)


@pytest.fixture
def usos() -> House:
    return house()


def statement(usos: House, login: str = PIOTR) -> Statement:
    return usos.services.payments.statement(usos.session(login))


def account_of(usos: House, id: str = ELS) -> str:
    return usos.services.store.read(lambda view: view.get(Due, id)).account_number


def pay(usos: House, amount: str, account: str | None = None, login: str = PIOTR) -> Payment:
    return usos.services.payments.pay(usos.session(login), amount, account or account_of(usos))


def tomorrow(usos: House) -> None:
    usos.services.time.forward(DAY)


def ids(groups: tuple[DuesTogether, ...]) -> set[str]:
    return {state.due.id.removeprefix(f"{PIOTR}-") for group in groups for state in group.dues}


def test_every_sub_page_of_piotr_shows_something(usos: House) -> None:
    his = statement(usos)
    assert ids(his.unsettled) == {"els", "retake", "rate-2", "rate-3"}
    assert ids(his.settled) == {"admission", "rate-1"}
    assert ids(his.plans) == {"rate-1", "rate-2", "rate-3"}
    assert len(his.payments) == 2
    assert len(his.bank_accounts) == 1
    assert [unit.name["pl"] for unit in his.unsettled] == [
        "Biuro Obsługi Studentów",
        "Wydział Informatyki",
    ]
    assert his.total == sum(unit.remaining for unit in his.unsettled) == 117_524
    overdue = his.due(f"{PIOTR}-retake")
    assert overdue is not None
    assert overdue.interest == 324
    assert his.last_migration == datetime(2026, 10, 5, 1, tzinfo=UTC)
    assert his.next_migration == datetime(2026, 10, 6, 1, tzinfo=UTC)


def test_others_owe_nothing(usos: House) -> None:
    for login in ("anna.nowak", "ola.wisniewska"):
        assert (statement(usos, login).unsettled, statement(usos, login).total) == ((), 0)
    assert len(statement(usos, "ola.wisniewska").settled) == 1


def test_a_payment_of_today_shows_tomorrow_as_settled(usos: House) -> None:
    made = pay(usos, "22")
    assert (made.amount, made.made_at) == (2200, NOW)
    today = statement(usos)
    assert today.on_the_way == (made,)
    assert "els" in ids(today.unsettled)
    tomorrow(usos)
    his = statement(usos)
    assert his.on_the_way == ()
    assert "els" in ids(his.settled)
    newest = his.payments[0]
    assert (newest.payment.id, newest.rest, newest.why) == (made.id, 0, None)
    assert his.payment(made.id) == newest
    due = his.due(ELS)
    assert due is not None
    assert due.settled_on == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("amount", "account", "why"),
    [
        ("21,99", None, WhyUnsettled.TOO_LITTLE),
        ("22", ELSEWHERE, WhyUnsettled.UNKNOWN_ACCOUNT),
    ],
)
def test_a_wrong_amount_or_account_leaves_the_payment_unsettled(
    usos: House, amount: str, account: str | None, why: WhyUnsettled
) -> None:
    pay(usos, amount, account)
    tomorrow(usos)
    his = statement(usos)
    assert his.payments[0].why is why
    assert "els" in ids(his.unsettled)


def test_after_the_deadline_the_interest_is_owed_too(usos: House) -> None:
    usos.services.time.forward(30 * DAY)
    due = statement(usos).due(ELS)
    assert due is not None
    assert (due.interest, due.remaining) == (11, 2211)
    pay(usos, "22,00")
    tomorrow(usos)
    due = statement(usos).due(ELS)
    assert due is not None
    assert (due.remaining, due.waiting, due.missing) == (2212, 2200, 12)
    pay(usos, "0,12")
    tomorrow(usos)
    assert "els" in ids(statement(usos).settled)


def test_an_overpaid_instalment_counts_towards_the_next(usos: House) -> None:
    pay(usos, "500", account_of(usos, f"{PIOTR}-rate-2"))
    pay(usos, "300", account_of(usos, f"{PIOTR}-rate-3"))
    tomorrow(usos)
    assert ids(statement(usos).unsettled) == {"els", "retake"}


def test_the_rate_is_the_universitys(usos: House) -> None:
    def forgive(work: Work) -> None:
        work.save(replace(work.get(University, "fk"), fees=Fees(interest=0)))

    usos.services.store.transact(forgive)
    overdue = statement(usos).due(f"{PIOTR}-retake")
    assert overdue is not None
    assert overdue.interest == 0


@pytest.mark.parametrize(
    ("amount", "account", "error"),
    [("dużo", ELSEWHERE, BadAmount), ("0", ELSEWHERE, BadAmount), ("22", "123", BadAccountNumber)],
)
def test_nonsense_is_no_payment(
    usos: House, amount: str, account: str, error: type[BadInput]
) -> None:
    with pytest.raises(error):
        pay(usos, amount, account)
    assert statement(usos).on_the_way == ()


def test_bank_accounts_come_and_go(usos: House) -> None:
    payments, piotr = usos.services.payments, usos.session(PIOTR)
    added = payments.add_bank_account(piotr, ELSEWHERE)
    assert added.number == ELSEWHERE.replace(" ", "")
    with pytest.raises(DuplicateKey):
        payments.add_bank_account(piotr, added.number)
    with pytest.raises(BadAccountNumber):
        payments.add_bank_account(piotr, "x")
    for account in statement(usos).bank_accounts:
        payments.remove_bank_account(piotr, account.id)
    assert statement(usos).bank_accounts == ()
    assert payments.add_bank_account(piotr, ELSEWHERE).id == f"{PIOTR}-k001"


def test_nobody_touches_anothers_account(usos: House) -> None:
    own = statement(usos).bank_accounts[0].id
    with pytest.raises(NotFound):
        usos.services.payments.remove_bank_account(usos.session("anna.nowak"), own)
    assert statement(usos).bank_accounts[0].id == own


@pytest.mark.parametrize("login", ["dziekanat", "kontroler"])
def test_money_is_a_students_matter(usos: House, login: str) -> None:
    payments, who = usos.services.payments, usos.session(login)
    for act in (
        lambda: payments.statement(who),
        lambda: payments.pay(who, "22", ELSEWHERE),
        lambda: payments.add_bank_account(who, ELSEWHERE),
        lambda: payments.remove_bank_account(who, f"{PIOTR}-k001"),
    ):
        with pytest.raises(NotYours):
            act()


def test_an_idle_session_ends(usos: House) -> None:
    idle = Session(usos.session(PIOTR).account, usos.clock.now())
    usos.later(seconds=IDLE_LIMIT.total_seconds())
    for act in (
        lambda: usos.services.payments.statement(idle),
        lambda: usos.services.payments.pay(idle, "22", ELSEWHERE),
    ):
        with pytest.raises(MlegError) as caught:
            act()
        assert isinstance(caught.value, SessionExpired)


def test_a_payment_is_audited(usos: House) -> None:
    made = pay(usos, "22")
    events = usos.services.store.read(lambda view: view.select(Event))
    assert [(event.actor, event.record) for event in events] == [(PIOTR, made.id)]


def test_no_account_of_the_demo_data_can_be_somebodys() -> None:
    data = demo_data()
    numbers = {due.account_number for due in data.dues}
    numbers |= {payment.account_number for payment in data.payments}
    numbers |= {account.number for account in data.bank_accounts}
    assert len(numbers) > 4
    assert not any(checksum_holds(number) for number in numbers)
