"""Adding an mLegitymacja to a phone: which order a token means, and whether the code fits.

Each mistake is told apart (docs/domain.md §9, §12).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mleg_tui.domain.codes import (
    PASS_LENGTH,
    TOKEN_LENGTH,
    Codes,
    Likeness,
    is_distribution_pass,
    is_token,
    likeness,
    without_white_space,
)
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.services.phones import NoNetwork
from mleg_tui.services.store import View


class TermsNotAccepted(Refused):
    """The terms of the service must be accepted first."""

    message = N_("Nie zaakceptowano regulaminu usługi mLegitymacja studencka.")
    advice = N_("Przeczytaj regulamin i zaakceptuj go, inaczej nie można dodać dokumentu.")


class StudentCardOnPhone(Refused):
    """A phone carries one student card."""

    message = N_("W tym telefonie jest już legitymacja studencka.")
    advice = N_("Najpierw usuń ją z telefonu, potem dodaj nową.")


class SchoolCardOnPhone(Refused):
    """A pupil's card is on the phone."""

    message = N_("W tym telefonie jest już legitymacja szkolna.")
    advice = N_("Najpierw usuń legitymację szkolną, potem dodaj studencką.")


class TokenMissing(Refused):
    """No token was typed."""

    message = N_("Nie podano tokenu.")
    advice = N_("Zeskanuj kod QR z USOSweb albo przepisz tekst, który stoi pod nim.")


class TokenIsCode(Refused):
    """The activation code stands where the token belongs."""

    message = N_("To wygląda na kod aktywacyjny, a tu trzeba podać token (tekst kodu QR).")
    advice = N_("Token ma 32 znaki. Kod aktywacyjny podaje się w następnym kroku.")


class TokenLength(Refused):
    """Characters of the token were lost, or too many came along."""

    message = N_("Token jest niepełny albo za długi: znaków podano {found}, a ma {expected}.")
    advice = N_("Skopiuj cały tekst kodu QR jeszcze raz.")


class TokenCase(Refused):
    """The token is right but for upper and lower case."""

    message = N_("Token różni się wielkością liter.")
    advice = N_("Wielkość liter ma znaczenie: w tokenie są tylko małe litery i cyfry.")


class TokenLooksAlike(Refused):
    """The token is right but for letters and digits that look alike."""

    message = N_("W tokenie pomylono podobne znaki.")
    advice = N_("Sprawdź zero i literę O, jedynkę, małe l i wielkie I albo zeskanuj kod QR.")


class DoesNotExist(Refused):
    """The token is unknown, revoked, or too old."""

    message = N_("mLegitymacja nie istnieje")
    advice = N_(
        "Sprawdź token w USOSweb. Jeśli mLegitymację unieważniono albo token jest stary, "
        "unieważnij ją i zamów nową."
    )


class CodesExpired(Refused):
    """The codes were not used in time."""

    message = N_("Kody wygasły, bo nie zostały użyte na czas.")
    advice = N_("Zamów mLegitymację ponownie; dostaniesz nowy token i kod aktywacyjny.")


class OnAnotherPhone(Refused):
    """One mLegitymacja lives on one phone."""

    message = N_("Ta mLegitymacja jest już na innym telefonie.")
    advice = N_("Jedna mLegitymacja działa na jednym telefonie. Unieważnij ją i zamów nową.")


class CodesUsed(Refused):
    """The codes were used, and the document is on no phone any more."""

    message = N_("Te kody zostały już użyte.")
    advice = N_("Kody działają raz. Unieważnij mLegitymację w USOSweb i zamów nową.")


class CodeMissing(Refused):
    """No activation code was typed."""

    message = N_("Nie podano kodu aktywacyjnego.")
    advice = N_("Kod aktywacyjny stoi w USOSweb obok kodu QR.")


class CodeIsToken(Refused):
    """The token stands where the activation code belongs."""

    message = N_("To wygląda na token (tekst kodu QR), a tu trzeba podać kod aktywacyjny.")
    advice = N_("Kod aktywacyjny ma 10 znaków i stoi w USOSweb obok kodu QR.")


class CodeLength(Refused):
    """Characters of the activation code were lost, or too many came along."""

    message = N_(
        "Kod aktywacyjny jest niepełny albo za długi: znaków podano {found}, a ma {expected}."
    )
    advice = N_("Skopiuj cały kod aktywacyjny jeszcze raz.")


class WrongCode(Refused):
    """Another activation code."""

    message = N_("Błędny kod aktywacyjny.")
    advice = N_("Przepisz kod aktywacyjny, który należy do tego kodu QR.")


class CodeCase(WrongCode):
    """The activation code is right but for upper and lower case."""

    message = N_("Kod aktywacyjny różni się wielkością liter.")
    advice = N_("Wielkość liter ma znaczenie. Przepisz kod dokładnie albo go skopiuj.")


class CodeLooksAlike(WrongCode):
    """The activation code is right but for letters and digits that look alike."""

    message = N_("W kodzie aktywacyjnym pomylono podobne znaki.")
    advice = N_("Sprawdź zero i literę O, jedynkę, małe l i wielkie I albo skopiuj kod.")


_TOKEN_MISTAKES: Mapping[Likeness, type[Refused]] = {
    Likeness.OTHER_CASE: TokenCase,
    Likeness.LOOK_ALIKE: TokenLooksAlike,
}
_CODE_MISTAKES: Mapping[Likeness, type[Refused]] = {
    Likeness.OTHER_CASE: CodeCase,
    Likeness.LOOK_ALIKE: CodeLooksAlike,
}


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
