"""The page ``Płatności (model FK)``: dues and payments, and where one orders there, the order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Static

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _, ngettext
from mleg_tui.services.ordering import Card
from mleg_tui.services.payments import Statement
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.mlegitymacja import MlegitymacjaPage
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.usosweb.payments.actions import PaymentActions
from mleg_tui.ui.usosweb.payments.subpages import build
from mleg_tui.ui.usosweb.payments.subtabs import Subpage, SubTabs
from mleg_tui.ui.usosweb.payments.table import Row
from mleg_tui.ui.usosweb.payments.words import money
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.translated import TranslatedLabel


class DuesPage(Page):
    """Dues and payments on seven sub-pages."""

    DEFAULT_CSS = """
    DuesPage #migrated { color: $quiet; }
    DuesPage #on-the-way { color: $success; text-style: bold; }
    DuesPage #subpage { height: auto; }
    DuesPage .all-settled {
        width: 100%; margin: 1 0; padding: 0 1; border: round $success; color: $success;
        text-style: bold;
    }
    DuesPage .grand-total {
        text-align: right; text-style: bold; color: $primary; padding: 0 2 0 0;
    }
    DuesPage #subpage > TranslatedButton { margin-top: 1; }
    """
    places = frozenset({Place.PAYMENTS})
    topic = Topic(
        "usosweb.payments.dues",
        N_(
            "Należności i wpłaty. Każda należność ma swój numer konta; wpłata musi przyjść w "
            "terminie, później rosną odsetki. Za mała kwota albo złe konto zostawiają wpłatę "
            "nierozliczoną. Dane migrują w nocy, więc dzisiejszą wpłatę widać jutro. Przelew jest "
            "zmyślony: żadnego banku tu nie ma."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._statement: Statement | None = None

    @property
    def _actions(self) -> PaymentActions:
        return PaymentActions(self.portal.program, self.portal.session, self._reload)

    async def _reload(self, done: MessageId | None) -> None:
        await self.load()
        if is_alive(self):
            self.query_one("#account-answer", Answer).tell_done(done)

    def compose(self) -> ComposeResult:
        """Draw the sub-pages' names, the present one, and the box."""
        yield TranslatedLabel(N_("Płatności (model FK)"), classes="title")
        yield Static(id="migrated", markup=False)
        yield Static(id="on-the-way", markup=False)
        yield SubTabs()
        yield Answer(id="account-answer")
        yield Vertical(id="subpage")

    async def load(self) -> None:
        """Read the statement and show it."""
        payments = self.portal.program.services.payments
        ask = partial(payments.statement, self.portal.session)
        statement = await self.portal.program.ask_store(ask)
        if statement is not None and is_alive(self) and statement != self._statement:
            self._statement = statement
            await self._show()
        if self._statement is not None:
            self.holds_until = self._statement.holds_until

    def say(self) -> None:
        """Say when data came over, and what is on the way, in the session's present language."""
        statement = self._statement
        if statement is None:
            return
        migrated = _("ostatnia migracja danych: {moment}")
        self.query_one("#migrated", Static).update(
            migrated.format(moment=shown(statement.last_migration))
        )
        waiting = self.query_one("#on-the-way", Static)
        waiting.display = bool(statement.on_the_way)
        waiting.update(_on_the_way(statement))

    def arrive(self, command: str) -> None:
        """Scroll to the payments."""
        del command
        self.portal.query_one("#page").scroll_home(animate=False)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        return {"payments.pay": self._pay}

    async def _show(self) -> None:
        """Draw the sub-page anew; the focus stays on the row that it was on."""
        statement = self._statement
        if statement is None:
            return
        self.say()
        focused = self.screen.focused
        area = self.query_one("#subpage")
        inside = focused is not None and area in focused.ancestors
        key = focused.key if isinstance(focused, Row) else None
        await area.remove_children()
        await area.mount_all(build(self.query_one(SubTabs).active, statement))
        if inside:
            again = (row for row in area.query(Row) if row.key == key)
            next(again, self.query_one(SubTabs)).focus(scroll_visible=False)

    @on(SubTabs.Chosen)
    async def _subpage_chosen(self) -> None:
        self.query_one("#account-answer", Answer).clear()
        await self._show()

    @on(Row.Opened)
    def _row_opened(self, event: Row.Opened) -> None:
        event.stop()
        if self._statement is None:
            return
        match self.query_one(SubTabs).active:
            case Subpage.PAYMENTS | Subpage.UNSETTLED_PAYMENTS:
                self._actions.open_payment(self._statement, event.key)
            case Subpage.UNIVERSITY_ACCOUNTS:
                self._actions.pay_to(self._statement, event.key)
            case Subpage.BANK_ACCOUNTS:
                self._actions.remove_account(event.key)
            case _:
                self._actions.open_due(self._statement, event.key)

    @on(Button.Pressed, "#pay")
    async def _pay_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.portal.desk.perform("payments.pay")

    def _pay(self) -> None:
        """Pay the due that has the focus, else the first that is not settled."""
        statement, focused = self._statement, self.screen.focused
        if statement is None:
            return
        unsettled = [state for unit in statement.unsettled for state in unit.dues]
        key = focused.key if isinstance(focused, Row) else None
        chosen = (state for state in unsettled if state.due.id == key)
        self._actions.pay(next(chosen, unsettled[0] if unsettled else None))

    @on(Button.Pressed, "#add-account")
    def _add_account(self, event: Button.Pressed) -> None:
        event.stop()
        self._actions.add_account()


class PaymentsPage(DuesPage):
    """The same with the mLegitymacja box below the payments, where one orders there (seed 000)."""

    DEFAULT_CSS = """
    PaymentsPage MlegitymacjaPage { padding: 0; margin-top: 1; border-top: heavy $panel; }
    """
    places = frozenset({Place.PAYMENTS, Place.MLEGITYMACJA})
    topic = Topic(
        "usosweb.payments",
        N_(
            "Należności i wpłaty w modelu FK. Każda należność ma swój numer konta; wpłata musi "
            "przyjść w terminie, później rosną odsetki. Za mała kwota albo złe konto zostawiają "
            "wpłatę nierozliczoną. Dane migrują w nocy, więc dzisiejszą wpłatę widać jutro. "
            "Poniżej jest mLegitymacja: klawisz {key[usosweb.mlegitymacja]} prowadzi do niej, "
            "{key[usosweb.payments]} z powrotem. Przelew jest zmyślony: żadnego banku tu nie ma."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._box = MlegitymacjaPage()

    @property
    def card(self) -> Card | None:
        """The card as the box shows it."""
        return self._box.card

    def compose(self) -> ComposeResult:
        """Draw the payments and the box."""
        yield from super().compose()
        yield self._box

    async def load(self) -> None:
        """Read the statement and the card, and show both."""
        await super().load()
        await self._box.load()
        known = filter(None, (self.holds_until, self._box.holds_until))
        self.holds_until = min(known, default=None)

    def arrive(self, command: str) -> None:
        """Scroll to the payments, or to the box."""
        if command == "usosweb.mlegitymacja":
            self._box.scroll_visible(top=True, animate=False)
        else:
            super().arrive(command)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands, the box's among them."""
        return {**self._box.handlers(), **super().handlers()}


def _on_the_way(statement: Statement) -> str:
    sent = statement.on_the_way
    return ngettext(
        "✓ Wysłano {count} przelew, {money}. Pokaże się po najbliższej migracji danych: {moment}",
        "✓ Wysłano {count} przelewy, {money}. Pokażą się po najbliższej migracji danych: {moment}",
        len(sent),
    ).format(
        count=len(sent),
        money=money(sum(payment.amount for payment in sent)),
        moment=shown(statement.next_migration),
    )
