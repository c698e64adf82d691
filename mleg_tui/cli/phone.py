"""``mleg-tui phone``: the mObywatel side as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui.cli import output, person
from mleg_tui.cli.options import command, option, switch
from mleg_tui.cli.plain import Document as Json
from mleg_tui.cli.plain import Personal, Shown, as_user, instant
from mleg_tui.domain.calendar import shown, warsaw_date
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.phone import TERMS, TERMS_TITLE
from mleg_tui.locale import _, in_all

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.domain.phone import Document, Validity
    from mleg_tui.domain.verification import Verification
    from mleg_tui.services.mobywatel import Shown as PhoneShown
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session
    from mleg_tui.services.verifications import Asked

_LONGEST_LINE = 4096


@dataclass(frozen=True, kw_only=True)
class Phone(Personal):
    """What every command takes."""

    user: str | None = option("--user", N_("konto studenta albo kontrolera"), metavar="LOGIN")
    phone: str = option(
        "--phone", N_("który telefon (domyślnie 1)"), default="1", choices=("1", "2")
    )


@dataclass(frozen=True, kw_only=True)
class Adding(Phone):
    """What adding the document takes."""

    accept_terms: bool = switch("--accept-terms", N_("akceptuje regulamin usługi"))


@dataclass(frozen=True, kw_only=True)
class Removing(Phone):
    """What removing the document takes."""

    yes: bool = switch("--yes", N_("nie pyta"))


@dataclass(frozen=True, kw_only=True)
class Verifying(Phone):
    """What verifying the document takes."""

    code: str | None = option("--code", N_("sześć cyfr sprawdzenia"), metavar="N")
    share: bool = switch("--share", N_("udostępnia dane pod tym kodem"))


def _add(services: Services, session: Session, arguments: Adding) -> Shown:
    from mleg_tui.services.adding import TermsNotAccepted

    session.student()
    if not arguments.accept_terms:
        output.tell(_(TERMS_TITLE), *map(_, TERMS), _("Opcja --accept-terms akceptuje regulamin."))
        raise TermsNotAccepted
    token, code = _typed(_("Token (tekst kodu QR):")), _typed(_("Kod aktywacyjny:"))
    number = int(arguments.phone)
    return _page(services.mobywatel.add(session, number, token, code, terms_accepted=True))


def _show(services: Services, session: Session, arguments: Phone) -> Shown:
    return _page(services.mobywatel.show(session, int(arguments.phone)))


def _update(services: Services, session: Session, arguments: Phone) -> Shown:
    return _page(services.mobywatel.update(session, int(arguments.phone)))


def _remove(services: Services, session: Session, arguments: Removing) -> Shown:
    number = int(arguments.phone)
    removed = services.mobywatel.show(session, number)
    person.confirm(
        _("Usunąć dokument z telefonu? Tych samych kodów nie można użyć drugi raz."),
        yes=arguments.yes,
    )
    services.mobywatel.remove(session, number)
    document: Json = {"simulation": str(NOTICE), "removed": removed.document.order}
    return document, [_(NOTICE), _("Dokument usunięto z telefonu.")]


def _verify(services: Services, session: Session, arguments: Verifying) -> Shown:
    from mleg_tui.domain.account import Role

    if session.account.role is Role.INSPECTOR:
        return _check(services, session, arguments)
    session.student()
    code = arguments.needed("--code", arguments.code)
    act = services.verifications.share if arguments.share else services.verifications.pending
    asked = act(session, int(arguments.phone), code)
    shared = arguments.share
    return _asked_json(asked, shared=shared), _asked_lines(asked, shared=shared)


def _check(services: Services, session: Session, arguments: Verifying) -> Shown:
    if arguments.code is None:
        check = services.verifications.ask(session)
    else:
        check = services.verifications.result(session, arguments.code)
    return _check_json(check), _check_lines(check)


def _page(what: PhoneShown) -> Shown:
    return _shown_json(what), _shown_lines(what)


def _typed(prompt: str) -> str:
    """Return the next line of standard input that is not blank; nothing where there is none."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        output.tell(prompt)
    try:
        lines = iter(lambda: sys.stdin.readline(_LONGEST_LINE), "")
        return next((line for line in lines if line.strip()), "")
    except UnicodeDecodeError:
        return ""


def _shown_lines(what: PhoneShown) -> Iterator[str]:
    """Yield the document as the phone shows it."""
    from mleg_tui.ui.phone.rows import (
        entitlement_rows,
        shown_row,
        updated_row,
    )

    yield _(NOTICE)
    yield _("Legitymacja studencka")
    yield from _document(what.document, what.validity)
    yield from entitlement_rows(what.document, warsaw_date(what.now))
    yield shown_row(what.now)
    yield updated_row(what.document)


def _shown_json(what: PhoneShown) -> Json:
    """Return the document as the phone shows it."""
    return {
        "simulation": str(NOTICE),
        **_fields(what.document, what.validity),
        "shown_at": instant(what.now),
        "updated_at": instant(what.document.updated_at),
    }


def _check_lines(check: Verification) -> Iterator[str]:
    """Yield a check: the code to tell the holder, and the result once it was shared."""
    yield _(NOTICE)
    yield _("Kod sprawdzenia: {code}").format(code=check.id)
    yield _("Czynny do: {moment}").format(moment=shown(check.ends_at))
    if check.document is None or check.validity is None:
        yield _("Okaziciel jeszcze nie udostępnił danych.")
    else:
        yield from _document(check.document, check.validity)


def _check_json(check: Verification) -> Json:
    """Return a check; ``validity`` is null until the data were shared."""
    document, validity = check.document, check.validity
    return {
        "simulation": str(NOTICE),
        "code": check.id,
        "ends_at": instant(check.ends_at),
        "validity": validity and validity.name,
        "document": _fields(document, validity) if document and validity else None,
    }


def _asked_lines(asked: Asked, *, shared: bool) -> Iterator[str]:
    """Yield who asks the holder, or who has been answered."""
    yield _(NOTICE)
    told = _("Dane udostępniono: {who}") if shared else _("O Twoje dane prosi: {who}")
    yield told.format(who=_(asked.inspector))
    yield _("Czynny do: {moment}").format(moment=shown(asked.ends_at))


def _asked_json(asked: Asked, *, shared: bool) -> Json:
    """Return who asks the holder, or who has been answered."""
    return {
        "simulation": str(NOTICE),
        "code": asked.code,
        "inspector": asked.inspector,
        "ends_at": instant(asked.ends_at),
        "shared": shared,
    }


def _document(document: Document, validity: Validity) -> Iterator[str]:
    from mleg_tui.ui.phone.rows import card_rows, person_rows, status_row

    yield status_row(validity)
    yield from person_rows(document)
    yield _(NOTICE)
    yield from card_rows(document)


def _fields(document: Document, validity: Validity) -> Json:
    return {
        "order": document.order,
        "first_name": document.first_name,
        "second_name": document.second_name,
        "last_name": document.last_name,
        "birth_date": document.birth_date.isoformat(),
        "pesel": document.pesel,
        "university": in_all(document.university),
        "student_number": document.student_number,
        "picture": document.picture,
        "issued_on": document.issued_on.isoformat(),
        "expiration_date": document.expiration_date.isoformat(),
        "validity": validity.name,
    }


COMMANDS = {
    "add": command(
        N_("dodaje mLegitymację; czyta token i kod aktywacyjny, każdy w swoim wierszu"),
        Adding,
        as_user(_add),
    ),
    "show": command(N_("pokazuje dokument, jak telefon, także bez sieci"), Phone, as_user(_show)),
    "update": command(N_("pobiera aktualne dane i ważność dokumentu"), Phone, as_user(_update)),
    "remove": command(N_("usuwa dokument z telefonu"), Removing, as_user(_remove)),
    "verify": command(
        N_("sprawdza dokument: pyta o niego kontroler, udostępnia go student"),
        Verifying,
        as_user(_verify),
    ),
}
