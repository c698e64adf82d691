"""Invalidating a pasted list: the list and a reason, then a preview, then it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.app import ComposeResult

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local, message_of, ngettext
from mleg_tui.services.office_orders import Overtaken, Planned, ids_in
from mleg_tui.services.session import Session
from mleg_tui.ui.modal import agreed, answered
from mleg_tui.ui.office.asking import REASON_LENGTH, Done, check_reason
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import BACK, Dialog
from mleg_tui.ui.widgets.form import Field, Form
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton

_LIST = N_("Numery albumu, identyfikatory studentów albo zamówień:")


class ListEmpty(BadInput):
    """Nothing was pasted."""

    message = N_("Lista jest pusta.")
    advice = N_("Wklej numery albumu, identyfikatory studentów albo zamówień.")


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
        fields = (
            Field(_LIST, "", _check, lines=6),
            Field(N_("Powód:"), "", check_reason, REASON_LENGTH),
        )
        note = N_("Zanim coś się stanie, zobaczysz podgląd.")
        form = Form(N_("Unieważnij listę"), note, fields, N_("Pokaż podgląd"))
        self._program.push_screen(form, answered(self._preview))

    async def _preview(self, answer: tuple[str, ...]) -> None:
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


def _check(typed: str) -> None:
    if not ids_in(typed):
        raise ListEmpty


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
