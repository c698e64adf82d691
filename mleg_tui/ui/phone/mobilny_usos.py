"""Mobilny USOS: the same order on the phone (docs/domain.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import IN_PROCESS, OrderStatus
from mleg_tui.locale import _, advice_of, local, message_of
from mleg_tui.services.ordering import Card
from mleg_tui.ui.availability import why_not
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.phone.frame import PhoneApp, PhonePage
from mleg_tui.ui.program import Handler
from mleg_tui.ui.usosweb.mlegitymacja import is_same
from mleg_tui.ui.usosweb.order_actions import OrderActions
from mleg_tui.ui.widgets.qr import QrView
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

NOTICE = N_("Twoja mLegitymacja jest gotowa do zainstalowania")
_BUTTONS = {
    "order": "mlegitymacja.order",
    "copy-token": "mlegitymacja.copy_token",
    "copy-pass": "mlegitymacja.copy_pass",
    "cancel": "mlegitymacja.cancel",
    "revoke": "mlegitymacja.revoke",
}


class MobilnyUsosApp(PhoneApp):
    """The university's own app."""

    name_shown = N_("Mobilny USOS")

    def home(self) -> PhonePage:
        """Return the page with the side menu."""
        return SideMenuPage()


class SideMenuPage(PhonePage):
    """The side menu. It names what the simulator has."""

    title = N_("Mobilny USOS")
    topic = "mobilny_usos.menu"

    def compose(self) -> ComposeResult:
        """Draw the menu."""
        yield TranslatedLabel(N_("Menu"), classes="heading")
        yield TranslatedButton(N_("mLegitymacja"), id="to-mlegitymacja")

    @on(TranslatedButton.Pressed, "#to-mlegitymacja")
    async def _open(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.opened_in.open(TabPage())


class TabPage(PhonePage):
    """The tab mLegitymacja."""

    title = N_("mLegitymacja")
    topic = "mobilny_usos.tab"

    def compose(self) -> ComposeResult:
        """Draw the way on."""
        yield TranslatedLabel(
            N_("Legitymacja studencka w telefonie, do okazania w aplikacji mObywatel.")
        )
        yield TranslatedButton(N_("Moja mLegitymacja"), id="to-mine")

    @on(TranslatedButton.Pressed, "#to-mine")
    async def _open(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.opened_in.open(MyMlegitymacjaPage())


class MyMlegitymacjaPage(PhonePage):
    """Order, follow, and copy the codes."""

    title = N_("Moja mLegitymacja")
    topic = "mobilny_usos.mine"
    places = frozenset({Place.MLEGITYMACJA})

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None

    @property
    def card(self) -> Card | None:
        """The card as the page shows it."""
        return self._card

    @property
    def visible_token(self) -> str | None:
        """The token, while its QR code is on the page."""
        return self._card.codes.token if self._card and self._card.codes else None

    def compose(self) -> ComposeResult:
        """Draw the parts; which of them are seen depends on the order's state."""
        yield Static(id="progress", markup=False)
        yield TranslatedButton(N_("Zamów mLegitymację"), id="order")
        yield Static(id="token", markup=False)
        yield TranslatedButton(N_("Kopiuj kod QR"), id="copy-token")
        yield Static(id="pass", markup=False)
        yield TranslatedButton(N_("Kopiuj kod aktywacyjny"), id="copy-pass")
        yield TranslatedButton(N_("Anuluj zamówienie"), id="cancel")
        yield TranslatedButton(N_("Unieważnij mLegitymację"), id="revoke")
        yield QrView(whole_screen="mlegitymacja.qr")

    async def load(self) -> None:
        """Read the card and show it."""
        ordering = self.program.services.ordering
        card = await self.program.ask_store(partial(ordering.card, self.phone.session))
        if card is not None and is_alive(self):
            self.holds_until = card.holds_until
            if not is_same(card, self._card):
                self.show(card)
        elif self.program.outage is not None and is_alive(self):
            self.query_one("#progress", Static).update(message_of(self.program.outage))

    def show(self, card: Card) -> None:
        """Show a card."""
        self._card = card
        self.say()
        focused = self.screen.focused
        mine = self.phone.is_active and self.display
        if mine and (focused is None or not focused.display):
            self.focus_first()
        self.phone.desk.refresh_keys()

    def say(self) -> None:
        """Say the card in the session's present language."""
        card = self._card
        if card is None:
            return
        codes = card.codes
        self.query_one("#progress", Static).update(_progress(card))
        self.query_one("#token", Static).update(codes.token if codes else "")
        activation = _("Kod aktywacyjny: {code}")
        self.query_one("#pass", Static).update(
            activation.format(code=codes.distribution_pass) if codes else ""
        )
        self.query_one(QrView).content = codes.token if codes else ""
        situation = self.phone.situation()
        for button, command in _BUTTONS.items():
            self.query_one(f"#{button}").display = why_not(command, situation) is None
        for part in ("#token", "#pass", "QrView"):
            self.query_one(part).display = codes is not None

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about the order."""
        actions = OrderActions(self.program, self.phone.session, self.show, self._copied)
        return actions.handlers(self._card)

    def _copied(self, _command: str, ways: Callable[[], str]) -> None:
        self.program.notify(ways())

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.phone.desk.perform(_BUTTONS[event.button.id or ""])


def _progress(card: Card) -> str:
    order, status = card.order, card.status
    if (
        order is None
        or status is None
        or (status not in IN_PROCESS and not order.is_live_at(card.now))
    ):
        return "\n".join([_("Brak mLegitymacji"), *_obstacles(card)])
    label = local(card.university.label(status))
    rows = [
        _("Data zamówienia: {date}").format(date=shown(order.order_date)),
        _("Termin ważności: {date}").format(date=order.expiration_date.isoformat()),
        _("Status: {status}").format(status=label),
    ]
    if status in IN_PROCESS:
        rows.insert(
            0,
            _(
                "Twoje zamówienie jest w toku. Gdy zostanie przetworzone, otrzymasz powiadomienie "
                "(na ogół nie później niż po dobie)."
            ),
        )
    elif status is OrderStatus.READY:
        rows.insert(0, _(NOTICE))
    return "\n".join(rows)


def _obstacles(card: Card) -> list[str]:
    return [f"✗ {message_of(reason)}\n  → {advice_of(reason)}" for reason in card.why_cannot_order]
