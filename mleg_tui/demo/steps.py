"""What happens in a demonstration, one class per kind of step.

In the file a step names its kind in ``do``, such as ``"log-in"``, and has the fields of the class.
A step says what people do, by the names of commands, buttons and fields; which keys that takes is
found out when it is played.
"""

from __future__ import annotations

import re

import msgspec

from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.services.scenarios.actions import Action


def _kind(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Step(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag=_kind
):
    """Any step. ``say`` is its caption, ``sees`` what must be on the screen after it."""

    say: LocalText | None = None
    sees: LocalText | None = None


class Look(Step, frozen=True):
    """Nothing is done for so many seconds, besides the time that the caption takes to read."""

    seconds: float = 0


class LogIn(Step, frozen=True):
    """Somebody fills the login form; whoever is logged in logs out first."""

    login: str


class Give(Step, frozen=True):
    """A command is given by its key, named as in ``mleg_tui.ui.commands``."""

    command: str


class Push(Step, frozen=True):
    """A button is gone to and pressed, or a box ticked; named by the widget's id."""

    button: str


class Fill(Step, frozen=True):
    """A field is gone to and typed into, and with ``submit`` sent off with Enter.

    ``text`` may be ``{token}`` or ``{code}``, the codes of the newest order, or ``{check}``, the
    six digits of the open check.
    """

    field: str
    text: str | dict[str, str]
    submit: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.text, dict):
            LocalText(self.text)


class Choose(Step, frozen=True):
    """An entry of the list that has the focus is opened: the one with an id, else the marked."""

    option: str | None = None


class Scroll(Step, frozen=True):
    """One goes a page down, or so many lines; or ``up``."""

    lines: int = 0
    up: bool = False


class Back(Step, frozen=True):
    """One goes back."""


class WaitFor(Step, frozen=True):
    """Time runs fast until the newest order of a student reaches a status.

    ``who`` is a login; without it, whoever is logged in.
    """

    status: OrderStatus
    who: str | None = None


class Forward(Step, frozen=True):
    """Simulated time jumps ahead: ``15m``, ``1d``."""

    by: str


class Elsewhere(Step, frozen=True):
    """Somebody does something at another screen: an action of the scenarios, with its ``who``."""

    action: Action


AnyStep = Look | LogIn | Give | Push | Fill | Choose | Scroll | Back | WaitFor | Forward | Elsewhere
