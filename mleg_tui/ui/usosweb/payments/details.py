"""Details: of a due, how payments settled it; of a payment, where it went."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.ledger import DueState, PaymentState
from mleg_tui.domain.messages import N_
from mleg_tui.domain.money import grouped
from mleg_tui.locale import _, local
from mleg_tui.ui.clipboard import copy
from mleg_tui.ui.program import program_of
from mleg_tui.ui.usosweb.payments.subpages import payment_state
from mleg_tui.ui.usosweb.payments.words import money
from mleg_tui.ui.widgets.dialogs import CLOSE, Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton


class DueDetails(Dialog):
    """Everything about a due. Answers with true where it is to be paid."""

    AUTO_FOCUS = "#no"

    def __init__(self, state: DueState) -> None:
        super().__init__(N_("Szczegóły należności"))
        self._state = state

    def body(self) -> ComposeResult:
        """Yield the due, what settled it, and the account to pay to."""
        yield ComposedLabel(lambda: "\n".join(_due_lines(self._state)))

    def buttons(self) -> ComposeResult:
        """Yield what can be done about it."""
        yield TranslatedButton(N_("Kopiuj numer"), id="copy")
        if self._state.settled_on is None:
            yield TranslatedButton(N_("Zapłać"), "primary", id="yes")
        yield TranslatedButton(CLOSE, id="no")

    @on(Button.Pressed, "#copy")
    async def _copy(self, event: Button.Pressed) -> None:
        event.prevent_default()
        event.stop()
        program = program_of(self)
        await copy(program, self._state.due.account_number, local=program.options.local)
        self.notify(_("Numer konta wysłano do schowka, jeśli terminal na to pozwala."))


class PaymentDetails(Dialog):
    """Everything about a payment."""

    AUTO_FOCUS = "#no"

    def __init__(self, state: PaymentState, dues: dict[str, DueState]) -> None:
        super().__init__(N_("Szczegóły wpłaty"))
        self._state = state
        self._dues = dues

    def body(self) -> ComposeResult:
        """Yield the payment and the dues that it settled."""
        yield ComposedLabel(lambda: "\n".join(self._lines()))

    def _lines(self) -> list[str]:
        payment = self._state.payment
        lines = [
            f"{shown(payment.made_at)}  {money(payment.amount)}",
            _("Konto: {number}").format(number=grouped(payment.account_number)),
            _("Stan: {state}").format(state=payment_state(self._state)),
        ]
        for part in self._state.allocations:
            due = local(self._dues[part.due].due.description)
            lines.append(_("Rozlicza: {due}, {money}").format(due=due, money=money(part.amount)))
        if self._state.rest:
            lines.append(_("Nierozliczone: {money}").format(money=money(self._state.rest)))
        return lines


def _due_lines(state: DueState) -> list[str]:
    due = state.due
    lines = [
        f"{local(due.kind)}: {local(due.description)}",
        local(due.unit),
        "",
        _("Kwota: {money}").format(money=money(due.amount)),
        _("Odsetki: {money}").format(money=money(state.interest)),
        _("Pozostało: {money}").format(money=money(state.remaining)),
        _("Termin płatności: {date}").format(date=due.deadline.isoformat()),
        _("Indywidualny numer konta:"),
        f"  {grouped(due.account_number)}",
        "",
    ]
    if state.settled_on is None:
        waiting = _("Na koncie czeka {money}: za mało, żeby rozliczyć.")
        told = waiting.format(money=money(state.waiting)) if state.waiting else ""
        return [*lines, _("Nierozliczona."), *([told] if told else [])]
    lines.append(_("Rozliczona {date}:").format(date=state.settled_on.isoformat()))
    return [
        *lines,
        *(
            "  "
            + _("wpłata {payment}: {money}").format(payment=part.payment, money=money(part.amount))
            for part in state.allocations
        ),
    ]
