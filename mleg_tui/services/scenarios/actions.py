"""What people and machines do in a scenario, one class per kind of action.

In the file an action names its kind in ``do``, such as ``"phone-add"``, and has the fields of the
class. Every action may say how it is refused: ``refused`` are codes such as ``NO_PESEL``, and
``says`` is a part of what the refusal says in Polish.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.simulation.switches import Machine


def _kind(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Typed(StrEnum):
    """How a token or an activation code is typed."""

    EXACT = "EXACT"
    SPACED = "SPACED"
    BROKEN = "BROKEN"
    SHORT = "SHORT"
    OTHER_CASE = "OTHER_CASE"
    LOOK_ALIKE = "LOOK_ALIKE"
    THE_OTHER = "THE_OTHER"
    EARLIER = "EARLIER"
    MADE_UP = "MADE_UP"


class Does(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag=_kind
):
    """Any action. ``who`` is a student's login, by default the scenario's account."""

    who: str | None = None
    refused: tuple[str, ...] = ()
    says: str | None = None


class LogIn(Does, frozen=True):
    """Somebody logs in, under a name and with a password as they type them."""

    login: str
    password: str


class Idle(Does, frozen=True):
    """Nobody touches anything for so long, in real time."""

    time: str


class Order(Does, frozen=True):
    """The student orders an mLegitymacja (T1), with all consents that are asked for, or none."""

    consents: bool = True


class Cancel(Does, frozen=True):
    """The student cancels the order (T5)."""


class Revoke(Does, frozen=True):
    """The student invalidates the mLegitymacja (T6)."""


class Refresh(Does, frozen=True):
    """The student refreshes the page, and ``sees`` a status; ``null`` if nothing is ordered."""

    sees: OrderStatus | msgspec.UnsetType | None = msgspec.UNSET


class SendPhoto(Does, frozen=True):
    """The student sends a picture for the card."""

    picture: str


class Pay(Does, frozen=True):
    """The student pays an amount in PLN, to the account of a due or to another one."""

    amount: str
    due: str | None = None
    account: str | None = None


OfficeAct = Literal[
    "approve-photo",
    "reject-photo",
    "issue-els",
    "extend-els",
    "record-hologram",
    "book-payment",
    "change-surname",
    "set-pesel",
    "set-student-number",
    "suspend",
    "strike-off",
    "graduate",
    "reinstate",
    "fail",
    "retry",
    "revoke",
]


class Office(Does, frozen=True):
    """The dean's office does something about the student.

    ``value`` is the reason, the surname, the PESEL, the album number, or the id of a payment.
    """

    act: OfficeAct
    value: str = ""


class PhoneSet(Does, frozen=True):
    """The student's phone is put into a state."""

    phone: int = 1
    online: bool | None = None
    camera: bool | None = None
    school_card: bool | None = None
    installed: bool | None = None


class PhoneAdd(Does, frozen=True):
    """The student adds the mLegitymacja to a phone with the codes of the newest order."""

    phone: int = 1
    token: Typed = Typed.EXACT
    code: Typed = Typed.EXACT
    terms: bool = True


class PhoneUpdate(Does, frozen=True):
    """The document on a phone is updated."""

    phone: int = 1


class PhoneRemove(Does, frozen=True):
    """The document is removed from a phone."""

    phone: int = 1


class AppSetUp(Does, frozen=True):
    """The student sets the app password."""

    password: str
    phone: int = 1


class AppUnlock(Does, frozen=True):
    """The student logs in to the app; without a ``password`` with the activation code."""

    password: str | None = None
    phone: int = 1


class CheckAsk(Does, frozen=True):
    """The inspector begins a check."""


class CheckShare(Does, frozen=True):
    """The student shares the document on a phone under the check's code."""

    phone: int = 1


class CheckResult(Does, frozen=True):
    """The inspector looks at the result and ``sees`` whether the document is valid.

    ``null`` means that nothing was shared yet.
    """

    sees: Validity | msgspec.UnsetType | None = msgspec.UNSET


class Forward(Does, frozen=True):
    """Simulated time moves on, by a duration or to a moment."""

    by: str | None = None
    to: datetime | None = None


class Switch(Does, frozen=True):
    """A system goes down, or comes back."""

    machine: Machine
    down: bool


class Rejections(Does, frozen=True):
    """So many of a thousand orders are rejected from now on."""

    number: int


class Slowdown(Does, frozen=True):
    """The machines take so many times as long from now on."""

    times: int


Action = (
    LogIn
    | Idle
    | Order
    | Cancel
    | Revoke
    | Refresh
    | SendPhoto
    | Pay
    | Office
    | PhoneSet
    | PhoneAdd
    | PhoneUpdate
    | PhoneRemove
    | AppSetUp
    | AppUnlock
    | CheckAsk
    | CheckShare
    | CheckResult
    | Forward
    | Switch
    | Rejections
    | Slowdown
)
