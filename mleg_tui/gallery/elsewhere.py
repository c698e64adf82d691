"""Scenes at a university of one's choice: which make sense there, and how they are played there.

The scenes of the catalogue are written for the universities of the demo data. At another one they
find the same people, but perhaps not the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import Condition, MenuTab, OrderPath, University
from mleg_tui.errands.steps import ApplyEls, Give, Order, Push, Step

_IN_USOSWEB = frozenset({OrderPath.MENU, OrderPath.PAYMENTS, OrderPath.APPLICATION})
_ORDER = Give("mlegitymacja.order")
_PAGE = Give("usosweb.mlegitymacja")


class Need(Enum):
    """What a scene needs of a university, and what is told of one that has it not."""

    PAGE = (
        lambda one: not _IN_USOSWEB.isdisjoint(one.paths),
        N_("ta uczelnia nie ma mLegitymacji w USOSweb"),
    )
    PAYMENTS = (
        lambda one: OrderPath.PAYMENTS in one.paths,
        N_("ta uczelnia nie ma strony Płatności (model FK)"),
    )
    DUES = (lambda one: one.has_payments, N_("ta uczelnia nie ma strony płatności"))
    ELS_APPLICATION = (
        lambda one: one.els_application is not None,
        N_("na tej uczelni legitymacji plastikowej nie wydaje się na wniosek"),
    )
    PHOTO_FOR_EVERYBODY = (
        lambda one: one.photo_tab is MenuTab.EVERYBODY,
        N_("na tej uczelni zdjęcie nie jest w DLA WSZYSTKICH"),
    )
    MOBILE = (
        lambda one: OrderPath.MOBILE in one.paths,
        N_("na tej uczelni nie zamawia się w Mobilnym USOS"),
    )
    CONSENTS = (lambda one: bool(one.consents), N_("ta uczelnia nie pyta o zgody"))
    ELS = (
        lambda one: Condition.ELS_EXTENDED in one.regulation.conditions,
        N_("zasady tej uczelni nie wymagają przedłużonej ELS"),
    )
    NEWER_PAGE = (
        lambda one: one.skin.refresh_label is not None,
        N_("strona tej uczelni nie jest z 2026 r."),
    )

    def __init__(self, met: Callable[[University], bool], reason: MessageId) -> None:
        self._met = met
        self.reason = reason

    def is_met_by(self, university: University) -> bool:
        """Tell whether a university has it."""
        return self._met(university)


class NoSense(BadInput):
    """A screen that the university has not."""

    message = N_("Ekran „{scene}” nie ma sensu dla „{university}”: {reason}.")
    advice = N_("Ekrany, które mają sens, podaje: mleg-tui screens list --university {university}")


_OF_STEPS: tuple[tuple[Step, Need], ...] = (
    (Give("usosweb.payments"), Need.DUES),
    (Give("usosweb.els"), Need.ELS_APPLICATION),
    (ApplyEls(), Need.ELS_APPLICATION),
    (Give("phone.mobilny_usos"), Need.MOBILE),
    (Push("scan"), Need.PAGE),
)
_OF_SCENES: Mapping[str, Need] = {
    "usosweb.mlegitymacja.refused": Need.ELS,
    "usosweb.mlegitymacja.why_not": Need.ELS,
    "usosweb.mlegitymacja.skin_2026": Need.NEWER_PAGE,
    "usosweb.payments.ready": Need.PAYMENTS,
    "usosweb.photo.everybody": Need.PHOTO_FOR_EVERYBODY,
    "usosweb.mlegitymacja.consents": Need.CONSENTS,
    "usosweb.mlegitymacja.consents.missing": Need.CONSENTS,
}
_WITHOUT_AN_ORDER = frozenset(
    {
        "usosweb.mlegitymacja.why_not",
        "usosweb.mlegitymacja.consents",
        "usosweb.mlegitymacja.consents.missing",
    }
)
"""Scenes that come as far as the order, and are not to place it."""


def missing(scene: str, steps: Iterable[Step], university: University) -> Need | None:
    """Return what a scene needs and the university has not; ``None`` if it makes sense there."""
    return next((need for need in _needs(scene, [*steps]) if not need.is_met_by(university)), None)


def check(scene: str, steps: Iterable[Step], university: University) -> None:
    """Raise ``NoSense`` for a scene that makes no sense at a university."""
    need = missing(scene, steps, university)
    if need is not None:
        raise NoSense(scene=scene, university=university.id, reason=need.reason)


def _needs(scene: str, steps: list[Step]) -> Iterator[Need]:
    if scene in _OF_SCENES:
        yield _OF_SCENES[scene]
    yield from (need for step, need in _OF_STEPS if step in steps)
    if _PAGE in steps and not scene.startswith("mobywatel."):
        yield Need.PAGE


def adapted(scene: str, steps: Iterable[Step], university: University) -> Iterator[Step]:
    """Yield the steps of a scene as they are taken at a university.

    An order comes with all consents that are asked for there. Where the page is not in USOSweb,
    what only begins with an order has it placed elsewhere.
    """
    wanted = [*steps]
    elsewhere = _PAGE in wanted and not Need.PAGE.is_met_by(university)
    for step in wanted:
        if elsewhere and step == _PAGE:
            yield Order()
        elif not (elsewhere and step == _ORDER):
            yield step
            if step == _ORDER and scene not in _WITHOUT_AN_ORDER:
                yield from _application(university)


def _application(university: University) -> Iterator[Step]:
    if university.consents:
        yield from (Push(f"consent-{consent.id}") for consent in university.consents)
        yield Push("place")
