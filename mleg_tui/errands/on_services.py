"""How each kind of step is performed with the services that people use, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import singledispatch

import msgspec

from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.fees import Due
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.errands import steps
from mleg_tui.errands.people import ADMINISTRATOR, People
from mleg_tui.services.facts import Mismatch
from mleg_tui.services.phones import keep
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.simulation.typed import parse_duration

_ByOffice = Callable[[Services, Session, str, str], object]
_OFFICE: Mapping[str, _ByOffice] = {
    "approve-photo": lambda s, by, who, _value: s.office.approve_photo(by, who),
    "reject-photo": lambda s, by, who, value: s.office.reject_photo(by, who, value),
    "issue-els": lambda s, by, who, _value: s.office.issue_els(by, who),
    "extend-els": lambda s, by, who, _value: s.office.extend_els(by, who),
    "extend-all": lambda s, by, _who, value: s.office.extend_all(by, value),
    "record-hologram": lambda s, by, who, _v: s.office_students.record_hologram(by, who),
    "book-payment": lambda s, by, who, value: s.booking.book(by, who, payment=value or None),
    "change-surname": lambda s, by, who, v: s.office_students.change_surname(by, who, v),
    "set-pesel": lambda s, by, who, v: s.office_students.set_pesel(by, who, v),
    "set-student-number": lambda s, by, who, v: s.office_students.set_student_number(by, who, v),
    "suspend": lambda s, by, who, _value: s.office_students.suspend(by, who),
    "strike-off": lambda s, by, who, _value: s.office_students.strike_off(by, who),
    "graduate": lambda s, by, who, _value: s.office_students.graduate(by, who),
    "reinstate": lambda s, by, who, _value: s.office_students.reinstate(by, who),
    "revoke": lambda s, by, who, value: s.office_orders.revoke(by, who, value),
}
_ABOUT_AN_ORDER: Mapping[str, _ByOffice] = {
    "fail": lambda s, by, order, value: s.office_orders.fail(by, order, value),
    "retry": lambda s, by, order, _value: s.office_orders.retry(by, order),
}


class NeverReached(Refused):
    """An order will not come to a status."""

    message = N_("Zamówienie nie dojdzie do tego stanu, bo nic więcej samo się nie wydarzy.")
    advice = N_("Sprawdź, czy coś zamówiono i czy systemy działają.")


@dataclass(frozen=True, slots=True)
class Performed:
    """A step that was performed: what it found, how it was refused, what was not as told."""

    step: steps.OnServices
    found: str | None
    refusal: MlegError | None
    mismatches: tuple[Mismatch, ...]


def attempt(step: steps.OnServices, people: People) -> Performed:
    """Perform a step, and see whether it goes as it says."""
    found, refusal = None, None
    try:
        found = perform(step, people)
    except MlegError as error:
        refusal = error
    people.remember_codes(step.who)
    return Performed(step, found, refusal, tuple(_mismatches(step, found, refusal)))


def _mismatches(
    step: steps.OnServices, found: str | None, refusal: MlegError | None
) -> Iterator[Mismatch]:
    codes = refusal.codes if refusal else ()
    if codes != step.refused:
        yield Mismatch("refused", step.refused, codes)
    told = _told(refusal) if refusal else ""
    if step.told is not None and step.told not in told:
        yield Mismatch("told", step.told, told)
    if isinstance(step, steps.Refresh) and step.status not in (msgspec.UNSET, found):
        yield Mismatch("status", step.status, found)
    if isinstance(step, steps.CheckResult) and step.validity not in (msgspec.UNSET, found):
        yield Mismatch("validity", step.validity, found)


def _told(error: MlegError) -> str:
    """Return what a refusal says in Polish, which is the language of the messages' ids."""
    errors = error.reasons or (error,)
    return " ".join(
        one.message.format_map({name: _in_polish(part) for name, part in one.details.items()})
        for one in errors
    )


def _in_polish(detail: object) -> object:
    return detail[SOURCE_LANGUAGE] if isinstance(detail, LocalText) else detail


@singledispatch
def perform(step: steps.OnServices, _people: People) -> str | None:
    """Perform a step and return the name of what it finds. Raises what the services refuse."""
    message = f"nobody knows how to {type(step).__name__}"
    raise TypeError(message)


@perform.register
def _(step: steps.LogIn, people: People) -> None:
    """Log in under a name; a session that has ended begins anew."""
    people.services.login.sign_in(step.login, step.password)
    people.log_in_again(step.login)


@perform.register
def _(step: steps.Idle, people: People) -> None:
    people.student(step.who)  # whoever sits still was logged in before
    people.sit_still(parse_duration(step.time))


@perform.register
def _(step: steps.WaitFor, people: People) -> None:
    """Move the timeline from one due step of the machines to the next."""
    services = people.services
    while (order := people.newest_order(step.who)) is None or order.status is not step.status:
        due = services.progression.next_due()
        if due is None:
            raise NeverReached
        services.time.forward(due[1].at - services.time.show().now)


@perform.register
def _(step: steps.Order, people: People) -> None:
    session, ordering = people.student(step.who), people.services.ordering
    asked = ordering.card(session).university.consents if step.consents else ()
    ordering.place(session, [consent.id for consent in asked])


@perform.register
def _(step: steps.Cancel, people: People) -> None:
    people.services.ordering.cancel(people.student(step.who))


@perform.register
def _(step: steps.Revoke, people: People) -> None:
    people.services.ordering.revoke(people.student(step.who))


@perform.register
def _(step: steps.Refresh, people: People) -> str | None:
    """Look at the page and return the status that it shows."""
    people.services.progression.catch_up()
    status = people.services.ordering.card(people.student(step.who)).status
    return status and status.name


@perform.register
def _(step: steps.SendPhoto, people: People) -> None:
    people.services.photos.send(people.student(step.who), step.picture)


@perform.register
def _(step: steps.ApplyEls, people: People) -> None:
    people.services.els_applications.apply(people.student(step.who))


@perform.register
def _(step: steps.Pay, people: People) -> None:
    """Pay to the account of a due, or to the one that is named."""
    due = step.due
    number = step.account or ""
    if due is not None:
        number = people.read(lambda view: view.get(Due, due)).account_number
    people.services.payments.pay(people.student(step.who), step.amount, number)


@perform.register
def _(step: steps.Office, people: People) -> None:
    """Let the office decide about the student, or about the student's newest order."""
    subject = people.read(lambda view: view.get(Student, step.who or people.account)).id
    act = _OFFICE.get(step.act)
    if act is None:
        newest = people.newest_order(step.who)
        subject, act = (newest.id if newest else ""), _ABOUT_AN_ORDER[step.act]
    act(people.services, people.office(), subject, step.value)


@perform.register
def _(step: steps.PhoneSet, people: People) -> None:
    """Put a phone into a state; what no errand of ours does is written down."""
    session, app = people.student(step.who), people.services.mobywatel
    if step.online is not None:
        app.set_online(session, step.phone, online=step.online)
    if step.camera is not None:
        app.set_camera(session, step.phone, granted=step.camera)
    phone = app.phone(session, step.phone)
    if step.school_card is not None:
        phone = replace(phone, school_card=step.school_card)
    if step.installed is not None:
        phone = replace(phone, installed=step.installed)
    people.write(lambda work: keep(work, phone))


@perform.register
def _(step: steps.PhoneAdd, people: People) -> None:
    """Add the document, with the codes as they are typed."""
    people.services.mobywatel.add(
        people.student(step.who),
        step.phone,
        people.typed(step.who, step.token, token=True),
        people.typed(step.who, step.code, token=False),
        terms_accepted=step.terms,
    )


@perform.register
def _(step: steps.PhoneUpdate, people: People) -> None:
    people.services.mobywatel.update(people.student(step.who), step.phone)


@perform.register
def _(step: steps.PhoneRemove, people: People) -> None:
    people.services.mobywatel.remove(people.student(step.who), step.phone)


@perform.register
def _(step: steps.AppSetUp, people: People) -> None:
    lock, session = people.services.app_lock, people.student(step.who)
    lock.set_up(session, step.phone, step.password, step.password)


@perform.register
def _(step: steps.AppUnlock, people: People) -> None:
    """Log in to the app, with the activation code where no password is named."""
    code = steps.Typed.EXACT
    password = step.password or people.typed(step.who, code, token=False)
    people.services.app_lock.unlock(people.student(step.who), step.phone, password)


@perform.register
def _(_step: steps.CheckAsk, people: People) -> None:
    people.services.verifications.ask(people.inspector())


@perform.register
def _(step: steps.CheckShare, people: People) -> None:
    """Share the document under the code of the check."""
    verifications = people.services.verifications
    verifications.share(people.student(step.who), step.phone, people.check())


@perform.register
def _(_step: steps.CheckResult, people: People) -> str | None:
    found = people.services.verifications.result(people.inspector(), people.check())
    return found.validity.name if found.validity else None


@perform.register
def _(step: steps.Forward, people: People) -> None:
    desk = people.services.simulation
    if step.by is not None:
        desk.forward(ADMINISTRATOR, parse_duration(step.by))
    if step.to is not None:
        desk.forward_to(ADMINISTRATOR, step.to)


@perform.register
def _(step: steps.Switch, people: People) -> None:
    people.services.simulation.switch(ADMINISTRATOR, step.machine, down=step.down)


@perform.register
def _(step: steps.Rejections, people: People) -> None:
    people.services.simulation.set_rejections(ADMINISTRATOR, step.number)


@perform.register
def _(step: steps.Slowdown, people: People) -> None:
    people.services.simulation.set_slowdown(ADMINISTRATOR, step.times)
