"""How each kind of action is performed, with the services that people use.

What an action finds, such as a status, is returned as the name of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import singledispatch
from types import MappingProxyType

from mleg_tui.domain.fees import Due
from mleg_tui.domain.student import Student
from mleg_tui.services.phones import keep
from mleg_tui.services.scenarios import actions
from mleg_tui.services.scenarios.stage import ADMINISTRATOR, Stage
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.simulation.duration import parse_duration

_ByOffice = Callable[[Services, Session, str, str], object]
_OFFICE: Mapping[str, _ByOffice] = MappingProxyType(
    {
        "approve-photo": lambda s, by, who, _value: s.office.approve_photo(by, who),
        "reject-photo": lambda s, by, who, value: s.office.reject_photo(by, who, value),
        "issue-els": lambda s, by, who, _value: s.office.issue_els(by, who),
        "extend-els": lambda s, by, who, _value: s.office.extend_els(by, who),
        "record-hologram": lambda s, by, who, _v: s.office_students.record_hologram(by, who),
        "book-payment": lambda s, by, who, value: s.booking.book(by, who, payment=value or None),
        "change-surname": lambda s, by, who, v: s.office_students.change_surname(by, who, v),
        "set-pesel": lambda s, by, who, v: s.office_students.set_pesel(by, who, v),
        "set-student-number": lambda s, by, who, v: s.office_students.set_student_number(
            by, who, v
        ),
        "suspend": lambda s, by, who, _value: s.office_students.suspend(by, who),
        "strike-off": lambda s, by, who, _value: s.office_students.strike_off(by, who),
        "graduate": lambda s, by, who, _value: s.office_students.graduate(by, who),
        "reinstate": lambda s, by, who, _value: s.office_students.reinstate(by, who),
        "revoke": lambda s, by, who, value: s.office_orders.revoke(by, who, value),
    }
)
_ABOUT_AN_ORDER: Mapping[str, _ByOffice] = MappingProxyType(
    {
        "fail": lambda s, by, order, value: s.office_orders.fail(by, order, value),
        "retry": lambda s, by, order, _value: s.office_orders.retry(by, order),
    }
)


@singledispatch
def perform(action: actions.Does, _stage: Stage) -> str | None:
    """Perform an action and return what it finds. Raises what the services refuse."""
    message = f"nobody knows how to {type(action).__name__}"
    raise TypeError(message)


@perform.register
def log_in(action: actions.LogIn, stage: Stage) -> str | None:
    """Log in under a name; a session that has ended begins anew."""
    stage.services.login.sign_in(action.login, action.password)
    stage.log_in_again(action.login)
    return None


@perform.register
def idle(action: actions.Idle, stage: Stage) -> str | None:
    """Sit still."""
    stage.student(action)  # whoever sits still was logged in before
    stage.sit_still(parse_duration(action.time))
    return None


@perform.register
def order(action: actions.Order, stage: Stage) -> str | None:
    """Order."""
    session, ordering = stage.student(action), stage.services.ordering
    asked = ordering.card(session).university.consents if action.consents else ()
    ordering.place(session, [consent.id for consent in asked])
    return None


@perform.register
def cancel(action: actions.Cancel, stage: Stage) -> str | None:
    """Cancel."""
    stage.services.ordering.cancel(stage.student(action))
    return None


@perform.register
def revoke(action: actions.Revoke, stage: Stage) -> str | None:
    """Invalidate."""
    stage.services.ordering.revoke(stage.student(action))
    return None


@perform.register
def refresh(action: actions.Refresh, stage: Stage) -> str | None:
    """Look at the page and return the status that it shows."""
    stage.services.progression.catch_up()
    status = stage.services.ordering.card(stage.student(action)).status
    return status and status.name


@perform.register
def send_photo(action: actions.SendPhoto, stage: Stage) -> str | None:
    """Send a photo."""
    stage.services.photos.send(stage.student(action), action.picture)
    return None


@perform.register
def pay(action: actions.Pay, stage: Stage) -> str | None:
    """Pay to the account of a due, or to the one that is named."""
    due = action.due
    number = action.account or ""
    if due is not None:
        number = stage.read(lambda view: view.get(Due, due)).account_number
    stage.services.payments.pay(stage.student(action), action.amount, number)
    return None


@perform.register
def office(action: actions.Office, stage: Stage) -> str | None:
    """Let the office decide about the student, or about the student's newest order."""
    subject = stage.read(lambda view: view.get(Student, action.who or stage.account)).id
    act = _OFFICE.get(action.act)
    if act is None:
        newest = stage.newest_order(action)
        subject, act = (newest.id if newest else ""), _ABOUT_AN_ORDER[action.act]
    act(stage.services, stage.office(), subject, action.value)
    return None


@perform.register
def phone_set(action: actions.PhoneSet, stage: Stage) -> str | None:
    """Put a phone into a state; what no errand of ours does is written down."""
    session, app = stage.student(action), stage.services.mobywatel
    if action.online is not None:
        app.set_online(session, action.phone, online=action.online)
    if action.camera is not None:
        app.set_camera(session, action.phone, granted=action.camera)
    phone = app.phone(session, action.phone)
    if action.school_card is not None:
        phone = replace(phone, school_card=action.school_card)
    if action.installed is not None:
        phone = replace(phone, installed=action.installed)
    stage.write(lambda work: keep(work, phone))
    return None


@perform.register
def phone_add(action: actions.PhoneAdd, stage: Stage) -> str | None:
    """Add the document, with the codes as they are typed."""
    stage.services.mobywatel.add(
        stage.student(action),
        action.phone,
        stage.typed(action, action.token, token=True),
        stage.typed(action, action.code, token=False),
        terms_accepted=action.terms,
    )
    return None


@perform.register
def phone_update(action: actions.PhoneUpdate, stage: Stage) -> str | None:
    """Update the document."""
    stage.services.mobywatel.update(stage.student(action), action.phone)
    return None


@perform.register
def phone_remove(action: actions.PhoneRemove, stage: Stage) -> str | None:
    """Remove the document."""
    stage.services.mobywatel.remove(stage.student(action), action.phone)
    return None


@perform.register
def app_set_up(action: actions.AppSetUp, stage: Stage) -> str | None:
    """Set the app password."""
    lock, session = stage.services.app_lock, stage.student(action)
    lock.set_up(session, action.phone, action.password, action.password)
    return None


@perform.register
def app_unlock(action: actions.AppUnlock, stage: Stage) -> str | None:
    """Log in to the app, with the activation code where no password is named."""
    code = actions.Typed.EXACT
    password = action.password or stage.typed(action, code, token=False)
    stage.services.app_lock.unlock(stage.student(action), action.phone, password)
    return None


@perform.register
def check_ask(_action: actions.CheckAsk, stage: Stage) -> str | None:
    """Begin a check."""
    stage.check = stage.services.verifications.ask(stage.inspector()).id
    return None


@perform.register
def check_share(action: actions.CheckShare, stage: Stage) -> str | None:
    """Share the document under the code of the check."""
    verifications = stage.services.verifications
    verifications.share(stage.student(action), action.phone, stage.check or "")
    return None


@perform.register
def check_result(_action: actions.CheckResult, stage: Stage) -> str | None:
    """Look at the result of the check."""
    found = stage.services.verifications.result(stage.inspector(), stage.check or "")
    return found.validity.name if found.validity else None


@perform.register
def forward(action: actions.Forward, stage: Stage) -> str | None:
    """Let simulated time move on."""
    desk = stage.services.simulation
    if action.by is not None:
        desk.forward(ADMINISTRATOR, parse_duration(action.by))
    if action.to is not None:
        desk.forward_to(ADMINISTRATOR, action.to)
    return None


@perform.register
def switch(action: actions.Switch, stage: Stage) -> str | None:
    """Switch a system off or on."""
    stage.services.simulation.switch(ADMINISTRATOR, action.machine, down=action.down)
    return None


@perform.register
def rejections(action: actions.Rejections, stage: Stage) -> str | None:
    """Set how many are rejected."""
    stage.services.simulation.set_rejections(ADMINISTRATOR, action.number)
    return None


@perform.register
def slowdown(action: actions.Slowdown, stage: Stage) -> str | None:
    """Set how slow the machines are."""
    stage.services.simulation.set_slowdown(ADMINISTRATOR, action.times)
    return None
