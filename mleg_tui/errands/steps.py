"""The one language of steps: what people do, and machines, in scenarios, demos and pictures.

In a file a step names its kind in ``do``, such as ``"phone-add"``, and has the fields of the class.
``errands/on_services.py`` performs steps with the services, where nobody sees a screen.
``automation.py`` performs them in the program: steps ``OnScreen`` with the keys that they take, the
others as what happens at another screen meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.text import LocalText
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.services.mistakes import Mistake, WordUnknown
from mleg_tui.simulation.switches import Machine

DEMO_PASSWORD = "demo"  # noqa: S105 - the login page tells it to everybody


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


class Step(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag=_kind
):
    """Any step. ``say`` is its caption, ``sees`` what must be on the screen after it."""

    say: LocalText | None = None
    sees: LocalText | None = None


def kind_of(step: Step) -> str:
    """Return what a step is called in a file."""
    return _kind(type(step).__name__)


class OnServices(Step, frozen=True, kw_only=True):
    """What somebody does, or a machine, whether or not there is a screen to see it on.

    ``who`` is a student's login, by default whom the scenario is about, or whoever is logged in.
    ``refused`` are the codes of the refusal that is met, such as ``NO_PESEL``, and ``told`` is a
    part of what it says in Polish.
    """

    who: str | None = None
    refused: tuple[str, ...] = ()
    told: str | None = None


class OnScreen(Step, frozen=True):
    """What somebody does with the program. Commands, buttons and fields have names, not keys."""


class LogIn(OnServices, frozen=True):
    """Somebody logs in as they type it; in the program whoever is logged in logs out first."""

    login: str
    password: str = DEMO_PASSWORD


class Idle(OnServices, frozen=True):
    """Nobody touches anything for so long, in real time."""

    time: str


class WaitFor(OnServices, frozen=True):
    """Simulated time passes until the student's newest order reaches a status."""

    status: OrderStatus


class Order(OnServices, frozen=True):
    """The student orders an mLegitymacja (T1), with all consents that are asked for, or none."""

    consents: bool = True


class Cancel(OnServices, frozen=True):
    """The student cancels the order (T5)."""


class Revoke(OnServices, frozen=True):
    """The student invalidates the mLegitymacja (T6)."""


class Refresh(OnServices, frozen=True):
    """The student refreshes the page and finds a status; ``null`` if nothing is ordered."""

    status: OrderStatus | msgspec.UnsetType | None = msgspec.UNSET


class SendPhoto(OnServices, frozen=True):
    """The student sends a picture for the card."""

    picture: str


class ApplyEls(OnServices, frozen=True):
    """The student applies for the plastic card."""


class Pay(OnServices, frozen=True):
    """The student pays an amount in PLN, to the account of a due or to another one."""

    amount: str
    due: str | None = None
    account: str | None = None


OfficeAct = Literal[
    "approve-photo",
    "reject-photo",
    "issue-els",
    "extend-els",
    "extend-all",
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


class Office(OnServices, frozen=True):
    """The dean's office does something about the student.

    ``value`` is the reason, the surname, the PESEL, the album number, or the id of a payment or of
    the university whose cards are all extended.
    """

    act: OfficeAct
    value: str = ""


class PhoneSet(OnServices, frozen=True):
    """The student's phone is put into a state."""

    phone: int = 1
    online: bool | None = None
    camera: bool | None = None
    school_card: bool | None = None
    installed: bool | None = None


class PhoneAdd(OnServices, frozen=True):
    """The student adds the mLegitymacja to a phone with the codes of the newest order."""

    phone: int = 1
    token: Typed = Typed.EXACT
    code: Typed = Typed.EXACT
    terms: bool = True


class PhoneUpdate(OnServices, frozen=True):
    """The document on a phone is updated."""

    phone: int = 1


class PhoneRemove(OnServices, frozen=True):
    """The document is removed from a phone."""

    phone: int = 1


class AppSetUp(OnServices, frozen=True):
    """The student sets the app password."""

    password: str
    phone: int = 1


class AppUnlock(OnServices, frozen=True):
    """The student logs in to the app; without a ``password`` with the activation code."""

    password: str | None = None
    phone: int = 1


class CheckAsk(OnServices, frozen=True):
    """The inspector begins a check."""


class CheckShare(OnServices, frozen=True):
    """The student shares the document on a phone under the check's code."""

    phone: int = 1


class CheckResult(OnServices, frozen=True):
    """The inspector looks at the result; ``null`` means that nothing was shared yet."""

    validity: Validity | msgspec.UnsetType | None = msgspec.UNSET


class Forward(OnServices, frozen=True):
    """Simulated time moves on, by a duration or to a moment."""

    by: str | None = None
    to: datetime | None = None


class Switch(OnServices, frozen=True):
    """A system goes down, or comes back."""

    machine: Machine
    down: bool


class Rejections(OnServices, frozen=True):
    """So many of a thousand orders are rejected from now on."""

    number: int


class Slowdown(OnServices, frozen=True):
    """The machines take so many times as long from now on."""

    times: int


class Look(OnScreen, frozen=True):
    """Nothing is done for so many seconds, besides the time that the caption takes to read."""

    seconds: float = 0


class Give(OnScreen, frozen=True):
    """A command is given by its key, named as in ``mleg_tui.ui.commands``."""

    command: str


class Push(OnScreen, frozen=True):
    """A button is gone to and pressed, or a box ticked; named by the widget's id."""

    button: str


class Fill(OnScreen, frozen=True, kw_only=True):
    """A field is gone to and typed into, and with ``submit`` sent off with Enter.

    Without ``field`` it is the one that has the focus. ``text`` may be ``{token}`` or ``{code}``,
    the student's newest codes, ``typed`` in one way or another, or ``{check}``, the six digits of
    the open check. A text of the catalogue is typed in the program's language.
    """

    field: str | None = None
    text: str | dict[str, str]
    typed: Typed = Typed.EXACT
    submit: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.text, dict):
            LocalText(self.text)


class Choose(OnScreen, frozen=True):
    """An entry of the list that has the focus is opened: the one with an id, else the marked."""

    option: str | None = None


class Scroll(OnScreen, frozen=True):
    """One goes a page down, or so many lines; or ``up``."""

    lines: int = 0
    up: bool = False


class Back(OnScreen, frozen=True):
    """One goes back."""


class Key(OnScreen, frozen=True):
    """A key is pressed for which there is no better name, such as an arrow."""

    key: str
    times: int = 1


class OnStage(OnScreen, frozen=True):
    """Something that happens for pictures only."""


class BreakStore(OnStage, frozen=True):
    """From now on the store can neither be read nor written."""


class HoldClass(OnStage, frozen=True):
    """A class is under way, with people at work in it; or one that nobody has joined."""

    empty: bool = False


AnyStep = (
    LogIn
    | Idle
    | WaitFor
    | Order
    | Cancel
    | Revoke
    | Refresh
    | SendPhoto
    | ApplyEls
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
    | Look
    | Give
    | Push
    | Fill
    | Choose
    | Scroll
    | Back
    | Key
    | BreakStore
    | HoldClass
)


class NeedsScreen(Mistake):
    """Something that only the program can do or show, where no screen is."""

    message = N_("„{what}” wymaga ekranu, a scenariusz gra bez niego")


class PicturesOnly(Mistake):
    """Something that can be done for a picture only."""

    message = N_("„{what}” jest tylko dla zdjęć ekranów")


def for_services(steps: Iterable[Step], place: str, *, file: str) -> tuple[OnServices, ...]:
    """Return steps that need no program. Raises ``BadDemoData`` with the place in the file."""
    performed = []
    for number, step in enumerate(steps):
        if not isinstance(step, OnServices):
            raise not_for(NeedsScreen, kind_of(step), f"{place}[{number}].do", file=file)
        if step.sees is not None:
            raise not_for(NeedsScreen, "sees", f"{place}[{number}].sees", file=file)
        performed.append(step)
    return tuple(performed)


def see_that_program_can(
    steps: Iterable[Step], commands: Collection[str], place: str, *, file: str
) -> None:
    """See that steps can be performed in the program, which has these commands.

    Raises ``BadDemoData`` with the place in the file.
    """
    for number, step in enumerate(steps):
        if isinstance(step, OnStage):
            raise not_for(PicturesOnly, kind_of(step), f"{place}[{number}].do", file=file)
        if isinstance(step, Give) and step.command not in commands:
            reason = WordUnknown(step.command, place="command", value=step.command)
            raise BadDemoData(file=file, place=f"{place}[{number}].command", reason=reason)


def not_for(mistake: type[Mistake], what: str, place: str, *, file: str) -> BadDemoData:
    """Return the error of something that stands where it cannot be performed."""
    return BadDemoData(file=file, place=place, reason=mistake(what, what=what))
