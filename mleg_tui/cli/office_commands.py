"""``mleg-tui office``: what the dean's office sees and decides, as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from types import MappingProxyType
from typing import TypeVar

from mleg_tui.cli import office_page, output, person
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import Document
from mleg_tui.cli.office_page import Shown
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.cli.parser import PROGRAM, BadUsage
from mleg_tui.domain.fees import Payment
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.locale import _
from mleg_tui.services.audit_log import LIMIT, EventFilter
from mleg_tui.services.files import all_of
from mleg_tui.services.order_export import as_csv, as_json, csv_table, json_list
from mleg_tui.services.order_rows import OrderFilter, OrderRow, Sorting
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.student_rows import StudentFilter
from mleg_tui.simulation.duration import parse_duration
from mleg_tui.simulation.typed import parse_moment, parse_number

R = TypeVar("R")
_LARGEST_LIST = 1
"""In megabytes."""
_List = Callable[[Services, Session, Arguments], None]
_Command = Callable[[Services, Session, Arguments], Shown]
_Decision = Callable[[Services, Session, str, Arguments], object]


def run(arguments: Arguments) -> int:
    """Log the office in, do what was asked, and show what came of it."""
    user = _needed(arguments, "--user", arguments.user)
    password = person.password()
    with services_at_one_moment(arguments) as services:
        session = person.sign_in(services, user, password)
        if arguments.command in _LISTS:
            _LISTS[arguments.command](services, session, arguments)
            return 0
        document, lines = _obey(services, session, arguments)
    if arguments.json:
        output.show_json(document)
    else:
        output.show(lines)
    return 0


def _obey(services: Services, session: Session, arguments: Arguments) -> Shown:
    command = _COMMANDS.get(arguments.command)
    if command is not None:
        return command(services, session, arguments)
    student = _needed(arguments, "--student", arguments.student)
    decided = _DECISIONS[arguments.command](services, session, student, arguments)
    if isinstance(decided, Student):
        return office_page.student(decided)
    return office_page.student_file(services.office_students.file(session, student))


def _orders(services: Services, session: Session, arguments: Arguments) -> None:
    rows = _rows(services, session, arguments)
    nobody, page = _("Nie ma zamówień."), office_page
    _show_list(arguments, "orders", rows, page.order, page.order_lines, nobody=nobody)


def _export(services: Services, session: Session, arguments: Arguments) -> None:
    rows = _rows(services, session, arguments)
    if arguments.json:
        output.show_json_pieces(as_json(rows))
    else:
        output.show_pieces(as_csv(rows))


def _students(services: Services, session: Session, arguments: Arguments) -> None:
    rows = services.office_students.stream(session, StudentFilter(arguments.text))
    _show_list(arguments, "students", rows, office_page.student_row, office_page.row_lines)


def _audit(services: Services, session: Session, arguments: Arguments) -> None:
    wanted = EventFilter(
        text=arguments.text,
        actor=arguments.actor,
        record=arguments.record,
        since=parse_moment(arguments.since) if arguments.since else None,
        until=parse_moment(arguments.until) if arguments.until else None,
    )
    if arguments.csv and arguments.json:
        raise _bad_usage(arguments, _("--csv nie może stać razem z --json"))
    shown = None if arguments.csv or arguments.json else LIMIT
    limit = parse_number(arguments.limit) if arguments.limit else shown
    events = islice(services.audit_log.stream(session, wanted), limit)
    if arguments.csv:
        rows = chain.from_iterable(map(office_page.event_rows, events))
        output.show_pieces(csv_table(office_page.EVENT_FIELDS, rows))
        return
    _show_list(arguments, "events", events, office_page.event, office_page.event_lines)


def _show_list(
    arguments: Arguments,
    name: str,
    rows: Iterable[R],
    document: Callable[[R], Document],
    lines: Callable[[R], Iterable[str]],
    *,
    nobody: str | None = None,
) -> None:
    """Write rows as they come: there may be a million of them."""
    if arguments.json:
        output.show_json_pieces(json_list(name, map(document, rows)))
        return
    told = chain.from_iterable(map(lines, rows))
    first = next(told, nobody)
    output.show(chain([_(NOTICE)], [first] if first else [], told))


def _counters(services: Services, session: Session, arguments: Arguments) -> Shown:
    return office_page.counters(services.office_orders.counters(session, _wanted(arguments)))


def _rows(services: Services, session: Session, arguments: Arguments) -> Iterator[OrderRow]:
    wanted, stream = _wanted(arguments), services.office_orders.stream
    if arguments.sort is None:
        return stream(session, wanted)
    return stream(session, wanted, Sorting(arguments.sort), descending=bool(arguments.descending))


def _wanted(arguments: Arguments) -> OrderFilter:
    return OrderFilter(
        text=arguments.text,
        statuses=frozenset(_status(arguments, name) for name in arguments.status),
        university=arguments.of,
        older_than=parse_duration(arguments.older) if arguments.older else None,
    )


def _order(services: Services, session: Session, arguments: Arguments) -> Shown:
    id_ = _needed(arguments, "--order", arguments.order)
    return office_page.order_file(services.office_orders.order(session, id_))


def _fail(services: Services, session: Session, arguments: Arguments) -> Shown:
    id_ = _needed(arguments, "--order", arguments.order)
    return office_page.order_file(services.office_orders.fail(session, id_, arguments.reason))


def _retry(services: Services, session: Session, arguments: Arguments) -> Shown:
    id_ = _needed(arguments, "--order", arguments.order)
    return office_page.order_file(services.office_orders.retry(session, id_))


def _revoke(services: Services, session: Session, arguments: Arguments) -> Shown:
    """Show what would happen, and let it happen once somebody says yes."""
    typed = _typed(arguments)
    preview = office_page.planned(services.office_orders.preview(session, typed), done=False)
    if arguments.preview:
        return preview
    if not arguments.yes:
        output.tell(*preview[1])
    person.confirm(_("Unieważnić te zamówienia?"), yes=arguments.yes)
    done = services.office_orders.revoke(session, typed, arguments.reason)
    return office_page.planned(done, done=True)


def _book(services: Services, session: Session, student: str, arguments: Arguments) -> Payment:
    """Book it, and say so where that is not enough to settle the due."""
    due, payment = arguments.due, arguments.payment
    paid = services.booking.book(session, student, due=due, payment=payment)
    for state in services.office_students.file(session, student).ledger.dues:
        if state.waiting and state.due.account_number == paid.account_number:
            lacks = _("Należność {id} nie jest jeszcze rozliczona, brakuje: {amount}.")
            output.tell(lacks.format(id=state.due.id, amount=office_page.amount(state.missing)))
    return paid


def _student(services: Services, session: Session, arguments: Arguments) -> Shown:
    login = _needed(arguments, "--student", arguments.student)
    return office_page.student_file(services.office_students.file(session, login))


_LISTS: Mapping[str, _List] = MappingProxyType(
    {"orders": _orders, "students": _students, "audit": _audit, "export": _export}
)
_COMMANDS: Mapping[str, _Command] = MappingProxyType(
    {
        "counters": _counters,
        "order": _order,
        "fail": _fail,
        "retry": _retry,
        "revoke": _revoke,
        "student": _student,
    }
)
_DECISIONS: Mapping[str, _Decision] = MappingProxyType(
    {
        "approve-photo": lambda s, by, who, _a: s.office.approve_photo(by, who),
        "reject-photo": lambda s, by, who, a: s.office.reject_photo(by, who, a.reason),
        "issue-els": lambda s, by, who, _a: s.office.issue_els(by, who),
        "extend-els": lambda s, by, who, _a: s.office.extend_els(by, who),
        "record-hologram": lambda s, by, who, _a: s.office_students.record_hologram(by, who),
        "book-payment": _book,
        "change-surname": lambda s, by, who, a: s.office_students.change_surname(
            by, who, _needed(a, "--surname", a.surname)
        ),
        "set-pesel": lambda s, by, who, a: s.office_students.set_pesel(
            by, who, _needed(a, "--number", a.number)
        ),
        "set-student-number": lambda s, by, who, a: s.office_students.set_student_number(
            by, who, _needed(a, "--number", a.number)
        ),
        "suspend": lambda s, by, who, _a: s.office_students.suspend(by, who),
        "strike-off": lambda s, by, who, _a: s.office_students.strike_off(by, who),
        "graduate": lambda s, by, who, _a: s.office_students.graduate(by, who),
        "reinstate": lambda s, by, who, _a: s.office_students.reinstate(by, who),
    }
)


def _needed(arguments: Arguments, option: str, value: str | None) -> str:
    if value is None:
        problem = _("brakuje: {option}").format(option=option)
        raise _bad_usage(arguments, problem)
    return value


def _status(arguments: Arguments, name: str) -> OrderStatus:
    try:
        return OrderStatus[name.strip().upper()]
    except KeyError as error:
        known = ", ".join(status.name for status in OrderStatus)
        problem = _("nieznany status {name} (do wyboru: {known})").format(name=name, known=known)
        raise _bad_usage(arguments, problem) from error


def _typed(arguments: Arguments) -> str:
    """Return the list of what to invalidate; ``-`` stands for standard input."""
    parts = [_standard_input() if part == "-" and sys.stdin else part for part in arguments.ids]
    return _needed(arguments, "--ids", " ".join(parts) or None)


def _standard_input() -> str:
    return all_of(sys.stdin.buffer, "-", _LARGEST_LIST).decode(errors="replace")


def _bad_usage(arguments: Arguments, problem: str) -> BadUsage:
    return BadUsage(problem=problem, command=f"{PROGRAM} office {arguments.command}")
