"""``mleg-tui office``: what the dean's office sees and decides, as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from mleg_tui.cli import output, person
from mleg_tui.cli.office import page
from mleg_tui.cli.options import Command, command, option, several, switch
from mleg_tui.cli.plain import Document, Personal, Shown, amount, as_user
from mleg_tui.domain.messages import N_, NOTICE, MessageId
from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.locale import _
from mleg_tui.services.files import all_of

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.domain.fees import Payment
    from mleg_tui.services.order_queries import OrderFilter
    from mleg_tui.services.order_rows import OrderRow
    from mleg_tui.services.services import Services
    from mleg_tui.services.session import Session

R = TypeVar("R")
S = TypeVar("S", bound="OfStudent")
_LARGEST_LIST = 1
"""In megabytes."""


@dataclass(frozen=True, kw_only=True)
class Office(Personal):
    """What every command takes."""

    user: str | None = option("--user", N_("konto dziekanatu"), metavar="LOGIN")


@dataclass(frozen=True, kw_only=True)
class Searched(Office):
    """Which part of a list is meant."""

    text: str = option("--text", N_("tylko pasujące do tekstu"), default="", metavar=N_("TEKST"))


@dataclass(frozen=True, kw_only=True)
class Filtered(Searched):
    """Which orders are meant, and in which order."""

    status: Sequence[str] = several(
        "--status", N_("tylko w tym stanie, np. PENDING"), metavar="STATUS"
    )
    of: str | None = option("--of", N_("tylko tej uczelni"), metavar="ID")
    older: str | None = option("--older", N_("tylko starsze niż np. 2h, 3d"), metavar=N_("CZAS"))
    sort: str | None = option(
        "--sort",
        N_("według czego układać"),
        choices=("order_date", "status", "student", "student_number", "university", "changed"),
    )
    descending: bool = switch("--descending", N_("od największego"))


@dataclass(frozen=True, kw_only=True)
class Audit(Searched):
    """Which changes are meant."""

    actor: str | None = option("--actor", N_("kto; puste oznacza systemy"), metavar="LOGIN")
    record: str | None = option("--record", N_("którego wpisu dotyczy"), metavar="ID")
    since: str | None = option("--since", N_("od tej chwili czasu symulacji"), metavar=N_("DATA"))
    until: str | None = option("--until", N_("przed tą chwilą czasu symulacji"), metavar=N_("DATA"))
    limit: str | None = option("--limit", N_("najwyżej tyle (na ekranie 200)"), metavar="N")
    csv: bool = switch("--csv", N_("wszystko jako CSV"))


@dataclass(frozen=True, kw_only=True)
class OfOrder(Office):
    """Which order is meant."""

    order: str | None = option("--order", N_("którego zamówienia dotyczy"), metavar="ID")


@dataclass(frozen=True, kw_only=True)
class Failing(OfOrder):
    """Which order fails, and why."""

    reason: str = option("--reason", N_("powód, do historii"), default="", metavar=N_("POWÓD"))


@dataclass(frozen=True, kw_only=True)
class Revoking(Office):
    """Which orders are revoked, and why."""

    ids: Sequence[str] = several(
        "--ids",
        N_(
            "zamówienia, loginy lub numery albumów (w razie potrzeby z uczelnią: agh:401237); "
            "- czyta je ze standardowego wejścia"
        ),
        metavar=N_("LISTA|-"),
    )
    preview: bool = switch("--preview", N_("tylko pokazuje, co by się stało"))
    yes: bool = switch("--yes", N_("nie pyta"))
    reason: str = option("--reason", N_("powód, do historii"), default="", metavar=N_("POWÓD"))


@dataclass(frozen=True, kw_only=True)
class OfStudent(Office):
    """Which student is meant."""

    student: str | None = option("--student", N_("którego studenta dotyczy"), metavar="LOGIN")


@dataclass(frozen=True, kw_only=True)
class Extending(OfStudent):
    """Whose card is extended: one student's, or those of all of a university."""

    university: str | None = option(
        "--university", N_("wszystkim studentom tej uczelni naraz"), metavar="ID"
    )
    preview: bool = switch("--preview", N_("tylko pokazuje, co by się stało"))
    yes: bool = switch("--yes", N_("nie pyta"))


@dataclass(frozen=True, kw_only=True)
class Rejecting(OfStudent):
    """Whose photo is rejected, and why."""

    reason: str = option("--reason", N_("powód dla studenta"), default="", metavar=N_("POWÓD"))


@dataclass(frozen=True, kw_only=True)
class Booking(OfStudent):
    """What was paid."""

    due: str | None = option("--due", N_("należność"), metavar="ID")
    payment: str | None = option(
        "--payment", N_("nierozliczona wpłata; bez niej wpłacono na miejscu"), metavar="ID"
    )


@dataclass(frozen=True, kw_only=True)
class Renaming(OfStudent):
    """Whose surname changes, and to what."""

    surname: str | None = option("--surname", N_("nowe nazwisko"), metavar=N_("NAZWISKO"))


@dataclass(frozen=True, kw_only=True)
class Numbering(OfStudent):
    """Who gets a number, and which."""

    number: str | None = option("--number", N_("numer"), metavar="N")


def _orders(services: Services, session: Session, arguments: Filtered) -> None:
    rows = _rows(services, session, arguments)
    nobody = _("Nie ma zamówień.")
    _show_list(arguments, "orders", rows, page.order, page.order_lines, nobody=nobody)


def _export(services: Services, session: Session, arguments: Filtered) -> None:
    from mleg_tui.services.order_export import as_csv, as_json

    rows = _rows(services, session, arguments)
    if arguments.json:
        output.show_json_pieces(as_json(rows))
    else:
        output.show_pieces(as_csv(rows))


def _students(services: Services, session: Session, arguments: Searched) -> None:
    from mleg_tui.services.student_rows import StudentFilter

    rows = services.office_students.stream(session, StudentFilter(arguments.text))
    _show_list(arguments, "students", rows, page.student_row, page.row_lines)


def _audit(services: Services, session: Session, arguments: Audit) -> None:
    from mleg_tui.services.audit_log import LIMIT, EventFilter
    from mleg_tui.services.order_export import csv_table
    from mleg_tui.simulation.typed import parse_moment, parse_number

    wanted = EventFilter(
        text=arguments.text,
        actor=arguments.actor,
        record=arguments.record,
        since=parse_moment(arguments.since) if arguments.since else None,
        until=parse_moment(arguments.until) if arguments.until else None,
    )
    if arguments.csv and arguments.json:
        raise arguments.wrong(_("--csv nie może stać razem z --json"))
    shown = None if arguments.csv or arguments.json else LIMIT
    limit = parse_number(arguments.limit) if arguments.limit else shown
    events = islice(services.audit_log.stream(session, wanted), limit)
    if arguments.csv:
        rows = chain.from_iterable(map(page.event_rows, events))
        output.show_pieces(csv_table(page.EVENT_FIELDS, rows))
        return
    _show_list(arguments, "events", events, page.event, page.event_lines)


def _show_list(
    arguments: Office,
    name: str,
    rows: Iterable[R],
    document: Callable[[R], Document],
    lines: Callable[[R], Iterable[str]],
    *,
    nobody: str | None = None,
) -> None:
    """Write rows as they come: there may be a million of them."""
    from mleg_tui.services.order_export import json_list

    if arguments.json:
        output.show_json_pieces(json_list(name, map(document, rows)))
        return
    told = chain.from_iterable(map(lines, rows))
    first = next(told, nobody)
    output.show(chain([_(NOTICE)], [first] if first else [], told))


def _counters(services: Services, session: Session, arguments: Filtered) -> Shown:
    return page.counters(services.office_orders.counters(session, _wanted(arguments)))


def _rows(services: Services, session: Session, arguments: Filtered) -> Iterator[OrderRow]:
    return services.office_orders.stream(session, _wanted(arguments))


def _wanted(arguments: Filtered) -> OrderFilter:
    from mleg_tui.services.order_queries import OrderFilter, Sorting
    from mleg_tui.simulation.typed import parse_duration

    wanted = OrderFilter(
        text=arguments.text,
        statuses=frozenset(_status(arguments, name) for name in arguments.status),
        university=arguments.of,
        older_than=parse_duration(arguments.older) if arguments.older else None,
    )
    if arguments.sort is None:
        return wanted
    return replace(wanted, by=Sorting(arguments.sort), descending=arguments.descending)


def _status(arguments: Filtered, name: str) -> OrderStatus:
    try:
        return OrderStatus[name.strip().upper()]
    except KeyError as error:
        known = ", ".join(status.name for status in OrderStatus)
        problem = _("nieznany status {name} (do wyboru: {known})").format(name=name, known=known)
        raise arguments.wrong(problem) from error


def _order(services: Services, session: Session, arguments: OfOrder) -> Shown:
    id_ = arguments.needed("--order", arguments.order)
    return page.order_file(services.office_orders.order(session, id_))


def _fail(services: Services, session: Session, arguments: Failing) -> Shown:
    id_ = arguments.needed("--order", arguments.order)
    return page.order_file(services.office_orders.fail(session, id_, arguments.reason))


def _retry(services: Services, session: Session, arguments: OfOrder) -> Shown:
    id_ = arguments.needed("--order", arguments.order)
    return page.order_file(services.office_orders.retry(session, id_))


def _revoke(services: Services, session: Session, arguments: Revoking) -> Shown:
    """Show what would happen, and let it happen once somebody says yes."""
    typed = _typed(arguments)
    preview = page.planned(services.office_orders.preview(session, typed), done=False)
    if arguments.preview:
        return preview
    if not arguments.yes:
        output.tell(*preview[1])
    person.confirm(_("Unieważnić te zamówienia?"), yes=arguments.yes)
    done = services.office_orders.revoke(session, typed, arguments.reason)
    return page.planned(done, done=True)


def _extend(services: Services, session: Session, arguments: Extending) -> Shown:
    """Extend one student's card, or show whose would be, and extend them once somebody says yes."""
    university = arguments.university
    if university is None:
        student = arguments.needed("--student", arguments.student)
        return page.student(services.office.extend_els(session, student))
    if arguments.student is not None:
        raise arguments.wrong(_("--student nie może stać razem z --university"))
    preview = page.extension(services.office.preview_extension(session, university), done=False)
    if arguments.preview:
        return preview
    if not arguments.yes:
        output.tell(*preview[1])
    person.confirm(_("Przedłużyć te ELS?"), yes=arguments.yes)
    return page.extension(services.office.extend_all(session, university), done=True)


def _typed(arguments: Revoking) -> str:
    """Return the list of what to invalidate; ``-`` stands for standard input."""
    parts = [_standard_input() if part == "-" and sys.stdin else part for part in arguments.ids]
    return arguments.needed("--ids", " ".join(parts) or None)


def _standard_input() -> str:
    return all_of(sys.stdin.buffer, "-", _LARGEST_LIST).decode(errors="replace")


def _student(services: Services, session: Session, arguments: OfStudent) -> Shown:
    login = arguments.needed("--student", arguments.student)
    return page.student_file(services.office_students.file(session, login))


def _decided(
    decide: Callable[[Services, Session, str, S], object],
) -> Callable[[S], int]:
    """Return what obeys a decision about a student: their file is shown as it is after it."""

    def act(services: Services, session: Session, arguments: S) -> Shown:
        student = arguments.needed("--student", arguments.student)
        from mleg_tui.domain.student import Student

        decided = decide(services, session, student, arguments)
        if isinstance(decided, Student):
            return page.student(decided)
        return page.student_file(services.office_students.file(session, student))

    return as_user(act)


def _book(services: Services, session: Session, student: str, arguments: Booking) -> Payment:
    """Book it, and say so where that is not enough to settle the due."""
    due, payment = arguments.due, arguments.payment
    paid = services.booking.book(session, student, due=due, payment=payment)
    for state in services.office_students.file(session, student).ledger.dues:
        if state.waiting and state.due.account_number == paid.account_number:
            lacks = _("Należność {id} nie jest jeszcze rozliczona, brakuje: {amount}.")
            output.tell(lacks.format(id=state.due.id, amount=amount(state.missing)))
    return paid


def _reject_photo(services: Services, session: Session, student: str, given: Rejecting) -> object:
    return services.office.reject_photo(session, student, given.reason)


def _change_surname(services: Services, session: Session, student: str, given: Renaming) -> object:
    surname = given.needed("--surname", given.surname)
    return services.office_students.change_surname(session, student, surname)


def _set_pesel(services: Services, session: Session, student: str, given: Numbering) -> object:
    number = given.needed("--number", given.number)
    return services.office_students.set_pesel(session, student, number)


def _set_number(services: Services, session: Session, student: str, given: Numbering) -> object:
    number = given.needed("--number", given.number)
    return services.office_students.set_student_number(session, student, number)


def _decision(
    does: MessageId, decision: Callable[[Services], Callable[[Session, str], object]]
) -> Command:
    """Return the command of a decision that says nothing but whom it is about."""

    def decide(services: Services, session: Session, student: str, _arguments: OfStudent) -> object:
        return decision(services)(session, student)

    return command(does, OfStudent, _decided(decide))


COMMANDS = {
    "orders": command(N_("pokazuje zamówienia, najnowsze na górze"), Filtered, as_user(_orders)),
    "students": command(
        N_("pokazuje studentów i niespełnione warunki"), Searched, as_user(_students)
    ),
    "order": command(N_("pokazuje jedno zamówienie z całą historią"), OfOrder, as_user(_order)),
    "student": command(N_("pokazuje całą teczkę studenta"), OfStudent, as_user(_student)),
    "export": command(N_("wypisuje zamówienia jako CSV albo JSON"), Filtered, as_user(_export)),
    "counters": command(N_("liczy zamówienia według statusów i dni"), Filtered, as_user(_counters)),
    "audit": command(N_("pokazuje, kto co zmienił, najnowsze na górze"), Audit, as_user(_audit)),
    "approve-photo": _decision(N_("zatwierdza zdjęcie"), lambda s: s.office.approve_photo),
    "reject-photo": command(
        N_("odrzuca zdjęcie; trzeba podać powód"), Rejecting, _decided(_reject_photo)
    ),
    "issue-els": _decision(
        N_("wydaje ELS, gdy opłata jest rozliczona"), lambda s: s.office.issue_els
    ),
    "extend-els": command(
        N_("przedłuża ELS w USOS na ten semestr, jedną albo wszystkie"),
        Extending,
        as_user(_extend),
    ),
    "record-hologram": _decision(
        N_("odnotowuje hologram, który jest już na ELS"),
        lambda s: s.office_students.record_hologram,
    ),
    "book-payment": command(N_("księguje wpłatę na należność"), Booking, _decided(_book)),
    "change-surname": command(
        N_("zmienia nazwisko; unieważnia mLegitymację"), Renaming, _decided(_change_surname)
    ),
    "set-pesel": command(N_("zapisuje PESEL (zmyślony)"), Numbering, _decided(_set_pesel)),
    "set-student-number": command(N_("zapisuje numer albumu"), Numbering, _decided(_set_number)),
    "suspend": _decision(
        N_("zawiesza w prawach studenta; unieważnia mLegitymację"),
        lambda s: s.office_students.suspend,
    ),
    "strike-off": _decision(
        N_("skreśla z listy studentów; unieważnia mLegitymację"),
        lambda s: s.office_students.strike_off,
    ),
    "graduate": _decision(N_("zapisuje ukończenie studiów"), lambda s: s.office_students.graduate),
    "reinstate": _decision(
        N_("przywraca status aktywnego studenta"), lambda s: s.office_students.reinstate
    ),
    "fail": command(N_("kończy zamówienie w toku błędem"), Failing, as_user(_fail)),
    "retry": command(
        N_("po błędzie zamawia ponownie w imieniu studenta"), OfOrder, as_user(_retry)
    ),
    "revoke": command(N_("unieważnia zamówienia, jedno albo z listy"), Revoking, as_user(_revoke)),
}
