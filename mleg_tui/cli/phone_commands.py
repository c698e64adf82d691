"""``mleg-tui phone``: the mObywatel side as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from mleg_tui.cli import output, person
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import Document
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.cli.parser import PROGRAM, BadUsage
from mleg_tui.cli.phone_page import (
    asked_json,
    asked_lines,
    check_json,
    check_lines,
    shown_json,
    shown_lines,
)
from mleg_tui.domain.account import Role
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.terms import TERMS, TERMS_TITLE
from mleg_tui.locale import _
from mleg_tui.services.adding_refusals import TermsNotAccepted
from mleg_tui.services.mobywatel import Shown
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session


def run(arguments: Arguments) -> int:
    """Log the person in and do on their phone, or with the inspector's, what was asked."""
    if arguments.user is None:
        raise _bad_usage(arguments, "--user")
    password = person.password()
    with services_at_one_moment(arguments) as services:
        session = person.sign_in(services, arguments.user, password)
        document, lines = _COMMANDS[arguments.command](services, session, arguments)
    if arguments.json:
        output.show_json(document)
    else:
        output.show(lines)
    return 0


_LONGEST_LINE = 4096
_Told = tuple[Document, Iterable[str]]
"""A result in both of its forms."""


def _add(services: Services, session: Session, arguments: Arguments) -> _Told:
    session.student()
    if not arguments.accept_terms:
        output.tell(_(TERMS_TITLE), *map(_, TERMS), _("Opcja --accept-terms akceptuje regulamin."))
        raise TermsNotAccepted
    token, code = _typed(_("Token (tekst kodu QR):")), _typed(_("Kod aktywacyjny:"))
    number = int(arguments.phone)
    return _page(services.mobywatel.add(session, number, token, code, terms_accepted=True))


def _show(services: Services, session: Session, arguments: Arguments) -> _Told:
    return _page(services.mobywatel.show(session, int(arguments.phone)))


def _update(services: Services, session: Session, arguments: Arguments) -> _Told:
    return _page(services.mobywatel.update(session, int(arguments.phone)))


def _remove(services: Services, session: Session, arguments: Arguments) -> _Told:
    number = int(arguments.phone)
    removed = services.mobywatel.show(session, number)
    person.confirm(
        _("Usunąć dokument z telefonu? Tych samych kodów nie można użyć drugi raz."),
        yes=arguments.yes,
    )
    services.mobywatel.remove(session, number)
    document: Document = {"simulation": str(NOTICE), "removed": removed.document.order}
    return document, [_(NOTICE), _("Dokument usunięto z telefonu.")]


def _verify(services: Services, session: Session, arguments: Arguments) -> _Told:
    if session.account.role is Role.INSPECTOR:
        return _check(services, session, arguments)
    session.student()
    if arguments.code is None:
        raise _bad_usage(arguments, "--code")
    act = services.verifications.share if arguments.share else services.verifications.pending
    asked = act(session, int(arguments.phone), arguments.code)
    shared = arguments.share
    return asked_json(asked, shared=shared), asked_lines(asked, shared=shared)


def _check(services: Services, session: Session, arguments: Arguments) -> _Told:
    if arguments.code is None:
        check = services.verifications.ask(session)
    else:
        check = services.verifications.result(session, arguments.code)
    return check_json(check), check_lines(check)


_COMMANDS: Mapping[str, Callable[[Services, Session, Arguments], _Told]] = MappingProxyType(
    {"add": _add, "show": _show, "update": _update, "remove": _remove, "verify": _verify}
)


def _page(what: Shown) -> _Told:
    return shown_json(what), shown_lines(what)


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


def _bad_usage(arguments: Arguments, option: str) -> BadUsage:
    command = f"{PROGRAM} phone {arguments.command}"
    return BadUsage(problem=_("brakuje: {option}").format(option=option), command=command)
