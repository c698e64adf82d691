"""A university as data: regulation, skin, path to the order, consents, durations, fees.

No code asks *which* university it is; it asks the profile (docs/domain.md §5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.domain.text import LocalText

_DOCUMENT_NAME = LocalText({"pl": "Legitymacja studencka"})
_LONGEST, _CENTURY = timedelta(days=90), timedelta(days=36_500)
DEFAULT_UNIVERSITY = "agh"
"""Whose login page stands where nobody has chosen one."""


class Condition(StrEnum):
    """What must hold before an mLegitymacja can be ordered (docs/domain.md §4)."""

    ACTIVE_STUDENT = "ACTIVE_STUDENT"
    PESEL = "PESEL"
    STUDENT_NUMBER = "STUDENT_NUMBER"
    PHOTO = "PHOTO"
    ELS = "ELS"
    ELS_EXTENDED = "ELS_EXTENDED"
    DATA_UNCHANGED = "DATA_UNCHANGED"


class ValidityRule(StrEnum):
    """Where the mLegitymacja's date comes from: the plastic card, or the semester."""

    ELS = "ELS"
    SEMESTER = "SEMESTER"


class OrderPath(StrEnum):
    """How a student of the university gets to the order button."""

    MENU = "MENU"
    PAYMENTS = "PAYMENTS"
    APPLICATION = "APPLICATION"
    MOBILE = "MOBILE"


class ElsWithoutApplication(Refused):
    """The university issues the plastic card without an application of the student."""

    message = N_("Twoja uczelnia wydaje legitymację plastikową bez wniosku.")
    advice = N_("Jeśli jej nie masz, zapytaj w dziekanacie.")


class MenuTab(StrEnum):
    """Under which tab of USOSweb a page stands."""

    STUDENTS = "STUDENTS"
    EVERYBODY = "EVERYBODY"


class Emphasis(StrEnum):
    """How the name of a state stands out."""

    BOLD = "BOLD"
    ITALIC = "ITALIC"


@dataclass(frozen=True, slots=True)
class Regulation:
    """A state of the law: what must hold, and to when a card is valid."""

    id: str
    conditions: tuple[Condition, ...]
    validity: ValidityRule

    def __post_init__(self) -> None:
        if len(set(self.conditions)) != len(self.conditions):
            message = "a condition stands twice"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Skin:
    """What the states are called on the page, and what else a newer page has.

    ``refresh_label`` is on a button that asks for the order's state, ``install_label`` on one that
    shows the codes, and hides them again, ``end_label`` on one with which a student ends an
    mLegitymacja, whose state is then called ``ended_label``; ``status_help`` says what the states
    mean.
    """

    id: str
    labels: Mapping[OrderStatus, LocalText]
    refresh_label: LocalText | None = None
    install_label: LocalText | None = None
    end_label: LocalText | None = None
    ended_label: LocalText | None = None
    status_help: Mapping[OrderStatus, LocalText] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(status not in self.labels for status in OrderStatus):
            message = "a state has no label"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent to be read and given before an order; ``version`` tells its wording."""

    id: str
    version: str
    title: LocalText
    text: LocalText


@dataclass(frozen=True, slots=True)
class News:
    """What the university's news page says; ``{key[id of a command]}`` in it names a key."""

    title: LocalText
    text: LocalText


@dataclass(frozen=True, slots=True)
class Span:
    """A duration between two bounds, in whole seconds."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            message = "bounds of a duration must not be negative or crossed"
            raise ValueError(message)
        if self.most > _LONGEST.total_seconds():
            message = "a duration is 90 days at most"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long the machines take, and for how long issued codes can be used."""

    pending: Span = Span(60, 300)
    in_progress: Span = Span(120, 600)
    codes_valid_days: int = 30

    def __post_init__(self) -> None:
        if not 1 <= self.codes_valid_days <= _CENTURY.days:
            message = "codes are valid for 1 to 36500 days"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Fees:
    """What cards cost, in grosze; ``interest`` for late payments is in basis points per year."""

    els: int = 2200
    duplicate: int = 3300
    mlegitymacja: int = 0
    interest: int = 1125

    def __post_init__(self) -> None:
        if min(self.els, self.duplicate, self.mlegitymacja, self.interest) < 0:
            message = "a fee is not negative"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class ElsApplication:
    """The plastic card is issued on the student's application, as since 1 July 2025.

    The student must meet the ``conditions`` to apply. The ``unit`` charges the fee for the card,
    to be paid within ``payment_days``; ``kind`` and ``description`` are what it is called.
    """

    conditions: tuple[Condition, ...]
    unit: LocalText
    kind: LocalText
    description: LocalText
    payment_days: int = 14

    def __post_init__(self) -> None:
        if not 0 <= self.payment_days <= _LONGEST.days:
            message = "a fee is to be paid within 90 days at most"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class University:
    """The profile of one simulated university.

    ``tuition_first``: the plastic card is extended only once tuition that was due is settled.
    ``els_application``: it is issued only to who has applied; without, to everybody.
    ``photo_tab`` is where the page of the photo stands.
    ``document_name`` is what its instruction calls the document in mObywatel, ``emphasis`` how it
    prints the states; bold, where it does not say.
    """

    id: str
    name: LocalText
    address: str
    contact: str
    regulation: Regulation
    skin: Skin
    paths: tuple[OrderPath, ...]
    consents: tuple[Consent, ...] = ()
    durations: Durations = field(default_factory=Durations)
    fees: Fees = field(default_factory=Fees)
    tuition_first: bool = False
    els_application: ElsApplication | None = None
    photo_tab: MenuTab = MenuTab.STUDENTS
    closing_line: LocalText | None = None
    news: tuple[News, ...] = ()
    document_name: LocalText = _DOCUMENT_NAME
    emphasis: Mapping[OrderStatus, Emphasis] = field(default_factory=dict)
    version: int = 0

    def __post_init__(self) -> None:
        if not self.paths:
            message = "a university has a path to the order"
            raise ValueError(message)
        if not self.address.endswith(".example"):
            message = "addresses of the simulator end in .example"
            raise ValueError(message)

    @classmethod
    def unknown(cls, id: str) -> University:
        """Return what is shown for a university that is not there, though somebody is of it."""
        return cls(
            id=id,
            name=LocalText({"pl": id or "?"}),
            address="nieznana.example",
            contact="",
            regulation=Regulation("", (), ValidityRule.SEMESTER),
            skin=Skin("", {status: LocalText({"pl": status.name}) for status in OrderStatus}),
            paths=(OrderPath.MENU,),
        )

    @property
    def has_payments(self) -> bool:
        """Whether there is a page of payments: for the way to the order, or for the card's fee."""
        return OrderPath.PAYMENTS in self.paths or self.els_application is not None

    def label(self, status: OrderStatus, *, by_student: bool = False) -> LocalText:
        """Return what the university's skin calls a state, perhaps one that the student chose."""
        if status is OrderStatus.REVOKED and by_student and self.skin.ended_label is not None:
            return self.skin.ended_label
        return self.skin.labels[status]
