"""``mleg-tui order``: the whole student errand as plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from mleg_tui import qr
from mleg_tui.cli import output, person
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import (
    Document,
    card_document,
    conditions_document,
    live_codes,
    qr_document,
)
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.cli.page import card_lines, code_lines, condition_lines
from mleg_tui.cli.parser import PROGRAM, BadUsage
from mleg_tui.domain.codes import Codes
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.university import Consent
from mleg_tui.locale import _
from mleg_tui.services.ordering import Card, NoCodesYet, NothingOrdered, Ordering
from mleg_tui.services.session import Session


def run(arguments: Arguments) -> int:
    """Log the student in, do what was asked, and show the page as it is after it."""
    if arguments.user is None:
        command = f"{PROGRAM} order {arguments.command}"
        raise BadUsage(problem=_("brakuje: --user"), command=command)
    password = person.password()
    with services_at_one_moment(arguments) as services:
        session = person.sign_in(services, arguments.user, password)
        document, lines = _COMMANDS[arguments.command](services.ordering, session, arguments)
    if arguments.json:
        output.show_json(document)
    else:
        output.show(lines)
    return 0


_Shown = tuple[Document, Iterable[str]]
"""A result in both of its forms."""


def _conditions(ordering: Ordering, session: Session, _arguments: Arguments) -> _Shown:
    card = ordering.card(session)
    return conditions_document(card), condition_lines(card)


def _status(ordering: Ordering, session: Session, _arguments: Arguments) -> _Shown:
    return _page(ordering.card(session))


def _place(ordering: Ordering, session: Session, arguments: Arguments) -> _Shown:
    asked = ordering.card(session).university.consents
    return _page(ordering.place(session, _consents(arguments.consent, asked)))


def _cancel(ordering: Ordering, session: Session, arguments: Arguments) -> _Shown:
    _raise(ordering.card(session).why_cannot_cancel)
    person.confirm(_("Anulować zamówienie?"), yes=arguments.yes)
    return _page(ordering.cancel(session))


def _revoke(ordering: Ordering, session: Session, arguments: Arguments) -> _Shown:
    _raise(ordering.card(session).why_cannot_revoke)
    person.confirm(_("Unieważnić mLegitymację? Jej kody przestaną działać."), yes=arguments.yes)
    return _page(ordering.revoke(session))


def _qr(ordering: Ordering, session: Session, _arguments: Arguments) -> _Shown:
    card = ordering.card(session)
    codes = live_codes(card)
    if card.order is None:
        raise NothingOrdered
    if codes is None:
        raise NoCodesYet
    code = qr.encode(codes.token)
    return qr_document(card.order, codes, code), _qr_lines(code, codes)


_COMMANDS: Mapping[str, Callable[[Ordering, Session, Arguments], _Shown]] = MappingProxyType(
    {
        "conditions": _conditions,
        "place": _place,
        "status": _status,
        "cancel": _cancel,
        "revoke": _revoke,
        "qr": _qr,
    }
)


def _page(card: Card) -> _Shown:
    return card_document(card), card_lines(card)


def _raise(refusal: Refused | None) -> None:
    """Refuse before asking whether the person means it."""
    if refusal is not None:
        raise refusal


def _consents(given: Iterable[str], asked: Collection[Consent]) -> list[str]:
    """Return the ids that ``--consent`` names; ``all`` stands for all that are asked for."""
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    everything = [consent.id for consent in asked]
    return [name for text in names for name in (everything if text == "all" else [text])]


def _qr_lines(code: qr.QrCode, codes: Codes) -> Iterator[str]:
    yield _(NOTICE)
    yield _picture(code)
    yield from code_lines(codes)


def _picture(code: qr.QrCode) -> str:
    """Draw the code, or say why it cannot be drawn: a wrong one would be worse than none."""
    picture = qr.ansi_text(code, colour=_in_colour())
    try:
        picture.encode(output.encoding())
    except UnicodeEncodeError:
        return _(
            "Kodowanie {encoding} nie ma znaków kodu QR; ustaw UTF-8 albo przepisz tekst."
        ).format(encoding=output.encoding())
    return output.Painted(picture)


def _in_colour() -> bool:
    colourless = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not colourless and sys.stdout is not None and sys.stdout.isatty()
