"""``Legitymacja plastikowa (ELS)``: the student applies for it, and sees what is to be paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.ledger import DueState
from mleg_tui.domain.messages import N_
from mleg_tui.domain.money import grouped
from mleg_tui.domain.student import Student
from mleg_tui.locale import _, ngettext
from mleg_tui.services.els_applications import PlasticCard
from mleg_tui.ui.availability import NotHere
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.usosweb.payments.words import money
from mleg_tui.ui.widgets.dialogs import ask
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


class ElsPage(Page):
    """How it stands with the plastic card, and the way to get one."""

    DEFAULT_CSS = """
    ElsPage .card, ElsPage #fee { margin-top: 1; }
    ElsPage TranslatedButton { margin-top: 1; }
    """
    places = frozenset({Place.ELS})
    topic = Topic(
        "usosweb.els",
        N_(
            "Legitymację plastikową (ELS) wydaje się od 1 lipca 2025 r. na wniosek studenta i za "
            "opłatą. Po złożeniu wniosku w płatnościach (klawisz {key[usosweb.payments]}) pojawia "
            "się należność; gdy jest rozliczona, dziekanat wydaje kartę. Do zamówienia "
            "mLegitymacji nie jest potrzebna."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: PlasticCard | None = None

    def compose(self) -> ComposeResult:
        """Draw what there is, the fee, and the two ways on."""
        yield TranslatedLabel(N_("Legitymacja plastikowa (ELS)"), classes="title")
        yield TranslatedLabel(
            N_(
                "Od 1 lipca 2025 r. legitymację plastikową wydaje się na wniosek studenta i za "
                "opłatą. Do zamówienia mLegitymacji nie jest potrzebna."
            )
        )
        with Vertical(classes="card"):
            yield Static(id="card", markup=False)
            yield Static(id="fee", markup=False)
        yield TranslatedButton(N_("Złóż wniosek"), "primary", id="apply")
        yield TranslatedButton(N_("Przejdź do płatności"), id="pay")

    async def load(self) -> None:
        """Read how it stands."""
        program, session = self.portal.program, self.portal.session
        card = await program.ask_store(partial(program.services.els_applications.show, session))
        if card is not None and is_alive(self):
            self._shown = card
            self.holds_until = card.holds_until
            self.say()

    def say(self) -> None:
        """Say how it stands, in the session's present language."""
        card = self._shown
        if card is None:
            return
        self.query_one("#card", Static).update(_card(card.student))
        fee = self.query_one("#fee", Static)
        fee.display = card.fee is not None
        if card.fee is not None:
            fee.update("\n".join(_fee(card.fee)))
        nothing_yet = card.student.els is None and card.student.els_applied_on is None
        self.query_one("#apply").display = nothing_yet
        self.query_one("#pay").display = card.fee is not None

    @property
    def refused(self) -> Mapping[str, Refused]:
        """Why one cannot apply, if one cannot."""
        why = NotHere() if self._shown is None else self._shown.why_cannot_apply
        return {} if why is None else {"els.apply": why}

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's command."""
        return {"els.apply": self._ask}

    @on(TranslatedButton.Pressed, "#apply")
    async def _apply_pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.portal.desk.perform("els.apply")

    @on(TranslatedButton.Pressed, "#pay")
    async def _pay_pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.portal.desk.perform("usosweb.payments")

    def _ask(self) -> None:
        """Ask before it costs something, then apply."""
        application = None if self._shown is None else self._shown.university.els_application
        if self._shown is None or application is None:
            return
        told = ngettext(
            "Za wydanie karty trzeba zapłacić {money} w ciągu {count} dnia.",
            "Za wydanie karty trzeba zapłacić {money} w ciągu {count} dni.",
            application.payment_days,
        ).format(money=money(self._shown.university.fees.els), count=application.payment_days)
        title, yes = N_("Złóż wniosek o ELS"), N_("Złóż wniosek")
        ask(self.portal.program, title, told, self._apply, yes)

    async def _apply(self) -> None:
        program, session = self.portal.program, self.portal.session
        await program.change_store(partial(program.services.els_applications.apply, session))
        await self.load()
        self.portal.desk.refresh_keys()


def _card(student: Student) -> str:
    if student.els is not None:
        until = student.els.valid_until.isoformat()
        return _("✓ Masz legitymację plastikową, ważną w USOS do {date}.").format(date=until)
    if student.els_applied_on is not None:
        applied = student.els_applied_on.isoformat()
        return _("… Wniosek z dnia {date} czeka na wydanie karty w dziekanacie.").format(
            date=applied
        )
    return _("Nie masz legitymacji plastikowej.")


def _fee(state: DueState) -> Iterator[str]:
    yield _("Opłata: {money}").format(money=money(state.due.amount))
    if state.settled_on is not None:
        yield _("✓ Rozliczona {date}.").format(date=state.settled_on.isoformat())
        return
    yield _("Do zapłaty: {money}, termin {date}").format(
        money=money(state.remaining), date=state.due.deadline.isoformat()
    )
    yield _("Numer konta: {number}").format(number=grouped(state.due.account_number))
    yield _("Wpłatę widać po nocnej migracji danych.")
