"""Invalidating a pasted list: the list and a reason, then a preview, then it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, TextArea

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local, message_of, ngettext
from mleg_tui.services.office_orders import Overtaken, Planned, ids_in
from mleg_tui.services.session import Session
from mleg_tui.ui.modal import Modal, agreed, answered
from mleg_tui.ui.office.asking import REASON_LENGTH, Done, check_reason
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.dialogs import BACK, Dialog
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel


class PastedList(Modal[tuple[str, str] | None]):
    """Answers with what was pasted and the reason, or with nothing."""

    CSS = """
    PastedList { align: center middle; background: $background 70%; }
    PastedList #frame {
        width: 68; max-width: 95%; height: auto; max-height: 95%; padding: 0 2;
        background: $surface; color: $foreground; border: heavy $primary;
    }
    PastedList #title { width: 100%; text-style: bold; color: $primary; }
    PastedList TextArea {
        height: 7; border: none; border-left: solid $edge; border-right: solid $edge; padding: 0 1;
        background: $surface;
    }
    PastedList .label { margin-top: 1; }
    PastedList #wrong { color: $error; text-style: bold; height: auto; }
    PastedList #buttons { height: 1; margin-top: 1; align-horizontal: right; }
    PastedList #buttons > TranslatedButton { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "TextArea"

    def compose(self) -> ComposeResult:
        """Draw the field for the list, the field for the reason, and the two ways out."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(N_("Unieważnij listę"), id="title")
            yield TranslatedLabel(N_("Numery albumu, identyfikatory studentów albo zamówień:"))
            yield TextArea(id="ids", compact=True)
            yield TranslatedLabel(N_("Powód:"), classes="label")
            yield Entry(id="reason", compact=True, max_length=REASON_LENGTH)
            yield ComposedLabel(id="wrong")
            with Horizontal(id="buttons"):
                yield TranslatedButton(N_("Pokaż podgląd"), "primary", id="yes")
                yield TranslatedButton(BACK, id="no")

    @on(Input.Submitted)
    def _submit(self) -> None:
        typed, reason = self.query_one(TextArea), self.query_one(Input)
        try:
            ids = ids_in(typed.text)
        except BadInput as error:
            self._complain(partial(message_of, error), typed)
            return
        if not ids:
            self._complain(lambda: _("Lista jest pusta."), typed)
            return
        try:
            check_reason(reason.value)
        except BadInput as error:
            self._complain(partial(message_of, error), reason)
        else:
            self.dismiss((typed.text, reason.value))

    def _complain(self, told: Callable[[], str], field: TextArea | Input) -> None:
        self.query_one("#wrong", ComposedLabel).tell(lambda: f"✗ {told()}")
        field.focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._submit()
        else:
            self.dismiss(None)


class Preview(Dialog):
    """What would happen to each entry; the safe answer has the focus."""

    AUTO_FOCUS = "#no"

    def __init__(self, planned: tuple[Planned, ...]) -> None:
        super().__init__(N_("Podgląd: nic jeszcze nie zostało zmienione"))
        self._planned = planned

    def body(self) -> ComposeResult:
        """Yield the entries."""
        yield ComposedLabel(self._entries)

    def _entries(self) -> str:
        count = can_be(self._planned)
        lines = [
            ngettext(
                "Zostanie unieważnione {count} zamówienie z {total} pozycji. "
                "Tego nie można cofnąć.",
                "Zostaną unieważnione {count} zamówienia z {total} pozycji. Tego nie można cofnąć.",
                count,
            ).format(count=count, total=len(self._planned)),
            "",
            *map(_entry, self._planned),
        ]
        return "\n".join(lines)

    def buttons(self) -> ComposeResult:
        """Yield the act, if there is anything to do, and the way back."""
        if can_be(self._planned):
            yield TranslatedButton(N_("Unieważnij"), "error", id="yes")
        yield TranslatedButton(BACK, id="no")


class ListRevocation:
    """Leads from the list over the preview to what was done."""

    def __init__(self, program: Program, session: Session) -> None:
        self._program = program
        self._session = session
        self._orders = program.services.office_orders

    def begin(self) -> None:
        """Ask for the list."""
        self._program.push_screen(PastedList(), answered(self._preview))

    async def _preview(self, answer: tuple[str, str]) -> None:
        typed, reason = answer
        ask = partial(self._orders.preview, self._session, typed)
        planned = await self._program.ask_store(ask)
        if planned is not None:
            revoke = partial(self._revoke, typed, reason, planned)
            self._program.push_screen(Preview(planned), agreed(revoke))

    async def _revoke(self, typed: str, reason: str, planned: tuple[Planned, ...]) -> None:
        act = partial(self._orders.revoke, self._session, typed, reason, planned)
        done = await self._program.change_store(act)
        if done is None:
            return
        late = [one for one in done if isinstance(one.refusal, Overtaken)]
        if late:
            title = N_("Ktoś był szybszy przy części zamówień")
            self._program.push_screen(Done(title, partial(_outcome, done, late)))
        else:
            self._program.notify(_outcome(done))


def can_be(planned: Iterable[Planned]) -> int:
    """Count the entries that nothing stands in the way of."""
    return sum(one.refusal is None for one in planned)


def _outcome(done: Sequence[Planned], late: Sequence[Planned] = ()) -> str:
    count = can_be(done)
    told = _("Unieważniono: {count}. Pominięto: {left}.")
    told = told.format(count=count, left=len(done) - count)
    return "\n".join([told, "", *map(_entry, late)] if late else [told])


def _entry(planned: Planned) -> str:
    sign = "✓" if planned.refusal is None else "✗"
    parts = [planned.typed]
    if planned.row is not None:
        parts += [planned.row.student, local(planned.row.status_label)]
    if planned.refusal is not None:
        parts.append(message_of(planned.refusal))
    return f"{sign} {' · '.join(parts)}"
