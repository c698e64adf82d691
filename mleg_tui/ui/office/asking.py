"""Asking before an act of the office: for a reason, or for a value."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.inert import check_inert
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import REASON, ReasonMissing
from mleg_tui.ui.modal import answered
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.form import Field, Form
from mleg_tui.ui.widgets.translated import ComposedLabel

REASON_LENGTH = 240
"""Letters of a reason: three lines of a student's page."""


class NoReason(BadInput):
    """Nothing was typed where a reason is needed."""

    message = ReasonMissing.message
    advice = ReasonMissing.advice


class Done(Dialog):
    """What came of an act; it stays until it was read."""

    AUTO_FOCUS = "#no"

    def __init__(self, title: MessageId, told: Callable[[], str]) -> None:
        super().__init__(title)
        self._told = told

    def body(self) -> ComposeResult:
        """Yield the lines."""
        yield ComposedLabel(self._told)


def check_reason(typed: str) -> None:
    """Raise ``NoReason`` for blanks, and ``NotInert``."""
    if not typed.strip():
        raise NoReason
    check_inert(typed, REASON)


def fill(
    program: Program,
    title: MessageId,
    note: MessageId | Callable[[], str],
    field: Field,
    act: Callable[[str], object],
    *,
    is_final: bool = False,
) -> None:
    """Ask for one value; the title names what is done with it, and may not be taken back."""
    form = Form(title, note, (field,), title, is_final=is_final)
    program.push_screen(form, answered(lambda typed: act(typed[0])))


def fill_reason(
    program: Program, title: MessageId, note: MessageId, act: Callable[[str], object]
) -> None:
    """Ask for the reason of something that cannot be taken back."""
    field = Field(N_("Powód:"), "", check_reason, REASON_LENGTH)
    fill(program, title, note, field, act, is_final=True)
