"""The commands about an order, as the portal's page and the full-screen code offer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.clipboard import copy
from mleg_tui.ui.modal import answered
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.widgets.answer import Copied

Show = Callable[[Card, MessageId | None], None]
"""Shows a card; where the student has just done something, with what was done."""


class OrderActions:
    """Carries commands out, asking first where something cannot be taken back.

    ``copied`` confirms a copy beside the code: it gets the command, and what to say of how it went.
    """

    def __init__(
        self,
        program: Program,
        session: Session,
        show: Show,
        copied: Copied,
    ) -> None:
        self._program = program
        self._session = session
        self._show = show
        self._copied = copied

    def handlers(self, card: Card | None) -> Mapping[str, Handler]:
        """Return what carries out the commands about the order on a card."""
        if card is None:
            return {}
        return {
            "mlegitymacja.order": partial(self._order, card),
            "mlegitymacja.cancel": self._cancel,
            "mlegitymacja.revoke": self._revoke,
            "mlegitymacja.qr": partial(self._open_qr, card),
            "mlegitymacja.copy_token": partial(self._copy_token, card),
            "mlegitymacja.copy_pass": partial(self._copy_pass, card),
        }

    async def _order(self, card: Card) -> None:
        if not card.university.consents:
            await self._place(())
            return
        from mleg_tui.ui.usosweb.consents import Consents

        self._program.push_screen(Consents(card.university.consents), answered(self._place))

    async def _place(self, consents: tuple[str, ...]) -> None:
        ordering = self._program.services.ordering
        done = N_("Zgody zapisane, zamówienie złożone.") if consents else N_("Zamówienie złożone.")
        await self._act(partial(ordering.place, self._session, consents), done)

    def _cancel(self) -> None:
        self._ask(
            N_("Anuluj zamówienie"),
            N_("Zamówienie zostanie anulowane. Potem można zamówić ponownie."),
            self._program.services.ordering.cancel,
            N_("Zamówienie anulowane."),
        )

    def _revoke(self) -> None:
        self._ask(
            N_("Unieważnij mLegitymację"),
            N_(
                "Kod QR i kod aktywacyjny przestaną działać, a mLegitymacja w telefonie stanie "
                "się nieważna przy najbliższej aktualizacji. Tego nie można cofnąć, ale można "
                "zamówić nową."
            ),
            self._program.services.ordering.revoke,
            N_("mLegitymacja unieważniona."),
        )

    def _ask(
        self, title: MessageId, text: MessageId, act: Callable[[Session], Card], done: MessageId
    ) -> None:
        from mleg_tui.ui.widgets.dialogs import ask  # noqa: PLC0415 - not needed to start

        ask(self._program, title, text, partial(self._act, partial(act, self._session), done))

    async def _act(self, act: Callable[[], Card], done: MessageId) -> None:
        card = await self._program.change_store(act)
        if card is not None:
            self._show(card, done)

    def _open_qr(self, card: Card) -> None:
        from mleg_tui.ui.usosweb.qr_screen import QrScreen

        def handlers(copied: Copied) -> Mapping[str, Handler]:
            return OrderActions(self._program, self._session, self._show, copied).handlers(card)

        self._program.push_screen(QrScreen(card, handlers))

    async def _copy_token(self, card: Card) -> None:
        if card.codes is not None:
            await self._copy("mlegitymacja.copy_token", N_("Kod QR"), card.codes.token)

    async def _copy_pass(self, card: Card) -> None:
        if card.codes is not None:
            code = card.codes.distribution_pass
            await self._copy("mlegitymacja.copy_pass", N_("Kod aktywacyjny"), code)

    async def _copy(self, command: str, what: MessageId, text: str) -> None:
        ways = await copy(self._program, text, local=self._program.options.local)
        names = ", ".join(way.name or "" for way in ways)

        def told() -> str:
            sent = _("{what}: wysłano do schowka ({ways}), jeśli terminal na to pozwala.")
            return sent.format(what=_(what), ways=names)

        self._copied(command, told)
