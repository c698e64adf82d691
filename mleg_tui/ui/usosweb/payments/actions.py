"""What one does on the payments page, each through a dialog or a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from mleg_tui.domain.ledger import DueState
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.money import grouped, parse_account_number, parse_amount
from mleg_tui.services.payments import Statement
from mleg_tui.services.session import Session
from mleg_tui.ui.modal import agreed, answered
from mleg_tui.ui.program import Program
from mleg_tui.ui.usosweb.payments.details import DueDetails, PaymentDetails
from mleg_tui.ui.usosweb.payments.words import amount
from mleg_tui.ui.widgets.dialogs import ask
from mleg_tui.ui.widgets.form import Field, Form

NUMBER = N_("Numer konta:")


class PaymentActions:
    """Asks, does it, and lets the page read itself anew with ``reload``, and say what was done."""

    def __init__(
        self,
        program: Program,
        session: Session,
        reload: Callable[[MessageId | None], Awaitable[None]],
    ) -> None:
        self._program = program
        self._session = session
        self._payments = program.services.payments
        self._reload = reload

    def open_due(self, statement: Statement, id: str) -> None:
        """Show the details of a due, from which it can be paid."""
        state = statement.due(id)
        if state is not None:
            self._program.push_screen(DueDetails(state), agreed(partial(self.pay, state)))

    def open_payment(self, statement: Statement, id: str) -> None:
        """Show the details of a payment."""
        state = statement.payment(id)
        if state is not None:
            dues = {due.due.id: due for due in statement.ledger.dues}
            self._program.push_screen(PaymentDetails(state, dues))

    def pay(self, state: DueState | None) -> None:
        """Ask for amount and account, filled in as the due has them, and send the transfer."""
        self._send(state, state.due.account_number if state else "")

    def pay_to(self, statement: Statement, number: str) -> None:
        """Do so to an account of the university, with what its next due lacks."""
        account = statement.university_account(number)
        self._send(account.next_due if account else None, number)

    def _send(self, state: DueState | None, account_number: str) -> None:
        money = amount(state.missing) if state else ""
        number = grouped(account_number)
        self._fill(
            N_("Zapłać (symulacja)"),
            N_("Żadne pieniądze nie płyną. Można się pomylić w kwocie albo w koncie."),
            (Field(N_("Kwota (PLN):"), money, parse_amount), _number_field(number)),
            N_("Zapłać"),
            self._payments.pay,
        )

    def add_account(self) -> None:
        """Ask for an account of the student's own, and note it."""
        self._fill(
            N_("Dodaj konto"),
            N_("Nie podawaj prawdziwego numeru; zmyśl 26 cyfr."),
            (_number_field(""),),
            N_("Dodaj"),
            self._payments.add_bank_account,
            done=N_("Konto dodane."),
        )

    def remove_account(self, id: str) -> None:
        """Ask whether an account is to go, and forget it."""
        text = N_("Konto zniknie z listy; można je dodać ponownie.")
        remove = partial(self._payments.remove_bank_account, self._session, id)
        act = partial(self._do, remove, N_("Konto usunięte."))
        ask(self._program, N_("Usuń konto"), text, act)

    def _fill(
        self,
        title: MessageId,
        note: MessageId,
        fields: tuple[Field, ...],
        yes: MessageId,
        act: Callable[..., object],
        *,
        done: MessageId | None = None,
    ) -> None:
        """Let a form be filled, and hand what was typed to the service, field by field.

        What was ``done`` is told, unless the page shows it by itself.
        """

        async def filled(typed: tuple[str, ...]) -> None:
            await self._do(partial(act, self._session, *typed), done)

        self._program.push_screen(Form(title, note, fields, yes), answered(filled))

    async def _do(self, act: Callable[[], object], done: MessageId | None) -> None:
        acted = await self._program.ask_store(lambda: (act(),))
        await self._reload(done if acted else None)


def _number_field(number: str) -> Field:
    return Field(NUMBER, number, parse_account_number)
