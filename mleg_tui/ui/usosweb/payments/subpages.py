"""The content of each sub-page, made from the student's statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import groupby

from textual.widget import Widget

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.ledger import DueState, PaymentState
from mleg_tui.domain.messages import N_
from mleg_tui.domain.money import grouped
from mleg_tui.locale import _, local
from mleg_tui.services.payments import DuesTogether, Statement, UniversityAccount
from mleg_tui.ui.usosweb.payments.subtabs import Subpage
from mleg_tui.ui.usosweb.payments.table import Column, Frame, Row, Telling, head
from mleg_tui.ui.usosweb.payments.words import CURRENCY, amount, money
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_DUES = (
    Column(N_("rodzaj"), share=2),
    Column(N_("opis"), share=3),
    Column(N_("kwota"), width=8, right=True),
    Column(N_("waluta"), width=8),
    Column(N_("pozostało"), width=9, right=True),
    Column(N_("termin płatności"), width=11),
)
_PAYMENTS = (
    Column(N_("data wpłaty"), width=11),
    Column(N_("kwota"), width=9, right=True),
    Column(N_("waluta"), width=8),
    Column(N_("nierozliczone"), width=13, right=True),
    Column(N_("stan"), share=1),
)
_ACCOUNTS = (Column(N_("numer konta"), share=1),)
_UNIVERSITY_ACCOUNTS = (
    Column(N_("numer konta"), width=32),
    Column(N_("rodzaj"), share=1),
    Column(N_("pozostało"), width=9, right=True),
)


def build(subpage: Subpage, statement: Statement) -> list[Widget]:
    """Return the widgets of a sub-page."""
    return list(_BUILDERS[subpage](statement))


def _unsettled(statement: Statement) -> Iterable[Widget]:
    if not statement.unsettled:
        yield TranslatedLabel(
            N_("✓ Nie masz żadnych nierozliczonych należności."), classes="all-settled"
        )
    else:
        yield from _dues(statement.unsettled, lambda unit: unit.remaining)
        yield Telling(
            lambda: _("Wszystkie należności: {money}").format(money=money(statement.total)),
            classes="grand-total",
        )
    yield TranslatedButton(N_("Zapłać (symulacja)"), "primary", id="pay")


def _settled(statement: Statement) -> Iterable[Widget]:
    if not statement.settled:
        yield TranslatedLabel(N_("Nie ma rozliczonych należności."))
    yield from _dues(statement.settled, lambda unit: unit.amount)


def _dues(
    units: Iterable[DuesTogether], subtotal: Callable[[DuesTogether], int]
) -> Iterable[Widget]:
    for unit in units:
        yield _frame(partial(_unit_title, unit), unit, partial(_subtotal, unit, subtotal))


def _plans(statement: Statement) -> Iterable[Widget]:
    if not statement.plans:
        yield TranslatedLabel(N_("Nie masz planów ratalnych."))
    for plan in statement.plans:
        yield _frame(partial(local, plan.name), plan, partial(_plan_total, plan))


def _payments(statement: Statement) -> Iterable[Widget]:
    if not statement.payments:
        yield TranslatedLabel(N_("Nie ma wpłat."))
        return
    yield Frame(lambda: _("Wpłaty"), head(_PAYMENTS), *_payment_rows(statement.payments))


def _unsettled_payments(statement: Statement) -> Iterable[Widget]:
    unsettled = statement.unsettled_payments
    if not unsettled:
        yield TranslatedLabel(N_("✓ Nie masz nierozliczonych wpłat."), classes="all-settled")
        return
    rest = sum(state.rest for state in unsettled)
    total = Telling(lambda: _("Nierozliczone: {money}").format(money=money(rest)), classes="total")
    title = partial(_, N_("Wpłaty nierozliczone"))
    yield Frame(title, head(_PAYMENTS), *_payment_rows(unsettled), total)


def _payment_rows(states: Iterable[PaymentState]) -> list[Row]:
    return [Row(state.payment.id, _PAYMENTS, partial(_payment_cells, state)) for state in states]


def _university_accounts(statement: Statement) -> Iterable[Widget]:
    if not statement.university_accounts:
        yield TranslatedLabel(N_("Nie masz należności, więc nie ma dla Ciebie kont do wpłat."))
        return
    yield TranslatedLabel(
        N_("Każdy rodzaj należności ma Twoje indywidualne konto. Enter wpłaca na nie (symulacja).")
    )
    by_unit = groupby(statement.university_accounts, key=lambda account: account.unit)
    for unit, accounts in by_unit:
        rows = [
            Row(account.number, _UNIVERSITY_ACCOUNTS, partial(_account_cells, account))
            for account in accounts
        ]
        yield Frame(partial(local, unit), head(_UNIVERSITY_ACCOUNTS), *rows)


def _bank_accounts(statement: Statement) -> Iterable[Widget]:
    yield TranslatedLabel(N_("Na te konta uczelnia zwraca nadpłaty. Enter usuwa konto."))
    if statement.bank_accounts:
        rows = [
            Row(account.id, _ACCOUNTS, partial(_number_cells, account.number))
            for account in statement.bank_accounts
        ]
        yield Frame(lambda: _("Moje konta bankowe"), head(_ACCOUNTS), *rows)
    yield TranslatedButton(N_("Dodaj konto"), id="add-account")


_BUILDERS: Mapping[Subpage, Callable[[Statement], Iterable[Widget]]] = {
    Subpage.UNSETTLED: _unsettled,
    Subpage.SETTLED: _settled,
    Subpage.PLANS: _plans,
    Subpage.PAYMENTS: _payments,
    Subpage.UNSETTLED_PAYMENTS: _unsettled_payments,
    Subpage.UNIVERSITY_ACCOUNTS: _university_accounts,
    Subpage.BANK_ACCOUNTS: _bank_accounts,
}


def _frame(title: Callable[[], str], group: DuesTogether, total: Callable[[], str]) -> Frame:
    rows = [Row(state.due.id, _DUES, partial(_due_cells, state)) for state in group.dues]
    return Frame(title, head(_DUES), *rows, Telling(total, classes="total"))


def _due_cells(state: DueState) -> list[str]:
    due = state.due
    deadline = due.deadline.isoformat()
    if state.settled_on is None and state.interest:
        deadline += " " + _("po terminie")
    return [
        local(due.kind),
        local(due.description),
        amount(due.amount),
        CURRENCY,
        amount(state.remaining),
        deadline,
    ]


def _payment_cells(state: PaymentState) -> list[str]:
    payment = state.payment
    return [
        warsaw_date(payment.made_at).isoformat(),
        amount(payment.amount),
        CURRENCY,
        amount(state.rest),
        payment_state(state),
    ]


def payment_state(state: PaymentState) -> str:
    """Say whether a payment is settled, and if not, why."""
    if state.why is None:
        return _("rozliczona")
    return _("nierozliczona: {why}").format(why=_(state.why.label))


def _account_cells(account: UniversityAccount) -> list[str]:
    kinds = ", ".join(map(local, account.kinds))
    return [grouped(account.number), kinds, amount(account.remaining)]


def _number_cells(number: str) -> list[str]:
    return [grouped(number)]


def _unit_title(unit: DuesTogether) -> str:
    return _("Należności dla: {unit}").format(unit=local(unit.name))


def _subtotal(unit: DuesTogether, sum_of: Callable[[DuesTogether], int]) -> str:
    return _("Razem: {money}").format(money=money(sum_of(unit)))


def _plan_total(plan: DuesTogether) -> str:
    return _("Razem: {money}, pozostało: {remaining}").format(
        money=money(plan.amount), remaining=money(plan.remaining)
    )
