"""Adding an mLegitymacja to a phone: which order a token means, and whether the code fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from mleg_tui.domain.codes import (
    PASS_LENGTH,
    TOKEN_LENGTH,
    Codes,
    is_distribution_pass,
    is_token,
    without_white_space,
)
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.likeness import Likeness, likeness
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.services.adding_refusals import (
    CodeCase,
    CodeIsToken,
    CodeLength,
    CodeLooksAlike,
    CodeMissing,
    CodesExpired,
    CodesUsed,
    DoesNotExist,
    OnAnotherPhone,
    SchoolCardOnPhone,
    StudentCardOnPhone,
    TokenCase,
    TokenIsCode,
    TokenLength,
    TokenLooksAlike,
    TokenMissing,
    WrongCode,
)
from mleg_tui.services.phones import NoNetwork
from mleg_tui.services.store import View

_TOKEN_MISTAKES: Mapping[Likeness, type[Refused]] = MappingProxyType(
    {Likeness.OTHER_CASE: TokenCase, Likeness.LOOK_ALIKE: TokenLooksAlike}
)
_CODE_MISTAKES: Mapping[Likeness, type[Refused]] = MappingProxyType(
    {Likeness.OTHER_CASE: CodeCase, Likeness.LOOK_ALIKE: CodeLooksAlike}
)


def why_cannot_add(phone: Phone) -> Refused | None:
    """Return what on the phone itself stands in the way of another card, if anything does."""
    if not phone.online:
        return NoNetwork()
    if phone.document is not None:
        return StudentCardOnPhone()
    return SchoolCardOnPhone() if phone.school_card else None


def order_of_token(view: View, phone: Phone, student: str, typed: str, now: datetime) -> Order:
    """Return the READY order that a typed token means, or raise what is wrong with the token.

    Only orders of the phone's owner are looked at, so another student's token does not exist
    (choice: in real life whoever has both codes can use them).
    """
    token = _token_shaped(typed)
    issued = [(order, order.codes) for order in view.select(Order, student=student) if order.codes]
    for order, codes in issued:
        if codes.token == token:
            _refuse_if_over(view, phone, order, now)
            return order
    for _order, codes in issued:
        mistake = _TOKEN_MISTAKES.get(likeness(token, codes.token))
        if mistake is not None:
            raise mistake
    raise DoesNotExist


def check_code(codes: Codes | None, typed: str) -> None:
    """Raise what is wrong with a typed activation code, if anything is."""
    code = without_white_space(typed)
    if not code:
        raise CodeMissing
    if is_token(code.casefold()):
        raise CodeIsToken
    if len(code) != PASS_LENGTH:
        raise CodeLength(found=len(code), expected=PASS_LENGTH)
    found = likeness(code, codes.distribution_pass if codes else "")
    if found is not Likeness.SAME:
        raise _CODE_MISTAKES.get(found, WrongCode)


def _token_shaped(typed: str) -> str:
    token = without_white_space(typed)
    if not token:
        raise TokenMissing
    if is_distribution_pass(token):
        raise TokenIsCode
    if len(token) != TOKEN_LENGTH:
        raise TokenLength(found=len(token), expected=TOKEN_LENGTH)
    return token


def _refuse_if_over(view: View, phone: Phone, order: Order, now: datetime) -> None:
    match order.status_at(now):
        case OrderStatus.READY:
            return
        case OrderStatus.CODES_EXPIRED:
            raise CodesExpired
        case OrderStatus.COLLECTED:
            others = view.select(Phone, owner=phone.owner)
            held = (other.document.order for other in others if other.document)
            raise OnAnotherPhone if order.id in held else CodesUsed
        case _:
            raise DoesNotExist
