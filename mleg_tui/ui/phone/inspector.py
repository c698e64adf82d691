"""The inspector's side: a code, the wait, the result for a few minutes (docs/domain.md §9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.verification import Verification
from mleg_tui.locale import _
from mleg_tui.services.feed import Interest
from mleg_tui.services.session import Session
from mleg_tui.services.verifications import CheckEnded, UnknownCheck, Verifications
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.phone.rows import card_rows, person_rows
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.chip import status_line, told_apart
from mleg_tui.ui.widgets.qr import QrView
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_BUTTONS = {"ask": "inspector.ask", "finish": "inspector.finish"}

_TOPIC = Topic(
    "inspector",
    N_(
        "Sprawdzanie dokumentu: kod trzeba podać okazicielowi, który wpisuje go w mObywatelu. "
        "Wynik jest widoczny kilka minut. Samo zdjęcie dokumentu niczego nie potwierdza."
    ),
)


class InspectorPane(Pane):
    """One check at a time. What was shared is gone when its minutes are over."""

    places = frozenset({Place.EVERYWHERE, Place.DESK, Place.INSPECTOR})

    def __init__(self, session: Session) -> None:
        super().__init__(id="inspector")
        self._session = session
        self._check: Verification | None = None
        self._over = False

    @property
    def topic(self) -> Topic:
        """What the help explains."""
        return _TOPIC

    def compose(self) -> ComposeResult:
        """Draw the code and the result; which of them is seen depends on the check."""
        with VerticalScroll(id="inspector-page"):
            yield TranslatedLabel(N_("Sprawdzanie dokumentu"), classes="heading")
            yield Static(id="progress", markup=False)
            yield TranslatedButton(N_("Rozpocznij sprawdzenie"), "primary", id="ask")
            yield TranslatedButton(N_("Zakończ"), id="finish")
            with Vertical(id="waiting", classes="card"):
                yield Static(id="code", markup=False)
                yield QrView()
            with Vertical(id="shared", classes="card"):
                yield TranslatedLabel(NOTICE, classes="notice")
                yield Static(id="result-status", markup=False)
                yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Say what can be begun."""
        self.say()

    def situation(self) -> Situation:
        """Return the role and whether there is a check to finish."""
        return Situation(self.places, self._session.account.role, check=self._check)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the inspector's commands."""
        return {"inspector.ask": self._ask, "inspector.finish": self._finish}

    def focus_first(self) -> None:
        """Put the focus on the button that leads on."""
        self.query_one("#ask" if self._check is None else "#finish").focus()

    @property
    def interest(self) -> Interest:
        """What in the store the pane shows: the inspector's own checks."""
        return Interest.of(owner=self._session.login)

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which the check ends."""
        return self._check.ends_at if self._check else None

    async def store_changed(self) -> None:
        """See whether the holder has shared, or the check has ended."""
        if self._check is not None:
            checks, session, code = self._checks, self._session, self._check.id

            def look() -> Verification | MlegError:
                try:
                    return checks.result(session, code)
                except (CheckEnded, UnknownCheck) as error:
                    return error

            seen = await self.program.ask_store(look)
            if not is_alive(self):
                return
            if isinstance(seen, Verification):
                self._show(seen)
            elif seen is not None:
                self._end()

    def say(self) -> None:
        """Say where the check stands."""
        check = self._check
        document = check.document if check else None
        self.query_one("#progress", Static).update(self._progress())
        self.query_one("#code", Static).update(_code(check) if check else "")
        validity = check.validity if check else None
        status = status_line(validity) if validity else ""
        self.query_one("#result-status", Static).update(status)
        rows = [*person_rows(document), *card_rows(document)] if document else []
        self.query_one("#result", Static).update(told_apart(rows))
        waiting = check is not None and document is None
        self.query_one(QrView).content = check.id if check and waiting else ""
        for part, seen in (
            ("#ask", check is None),
            ("#finish", check is not None),
            ("#waiting", waiting),
            ("#shared", document is not None),
        ):
            self.query_one(part).display = seen

    def _progress(self) -> str:
        if self._check is None:
            if self._over:
                return _("Czas tego sprawdzenia minął, a jego wynik już zniknął.")
            return _("Okaziciel potwierdza swoje dane w mObywatelu kodem, który tu się pojawi.")
        if self._check.document is None:
            return _("Podaj kod okazicielowi i poczekaj, aż udostępni dane.")
        return _("Okaziciel udostępnił dane. Wynik zniknie po kilku minutach.")

    def _show(self, check: Verification | None) -> None:
        had_focus = self.desk.focused
        self._check = check
        self.say()
        if self.is_active and (had_focus is None or not had_focus.display):
            self.focus_first()
        self.desk.refresh_keys()

    def _end(self) -> None:
        self._over = True
        self._show(None)

    @property
    def _checks(self) -> Verifications:
        return self.program.services.verifications

    async def _ask(self) -> None:
        checks, session = self._checks, self._session
        check = await self.program.change_store(lambda: checks.ask(session))
        if check is not None:
            self._over = False
            self._show(check)

    async def _finish(self) -> None:
        if self._check is not None:
            checks, session, code = self._checks, self._session, self._check.id
            await self.program.ask_store(lambda: checks.finish(session, code))
            self._show(None)

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.desk.perform(_BUTTONS[event.button.id or ""])


def _code(check: Verification) -> str:
    return _("Kod sprawdzenia: {code}").format(code=f"{check.id[:3]} {check.id[3:]}")
