"""Płatności (model FK), the photo and the plastic card: every sub-page, form and state."""

from __future__ import annotations

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import (
    ApplyEls,
    Forward,
    Give,
    Key,
    Office,
    Pay,
    SendPhoto,
    Step,
    WaitFor,
)
from mleg_tui.gallery.stage import Played

_ANNA = "anna.nowak"
_PIOTR = "piotr.zielinski"
_EWA = "ewa.lis"
_MAJA = "maja.krol"
"""AGH of 2025: the plastic card on application."""
_ELS = Give("usosweb.els")
_PHOTO = Give("usosweb.photo")
_PAGE = (Give("usosweb.payments"), Key("tab"))
"""With the focus on the names of the sub-pages."""
_ROW = (Key("tab"), Key("enter"))
"""The first row below them."""


_PAID = (
    Pay("22", due=f"{_PIOTR}-els"),
    Pay("353,24", due=f"{_PIOTR}-retake"),
    Pay("400", due=f"{_PIOTR}-rate-2"),
    Pay("400", due=f"{_PIOTR}-rate-3"),
    Forward(by="1d"),
)
_PAID_ASTRAY = (Pay("22", account="00109010140000071219812874"), Forward(by="1d"))
_PHOTO_SENT = SendPhoto("owl")


def _subpage(number: int) -> tuple[Step, ...]:
    return (*_PAGE, Key("right", number))


PAYMENT_SCENES: tuple[Played, ...] = (
    ("usosweb.payments.unsettled", _PIOTR, _PAGE),
    ("usosweb.payments.settled", _PIOTR, _subpage(1)),
    ("usosweb.payments.plans", _PIOTR, _subpage(2)),
    ("usosweb.payments.payments", _PIOTR, _subpage(3)),
    ("usosweb.payments.payment", _PIOTR, (*_subpage(3), *_ROW)),
    ("usosweb.payments.unsettled_payments", _PIOTR, (*_PAID_ASTRAY, *_subpage(4))),
    ("usosweb.payments.university_accounts", _PIOTR, _subpage(5)),
    ("usosweb.payments.accounts", _PIOTR, _subpage(6)),
    ("usosweb.payments.due", _PIOTR, (*_PAGE, *_ROW)),
    ("usosweb.payments.pay", _PIOTR, (*_PAGE, Give("payments.pay"))),
    ("usosweb.payments.sent", _PIOTR, (*_PAGE, Give("payments.pay"), Key("enter", 2))),
    ("usosweb.payments.nothing_due", _PIOTR, (*_PAID, *_PAGE)),
    (
        "usosweb.payments.ready",
        _PIOTR,
        (
            *_PAID,
            Office("issue-els"),
            Give("usosweb.mlegitymacja"),
            Give("mlegitymacja.order"),
            WaitFor(OrderStatus.READY),
        ),
    ),
    ("usosweb.photo.approved", _ANNA, (_PHOTO,)),
    ("usosweb.photo.waiting", _ANNA, (_PHOTO_SENT, _PHOTO)),
    (
        "usosweb.photo.rejected",
        _ANNA,
        (_PHOTO_SENT, Office("reject-photo", "Na zdjęciu nie widać uszu."), _PHOTO),
    ),
    ("usosweb.photo.everybody", _EWA, (_PHOTO,)),
    ("usosweb.els.none", _MAJA, (_ELS,)),
    ("usosweb.els.ask", _MAJA, (_ELS, Give("els.apply"))),
    ("usosweb.els.applied", _MAJA, (ApplyEls(), _ELS)),
    ("usosweb.els.issued", _MAJA, (ApplyEls(), Office("book-payment"), Office("issue-els"), _ELS)),
    ("usosweb.payments.dues", _MAJA, (ApplyEls(), Give("usosweb.payments"))),
    ("usosweb.photo.choose", _ANNA, (_PHOTO, Key("tab"), Key("down", 2))),
)
