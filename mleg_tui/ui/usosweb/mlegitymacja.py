"""The page ``mLegitymacja`` in each of its states (docs/domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Collapsible, Static

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import LIVE, Order, OrderStatus
from mleg_tui.domain.order_status import PRESENTED
from mleg_tui.domain.university import Emphasis, University
from mleg_tui.locale import _, cause_of, local, ngettext
from mleg_tui.services.ordering import Card
from mleg_tui.ui.availability import why_not
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.install import Install
from mleg_tui.ui.usosweb.order_actions import OrderActions
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.answer import Answer, confirm_copy
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.chip import status_chip, told
from mleg_tui.ui.widgets.stepper import Stepper, stages
from mleg_tui.ui.widgets.translated import LocalButton, TranslatedButton, TranslatedLabel

_BUTTONS = {
    "order": "mlegitymacja.order",
    "cancel": "mlegitymacja.cancel",
    "end": "mlegitymacja.revoke",
    "revoke": "mlegitymacja.revoke",
    "refresh": "usosweb.refresh",
}


class MlegitymacjaPage(Page):
    """Conditions, the order, its state, and the codes when they are there."""

    places = frozenset({Place.MLEGITYMACJA})
    topic = Topic(
        "usosweb.mlegitymacja",
        N_(
            "Tu zamawia się mLegitymację, śledzi zamówienie i odbiera kody. Prawdziwy USOSweb nie "
            "odświeża się sam: po kilku minutach trzeba odświeżyć stronę. Symulator umie oba "
            "sposoby ({key[usosweb.follow]}). Zamówienie można anulować, dopóki nie jest "
            "gotowe, a gotową mLegitymację unieważnić, np. po zmianie albo zgubieniu telefonu."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._shows_codes = False

    @property
    def card(self) -> Card | None:
        """The card as the page shows it."""
        return self._card

    def compose(self) -> ComposeResult:
        """Draw the parts; which of them are seen depends on the order's state."""
        yield TranslatedLabel(N_("mLegitymacja"), classes="title")
        yield Collapsible(Static(id="conditions"), id="conditions-fold", collapsed=False)
        yield TranslatedLabel(N_("Zamów mLegitymację"), classes="heading")
        yield Answer(id="answer")
        yield Static(id="progress", markup=False)
        yield TranslatedButton(N_("Zamów mLegitymację"), "primary", id="order", classes="boxed")
        yield TitledCard(
            N_("Twoja mLegitymacja"),
            Static(id="facts", markup=False),
            Horizontal(
                Static(id="status", markup=False),
                Vertical(
                    LocalButton(id="refresh", classes="boxed"),
                    TranslatedButton(
                        N_("Anuluj zamówienie"), "error", id="cancel", classes="boxed"
                    ),
                    id="acts",
                ),
                id="status-row",
            ),
            Static(id="ending", markup=False),
            Stepper(),
            id="card",
        )
        yield LocalButton("primary", id="codes", classes="boxed")
        yield Install()
        yield LocalButton("error", id="end", classes="boxed")
        yield TranslatedButton(N_("Unieważnij mLegitymację"), "error", id="revoke", classes="boxed")
        yield Static(id="status-help")

    async def load(self) -> None:
        """Read the card and show it."""
        ordering = self.portal.program.services.ordering
        ask = partial(ordering.card, self.portal.session)
        card = await self.portal.program.ask_store(ask)
        if card is None or not is_alive(self):
            return
        self.holds_until = card.holds_until
        if not is_same(card, self._card):
            self.show(card)

    def show(self, card: Card, done: MessageId | None = None) -> None:
        """Show a card, and what was ``done`` to it; the focus goes on where its button is over."""
        over = self._card is not None and self._card.codes is not None and card.codes is None
        if self._card is None or _is_settled(card) != _is_settled(self._card):
            self.query_one(Collapsible).collapsed = _is_settled(card)
        self._card = card
        self.query_one("#answer", Answer).tell_done(done)
        self.say()
        self._keep_focus()
        if over:
            self.scroll_visible(top=True, animate=False)
        self.portal.desk.refresh_keys()

    def say(self) -> None:
        """Say the card in the session's present language."""
        card = self._card
        if card is None:
            return
        self.query_one("#conditions", Static).update(_conditions(card))
        self.query_one(Collapsible).title = _conditions_title(card)
        self.query_one("#progress", Static).update(_progress(card))
        self.query_one("#facts", Static).update(_facts(card))
        self.query_one("#status", Static).update(_status(card))
        self._tell_the_end(card)
        for button, command in _BUTTONS.items():
            self._offer(button, why_not(command, self.portal.situation()) is None)
        order = self.query_one("#order")
        order.display = not card.order or not card.order.is_live_at(card.now)
        order.disabled = bool(card.why_cannot_order)
        self._dress(card)
        stepper = self.query_one(Stepper)
        stepper.display = self.query_one("#status-row").display = card.order is not None
        if card.order is not None:
            stepper.stages = stages(card.order, card.university, card.now)

    def _tell_the_end(self, card: Card) -> None:
        ending = self.query_one("#ending", Static)
        ending.display = False
        if card.order is not None and card.status is not None and card.status not in LIVE:
            ending.display = True
            ending.update("\n".join(_ending(card.order, card.status)))

    def _dress(self, card: Card) -> None:
        """Show what only the skins of newer pages have."""
        skin = card.university.skin
        asks = skin.refresh_label if card.status in LIVE else None
        self.query_one("#refresh", LocalButton).show(asks)
        if card.codes is None:
            self._shows_codes = False
        self.query_one("#codes", LocalButton).show(skin.install_label if card.codes else None)
        revoke = self.query_one("#revoke")
        self.query_one("#end", LocalButton).show(skin.end_label if revoke.display else None)
        revoke.display = revoke.display and skin.end_label is None
        hidden = skin.install_label is not None and not self._shows_codes
        self.query_one(Install).show(card, hidden=hidden)
        self.query_one("#status-help", Static).update(_status_help(card.university))

    def _offer(self, button: str, offered: bool) -> None:  # noqa: FBT001 - a yes or no
        self.query_one(f"#{button}").display = offered

    def _keep_focus(self) -> None:
        focused = self.screen.focused
        mine = self.portal.is_active
        if mine and (focused is None or not focused.display):
            visible = [self.query_one(f"#{button}") for button in _BUTTONS]
            usable = [button for button in visible if button.display and not button.disabled]
            (usable[0] if usable else self.portal.query_one("#page")).focus(scroll_visible=False)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        confirm = partial(confirm_copy, self)
        actions = OrderActions(self.portal.program, self.portal.session, self.show, confirm)
        return actions.handlers(self._card)

    @on(TranslatedButton.Pressed, "#codes")
    def _show_or_hide_codes(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        self._shows_codes = not self._shows_codes
        self.say()

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        command = _BUTTONS.get(event.button.id or "")
        if command is not None:
            event.stop()
            await self.portal.desk.perform(command)


def is_same(card: Card, known: Card | None) -> bool:
    """Tell whether a card shows what another one did; time alone may have turned its order."""
    return known is not None and (card, card.status) == (known, known.status)


def _is_settled(card: Card) -> bool:
    """Tell whether the conditions matter no more: they are met, and there is an order."""
    return card.status in LIVE and all(finding.cause is None for finding in card.findings)


def _conditions_title(card: Card) -> str:
    met = sum(finding.cause is None for finding in card.findings)
    count = _("{met} z {all}").format(met=met, all=len(card.findings))
    heading = _("Możesz zamówić mLegitymację, o ile spełniasz następujące warunki:")
    return f"{heading} {count}"


def _conditions(card: Card) -> Content:
    lines = []
    for finding in card.findings:
        if finding.cause is None:
            sign = (_("✓ spełniony"), "$success")
            lines.append(Content.assemble(sign, f"  {_(finding.label)}"))
        else:
            sign = (_("✗ niespełniony"), "bold $error")
            lines.append(Content.assemble(sign, f"  {_(finding.label)}"))
            lines.append(Content(f"    {cause_of(finding)}"))
            lines.append(Content(f"    → {_(finding.cause.repair)}"))
    return Content("\n").join(lines)


def _progress(card: Card) -> str:
    if card.status is not None and card.status in LIVE:
        return _(PRESENTED[card.status].told)
    if not card.why_cannot_order:
        return _("Spełniasz wszystkie warunki.")
    count = len(card.why_cannot_order)
    return ngettext(
        "Nie możesz zamówić: {count} warunek jest niespełniony.",
        "Nie możesz zamówić: {count} warunki są niespełnione.",
        count,
    ).format(count=count)


def _facts(card: Card) -> Content:
    if card.order is None:
        return Content(_("Brak mLegitymacji"))
    ordered, until = shown(card.order.order_date), card.order.expiration_date.isoformat()
    rows = (told(_("Data zamówienia: {date}"), ordered), told(_("Termin ważności: {date}"), until))
    return Content("\n").join(rows)


def _status(card: Card) -> Content:
    if card.status is None or card.status_label is None:
        return Content("")
    emphasis = card.university.emphasis.get(card.status, Emphasis.BOLD)
    chip = status_chip(card.status, local(card.status_label), emphasis)
    return told(_("Status: {status}"), chip)


def _status_help(university: University) -> Content:
    """List what the states mean, where the skin says so."""
    explained = university.skin.status_help.items()
    lines = [
        Content.assemble(("  " + local(university.label(status)), "bold"), f" — {local(text)}")
        for status, text in explained
    ]
    if not lines:
        return Content("")
    heading = Content.assemble(("\n" + _("Co oznaczają statusy"), "bold $primary"))
    return Content("\n").join([heading, *lines])


def _ending(order: Order, status: OrderStatus) -> list[str]:
    """Say what ended the order, since when, and why."""
    since = _("Od: {date}").format(date=shown(order.over_since(status)))
    rows = [_(PRESENTED[status].told), since]
    reason = order.last_change.reason
    if reason and status is order.status:
        rows.append(_("Powód: {reason}").format(reason=_(reason)))
    return rows
