"""``mleg-tui order``: the whole student errand as plain lines, with USOSweb's labels."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui import qr
from mleg_tui.cli import output, person
from mleg_tui.cli.options import command, option, several, switch
from mleg_tui.cli.order.page import (
    card_document,
    card_lines,
    code_lines,
    condition_lines,
    conditions_document,
    els_document,
    els_lines,
    live_codes,
    qr_document,
)
from mleg_tui.cli.plain import Personal, Shown, amount, as_user
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.domain.codes import Codes
    from mleg_tui.domain.errors import Refused
    from mleg_tui.domain.university import Consent
    from mleg_tui.services.ordering import Card
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session


@dataclass(frozen=True, kw_only=True)
class Order(Personal):
    """What every command takes."""

    user: str | None = option("--user", N_("konto studenta"), metavar="LOGIN")


@dataclass(frozen=True, kw_only=True)
class Place(Order):
    """What ordering takes."""

    consent: Sequence[str] = several(
        "--consent",
        N_("udzielona zgoda; można powtórzyć albo oddzielić przecinkami"),
        metavar="all|ID",
    )


@dataclass(frozen=True, kw_only=True)
class Drawn(Order):
    """What showing the codes takes."""

    large: bool = switch(
        "--large", N_("rysuje duży kod QR, dla terminali z odstępami między wierszami")
    )


@dataclass(frozen=True, kw_only=True)
class Confirmed(Order):
    """What a command takes that needs a yes."""

    yes: bool = switch("--yes", N_("nie pyta"))


def _conditions(services: Services, session: Session, _arguments: Order) -> Shown:
    card = services.ordering.card(session)
    return conditions_document(card), condition_lines(card)


def _status(services: Services, session: Session, _arguments: Order) -> Shown:
    return _page(services.ordering.card(session))


def _place(services: Services, session: Session, arguments: Place) -> Shown:
    asked = services.ordering.card(session).university.consents
    return _page(services.ordering.place(session, _consents(arguments.consent, asked)))


def _cancel(services: Services, session: Session, arguments: Confirmed) -> Shown:
    _raise(services.ordering.card(session).why_cannot_cancel)
    person.confirm(_("Anulować zamówienie?"), yes=arguments.yes)
    return _page(services.ordering.cancel(session))


def _revoke(services: Services, session: Session, arguments: Confirmed) -> Shown:
    _raise(services.ordering.card(session).why_cannot_revoke)
    person.confirm(_("Unieważnić mLegitymację? Jej kody przestaną działać."), yes=arguments.yes)
    return _page(services.ordering.revoke(session))


def _qr(services: Services, session: Session, arguments: Drawn) -> Shown:
    from mleg_tui.services.ordering import NoCodesYet, NothingOrdered

    card = services.ordering.card(session)
    codes = live_codes(card)
    if card.order is None:
        raise NothingOrdered
    if codes is None:
        raise NoCodesYet
    code = qr.encode(codes.token)
    return qr_document(card.order, codes, code), _qr_lines(code, codes, large=arguments.large)


def _apply_els(services: Services, session: Session, arguments: Confirmed) -> Shown:
    card = services.els_applications.show(session)
    _raise(card.why_cannot_apply)
    question = _("Złożyć wniosek o ELS? Opłata: {amount}.")
    person.confirm(question.format(amount=amount(card.university.fees.els)), yes=arguments.yes)
    applied = services.els_applications.apply(session)
    return els_document(applied), els_lines(applied)


def _els(services: Services, session: Session, _arguments: Order) -> Shown:
    card = services.els_applications.show(session)
    return els_document(card), els_lines(card)


def _page(card: Card) -> Shown:
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


def _qr_lines(code: qr.QrCode, codes: Codes, *, large: bool) -> Iterator[str]:
    yield _(NOTICE)
    yield _picture(code, large=large)
    yield from code_lines(codes)


def _picture(code: qr.QrCode, *, large: bool) -> str:
    """Draw the code, or say why it cannot be drawn: a wrong one would be worse than none."""
    columns = _columns()
    for quiet_zone in qr.QUIET_ZONES:
        needed = (len(code.modules) + 2 * quiet_zone) * (2 if large else 1)
        if columns is None or needed <= columns:
            break
    else:
        told = _("Kod QR potrzebuje {needed} kolumn, a okno ma {columns}; przepisz tekst.")
        return told.format(needed=needed, columns=columns)
    picture = qr.ansi_text(code, colour=_in_colour(), large=large, quiet_zone=quiet_zone)
    try:
        picture.encode(output.encoding())
    except UnicodeEncodeError:
        return _(
            "Kodowanie {encoding} nie ma znaków kodu QR; ustaw UTF-8 albo przepisz tekst."
        ).format(encoding=output.encoding())
    return output.Painted(picture)


def _columns() -> int | None:
    """Return how many columns the terminal has; ``None`` where no lines are broken."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (AttributeError, OSError, ValueError):  # no terminal, or nothing at all
        return None


def _in_colour() -> bool:
    colourless = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not colourless and sys.stdout is not None and sys.stdout.isatty()


COMMANDS = {
    "conditions": command(N_("pokazuje warunki i czy są spełnione"), Order, as_user(_conditions)),
    "place": command(N_("zamawia mLegitymację"), Place, as_user(_place)),
    "status": command(N_("pokazuje zamówienie i jego historię"), Order, as_user(_status)),
    "cancel": command(
        N_("anuluje zamówienie, dopóki nie jest gotowe"), Confirmed, as_user(_cancel)
    ),
    "revoke": command(N_("unieważnia gotową mLegitymację"), Confirmed, as_user(_revoke)),
    "els": command(N_("pokazuje ELS (plastikową), wniosek i opłatę"), Order, as_user(_els)),
    "apply-els": command(
        N_("składa wniosek o ELS, jeśli uczelnia wydaje ją na wniosek"),
        Confirmed,
        as_user(_apply_els),
    ),
    "qr": command(N_("pokazuje kod QR i kod aktywacyjny"), Drawn, as_user(_qr)),
}
