"""Płatności (model FK) and the photo: every sub-page, form and state."""

from __future__ import annotations

from datetime import timedelta

from mleg_tui.domain.order import OrderStatus
from mleg_tui.gallery.hands import Behind, Played
from mleg_tui.gallery.stage import Step
from mleg_tui.gallery.steps import Give, Press, Until
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session

_ANNA = "anna.nowak"
_PIOTR = "piotr.zielinski"
_OFFICE = "dziekanat"
_ELSEWHERE = "00109010140000071219812874"
_DAY = timedelta(days=1)

_PHOTO = Give("usosweb.photo")
_PAGE = (Give("usosweb.payments"), Press("tab"))
"""With the focus on the names of the sub-pages."""
_ROW = (Press("tab"), Press("enter"))
"""The first row below them."""


def _pay_all(services: Services, session: Session) -> None:
    """Pay every due and let the night pass."""
    for unit in services.payments.statement(session).unsettled:
        for state in unit.dues:
            missing = f"{state.missing // 100},{state.missing % 100:02}"
            services.payments.pay(session, missing, state.due.account_number)
    services.time.forward(_DAY)


def _pay_astray(services: Services, session: Session) -> None:
    """Pay to an account that nobody knows, and let the night pass."""
    services.payments.pay(session, "22", _ELSEWHERE)
    services.time.forward(_DAY)


def _issue_els(services: Services, session: Session) -> None:
    services.office.issue_els(session, _PIOTR)


def _send_photo(services: Services, session: Session) -> None:
    services.photos.send(session, "owl")


def _reject_photo(services: Services, session: Session) -> None:
    services.office.reject_photo(session, _ANNA, "Na zdjęciu nie widać uszu.")


def _subpage(number: int) -> tuple[Step, ...]:
    return (*_PAGE, *[Press("right")] * number)


PAYMENT_SCENES: tuple[Played, ...] = (
    ("usosweb.payments.unsettled", _PIOTR, _PAGE),
    ("usosweb.payments.settled", _PIOTR, _subpage(1)),
    ("usosweb.payments.plans", _PIOTR, _subpage(2)),
    ("usosweb.payments.payments", _PIOTR, _subpage(3)),
    ("usosweb.payments.payment", _PIOTR, (*_subpage(3), *_ROW)),
    ("usosweb.payments.unsettled_payments", _PIOTR, (Behind(_PIOTR, _pay_astray), *_subpage(4))),
    ("usosweb.payments.university_accounts", _PIOTR, _subpage(5)),
    ("usosweb.payments.accounts", _PIOTR, _subpage(6)),
    ("usosweb.payments.due", _PIOTR, (*_PAGE, *_ROW)),
    ("usosweb.payments.pay", _PIOTR, (*_PAGE, Give("payments.pay"))),
    ("usosweb.payments.sent", _PIOTR, (*_PAGE, Give("payments.pay"), *[Press("enter")] * 2)),
    ("usosweb.payments.nothing_due", _PIOTR, (Behind(_PIOTR, _pay_all), *_PAGE)),
    (
        "usosweb.payments.ready",
        _PIOTR,
        (
            Behind(_PIOTR, _pay_all),
            Behind(_OFFICE, _issue_els),
            Give("usosweb.mlegitymacja"),
            Give("mlegitymacja.order"),
            Until(OrderStatus.READY),
        ),
    ),
    ("usosweb.photo.approved", _ANNA, (_PHOTO,)),
    ("usosweb.photo.waiting", _ANNA, (Behind(_ANNA, _send_photo), _PHOTO)),
    (
        "usosweb.photo.rejected",
        _ANNA,
        (Behind(_ANNA, _send_photo), Behind(_OFFICE, _reject_photo), _PHOTO),
    ),
    ("usosweb.photo.choose", _ANNA, (_PHOTO, Press("tab"), Press("down"), Press("down"))),
)
