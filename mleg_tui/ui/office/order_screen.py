"""One order: what is known of it, its whole history, and what the office can do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mleg_tui.domain.calendar import midnight_after, shown
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import ACTOR_LABELS, HistoryEntry, OrderStatus
from mleg_tui.locale import _, local
from mleg_tui.services.feed import Interest
from mleg_tui.services.office_orders import OrderFile
from mleg_tui.ui.availability import NotHere
from mleg_tui.ui.commands import Place
from mleg_tui.ui.office.asking import fill_reason
from mleg_tui.ui.office.availability import refused_for_order
from mleg_tui.ui.office.file_screen import FileScreen
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.chip import status_chip, told
from mleg_tui.ui.widgets.dialogs import ask
from mleg_tui.ui.widgets.stepper import Stage, Stepper, stages_of


class OrderScreen(FileScreen[OrderFile]):
    """An order with its history, the newest entry last."""

    place = Place.OFFICE_ORDER
    topic = Topic(
        "office.order",
        N_(
            "Jedno zamówienie z całą historią: kto, kiedy, co i dlaczego. Odrzucone zamówienie "
            "można ponowić; każda zmiana trafia do dziennika."
        ),
    )
    title_text = N_("Zamówienie")
    menu_entry = "staff_orders"

    def file(self) -> ComposeResult:
        """Yield the facts, the way of the order, and the history."""
        facts = Static(id="facts", markup=False)
        yield TitledCard(self.title_text, facts, Stepper(brief=True))
        yield TitledCard(N_("Historia"), Static(id="history", markup=False))

    def interest(self, file: OrderFile) -> Interest:
        """Return the interest in all that concerns the order's student."""
        return Interest.of(owner=file.row.student_id)

    def holds_until(self, file: OrderFile) -> datetime | None:
        """Return the simulated moment at which a date changes the file."""
        return file.holds_until

    def read(self) -> OrderFile:
        """Read the order."""
        return self.program.services.office_orders.order(self.session, self._key)

    def say(self) -> None:
        """Say the order in the session's present language."""
        if self._file is not None:
            self.query_one("#facts", Static).update(_facts(self._file))
            self.query_one(Stepper).stages = _stages(self._file)
            lines = [_entry(entry, self._file) for entry in self._file.history]
            self.query_one("#history", Static).update("\n".join(lines))

    def refused(self) -> Mapping[str, Refused]:
        """Return what the order's state forbids; everything until it was read."""
        if self._file is None:
            return dict.fromkeys(self.handlers(), NotHere())
        return refused_for_order(self._file)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the screen's commands."""
        return {
            "order.fail": self._fail,
            "order.retry": self._retry,
            "order.revoke": self._revoke,
            "order.student": self._open_student,
        }

    def _fail(self) -> None:
        fail = partial(self.program.services.office_orders.fail, seen=self._seen)
        note = N_("Zamówienie skończy się błędem. Student zobaczy powód i może zamówić ponownie.")
        act = partial(self._act, N_("Zamówienie odrzucone."), fail)
        fill_reason(self.program, N_("Odrzuć zamówienie"), note, act)

    def _retry(self) -> None:
        retry = partial(self.program.services.office_orders.retry, seen=self._seen)
        text = N_("Powstanie nowe zamówienie w imieniu studenta, z tymi samymi zgodami.")
        act = partial(self._act, N_("Zamówienie złożone ponownie."), retry)
        ask(self.program, N_("Ponów zamówienie"), text, act)

    def _revoke(self) -> None:
        note = N_("Kody przestaną działać, a mLegitymacja straci ważność. Tego nie można cofnąć.")
        revoke = partial(self.program.services.office_orders.revoke_one, seen=self._seen)
        act = partial(self._act, N_("mLegitymacja unieważniona."), revoke)
        fill_reason(self.program, N_("Unieważnij mLegitymację"), note, act)

    @property
    def _seen(self) -> int | None:
        return self._file.row.version if self._file else None

    async def _act(self, done: MessageId, act: Callable[..., OrderFile], *typed: str) -> None:
        """Do something with the order as it was seen; then show the order that came of it."""
        file = await self.program.change_store(partial(act, self.session, self._key, *typed))
        if file is not None:
            self._key = file.row.id
            await self.take_up()
            self.done(done)

    def _open_student(self) -> None:
        from mleg_tui.ui.office.student_screen import StudentScreen

        if self._file is not None:
            self.app.push_screen(StudentScreen(self.session, self._file.row.student_id))


def _facts(file: OrderFile) -> Content:
    row, until = file.row, file.codes_expiration
    lines = [
        told(_("Numer zamówienia: {id}"), row.id),
        Content(
            _("Student: {name}, nr albumu {number}").format(
                name=row.student, number=row.student_number
            )
        ),
        told(_("Uczelnia: {name}"), local(row.university)),
        told(_("Data zamówienia: {date}"), shown(row.order_date)),
        told(_("Termin ważności: {date}"), file.expiration_date.isoformat()),
        told(_("Status: {status}"), status_chip(row.status, local(row.status_label))),
    ]
    if until is not None:
        lines.append(told(_("Kody ważne do: {date}"), shown(until)))
    if file.consents:
        titles = {consent.id: local(consent.title) for consent in file.university.consents}
        names = (titles.get(id_.partition(" ")[0], id_) for id_ in file.consents)
        lines.append(told(_("Zgody: {names}"), ", ".join(names)))
    return Content("\n").join(lines)


def _stages(file: OrderFile) -> tuple[Stage, ...]:
    over = midnight_after(file.expiration_date)
    turned = over if file.row.status is OrderStatus.EXPIRED else file.codes_expiration
    return stages_of(file.history, file.row.status, file.university, turned)


def _entry(entry: HistoryEntry, file: OrderFile) -> str:
    who = _(ACTOR_LABELS[entry.actor.kind])
    if entry.actor.login:
        who = f"{who} ({entry.actor.login})"
    status = local(file.university.label(entry.status, by_student=entry.is_by_student))
    why = _(entry.reason) if entry.reason else ""
    told = f"{shown(entry.at)}  {status}\n    {who}"
    return f"{told}: {why}" if why else told
