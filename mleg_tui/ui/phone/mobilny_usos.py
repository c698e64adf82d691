"""Mobilny USOS: the same order on the phone (docs/domain.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import IN_PROCESS, Order, OrderStatus
from mleg_tui.locale import _, advice_of, local, message_of
from mleg_tui.services.ordering import Card
from mleg_tui.services.phones import NoNetwork
from mleg_tui.ui.availability import why_not
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.phone.app import PhoneApp, PhonePage
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.mlegitymacja import is_same
from mleg_tui.ui.usosweb.order_actions import OrderActions
from mleg_tui.ui.widgets.answer import Answer, confirm_copy
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.chip import Chip
from mleg_tui.ui.widgets.qr import QrView
from mleg_tui.ui.widgets.stepper import Stepper, stages
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel

NOTICE = N_("Twoja mLegitymacja jest gotowa do zainstalowania")
_BUTTONS = {
    "order": "mlegitymacja.order",
    "copy-token": "mlegitymacja.copy_token",
    "copy-pass": "mlegitymacja.copy_pass",
    "cancel": "mlegitymacja.cancel",
    "revoke": "mlegitymacja.revoke",
}
_NEED_NETWORK = ("mlegitymacja.order", "mlegitymacja.cancel", "mlegitymacja.revoke")


class MobilnyUsosApp(PhoneApp):
    """The university's own app."""

    name_shown = N_("Mobilny USOS")
    sign = "USOS"

    def home(self) -> PhonePage:
        """Return the page with the side menu."""
        return SideMenuPage()

    async def open_pushed(self) -> None:
        """Show the order, which all notices of the app are about."""
        if not isinstance(self.page, MyMlegitymacjaPage):
            await self.open(MyMlegitymacjaPage())


class SideMenuPage(PhonePage):
    """The first page, over which the side menu slides. It names what the simulator has."""

    title = N_("Mobilny USOS")
    topic = Topic(
        "mobilny_usos.menu",
        N_(
            "Mobilny USOS: aplikacja uczelni. Z bocznego menu wybiera się mLegitymację; innych "
            "pozycji prawdziwego menu (plan zajęć, oceny) tu nie ma."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the page, and the menu over it."""
        yield TranslatedButton(N_("≡ Menu"), id="to-menu")
        yield ComposedLabel(self._owner)
        with Vertical(id="drawer"):
            yield TranslatedLabel(N_("Menu"), classes="heading")
            yield TranslatedButton(N_("mLegitymacja"), "primary", id="to-mlegitymacja")

    def on_mount(self) -> None:
        """Let the menu slide in at the first start, as such apps do to show that they have one."""
        self.call_after_refresh(self._slide, out=True)

    def focus_first(self) -> None:
        """Begin in the menu while it is out."""
        self.query_one("#to-mlegitymacja" if self._is_out else "#to-menu").focus()

    async def step_back(self) -> bool:
        """Put the menu away first."""
        was_out = self._is_out
        if was_out:
            self._slide(out=False)
            self.focus_first()
        return was_out

    @property
    def _is_out(self) -> bool:
        return bool(self.query_one("#drawer").display)

    def _slide(self, *, out: bool) -> None:
        drawer = self.query_one("#drawer")
        drawer.display = out
        drawer.set_class(out, "-out")

    def _owner(self) -> str:
        phone = self.phone
        return f"{phone.session.account.name}\n{local(phone.university.name)}"

    @on(TranslatedButton.Pressed, "#to-menu")
    def _open_menu(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        self._slide(out=True)
        self.focus_first()

    @on(TranslatedButton.Pressed, "#to-mlegitymacja")
    async def _open(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.opened_in.open(TabPage())
        self._slide(out=False)


class TabPage(PhonePage):
    """The tab mLegitymacja."""

    title = N_("mLegitymacja")
    topic = Topic(
        "mobilny_usos.tab",
        N_(
            "Zakładka mLegitymacja w Mobilnym USOS. Dalej: Moja mLegitymacja, gdzie się ją zamawia "
            "i odbiera kody."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the way on."""
        yield TranslatedLabel(
            N_("Legitymacja studencka w telefonie, do okazania w aplikacji mObywatel.")
        )
        yield TranslatedButton(N_("Moja mLegitymacja"), "primary", id="to-mine")

    @on(TranslatedButton.Pressed, "#to-mine")
    async def _open(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.opened_in.open(MyMlegitymacjaPage())


class MyMlegitymacjaPage(PhonePage):
    """Order, follow, and copy the codes."""

    title = N_("Moja mLegitymacja")
    topic = Topic(
        "mobilny_usos.mine",
        N_(
            "To samo zamówienie co w USOSweb. Gdy mLegitymacja jest gotowa, telefon pokazuje "
            "powiadomienie, a na tej stronie są kod QR i kod aktywacyjny, każdy do skopiowania."
        ),
    )
    places = frozenset({Place.MLEGITYMACJA})
    first_focus = "TranslatedButton.-primary"
    shows_push = True

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

    @property
    def refused(self) -> Mapping[str, Refused]:
        """What cannot be done without the network."""
        if self.phone.status_bar.online:
            return {}
        return dict.fromkeys(_NEED_NETWORK, NoNetwork())

    def compose(self) -> ComposeResult:
        """Draw the parts; which of them are seen depends on the order's state."""
        yield Answer(id="answer")
        yield Static(id="progress", markup=False)
        yield TranslatedButton(N_("Zamów mLegitymację"), "primary", id="order")
        yield TitledCard(
            N_("Kod QR i kod aktywacyjny"),
            Static(id="token", markup=False),
            Horizontal(
                TranslatedButton(N_("Kopiuj kod QR"), "primary", id="copy-token"),
                Answer(id="token-copied"),
                classes="line",
            ),
            Static(id="pass", markup=False),
            Horizontal(
                TranslatedButton(N_("Kopiuj kod aktywacyjny"), "primary", id="copy-pass"),
                Answer(id="pass-copied"),
                classes="line",
            ),
            id="codes-card",
        )
        yield QrView(whole_screen="mlegitymacja.qr")
        yield TitledCard(
            N_("Twoja mLegitymacja"),
            Horizontal(TranslatedLabel(N_("Status:")), Chip(), classes="line"),
            Static(id="facts", markup=False),
            Stepper(),
            id="order-card",
        )
        yield TranslatedButton(N_("Anuluj zamówienie"), "error", id="cancel")
        yield TranslatedButton(N_("Unieważnij mLegitymację"), "error", id="revoke")

    async def load(self) -> None:
        """Read the card and show it; without the network, what was seen last stays."""
        await super().load()
        if not is_alive(self):
            return
        if not self.phone.status_bar.online:
            self._refuse(NoNetwork())
            return
        ordering = self.program.services.ordering
        card = await self.program.ask_store(partial(ordering.card, self.phone.session))
        if not is_alive(self):
            return
        if card is not None:
            self._refuse(None)
            self.holds_until = card.holds_until
            if not is_same(card, self._card):
                self.show(card)
        elif self.program.outage is not None:
            self._refuse(self.program.outage)

    def show(self, card: Card, done: MessageId | None = None) -> None:
        """Show a card, and what was ``done`` to it."""
        self._card = card
        self.query_one("#answer", Answer).tell_done(done)
        for answer in ("#token-copied", "#pass-copied"):
            self.query_one(answer, Answer).clear()
        self.say()
        focused = self.screen.focused
        mine = self.phone.is_active and self.display
        if mine and (focused in (None, self) or not focused.display):
            self.focus_first()
        self.phone.desk.refresh_keys()

    def say(self) -> None:
        """Say the card in the session's present language."""
        card = self._card
        order = _order_shown(card) if card else None
        codes = card.codes if card else None
        self.query_one("#order-card").display = order is not None
        self.query_one("#codes-card").display = codes is not None
        self.query_one("#progress").display = card is not None
        situation = self.phone.situation()
        for button, command in _BUTTONS.items():
            self.query_one(f"#{button}").display = why_not(command, situation) is None
        qr = self.query_one(QrView)
        qr.content = codes.token if codes else ""
        qr.display = codes is not None
        if card is None:
            return
        self.query_one("#progress", Static).update("\n".join(_progress(card)))
        if order is not None and card.status is not None:
            self.query_one(Chip).show(card.status, card.university.label(card.status))
            self.query_one("#facts", Static).update("\n".join(_facts(order)))
            stepper = self.query_one(Stepper)
            stepper.display = card.status in IN_PROCESS
            stepper.stages = stages(order, card.university, card.now)
        if codes is not None:
            self.query_one("#token", Static).update(codes.token)
            activation = _("Kod aktywacyjny: {code}").format(code=codes.distribution_pass)
            self.query_one("#pass", Static).update(activation)

    def _refuse(self, error: Refused | None) -> None:
        answer = self.query_one("#answer", Answer)
        if error is None:
            answer.clear()
        else:
            answer.refused(lambda: f"{message_of(error)}\n→ {advice_of(error)}")

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about the order."""
        actions = OrderActions(self.program, self.phone.session, self.show, self._copied)
        return actions.handlers(self._card)

    def _copied(self, command: str, ways: Callable[[], str]) -> None:
        """Confirm a copy beside the code; how it went is the simulator's to tell."""
        confirm_copy(self, command, ways)
        self.phone.rail.tell(ways)

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.phone.desk.perform(_BUTTONS[event.button.id or ""])


def _order_shown(card: Card) -> Order | None:
    order, status = card.order, card.status
    shows = order is not None and (status in IN_PROCESS or order.is_live_at(card.now))
    return order if shows else None


def _progress(card: Card) -> Iterator[str]:
    if _order_shown(card) is None:
        yield _("Brak mLegitymacji")
        for reason in card.why_cannot_order:
            yield f"✗ {message_of(reason)}\n  → {advice_of(reason)}"
    elif card.status in IN_PROCESS:
        yield _(
            "Twoje zamówienie jest w toku. Gdy zostanie przetworzone, otrzymasz powiadomienie "
            "(na ogół nie później niż po dobie)."
        )
    elif card.status is OrderStatus.READY:
        yield _(NOTICE)


def _facts(order: Order) -> Iterator[str]:
    yield _("Data zamówienia: {date}").format(date=shown(order.order_date))
    yield _("Termin ważności: {date}").format(date=order.expiration_date.isoformat())
