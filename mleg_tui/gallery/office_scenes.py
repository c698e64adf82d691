"""The dean's office and the simulation desk: their pages, files, dialogs and refusals."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import (
    Cancel,
    Choose,
    Fill,
    Give,
    HoldClass,
    Key,
    Office,
    Order,
    Push,
    SendPhoto,
    WaitFor,
)
from mleg_tui.gallery.stage import Played

_ANNA = "anna.nowak"
_OLA = "ola.wisniewska"
_OFFICE = "dziekanat"

_TWO = (Order(who=_ANNA), WaitFor(OrderStatus.READY, who=_ANNA), Order(who=_OLA))
_ORDERS = (*_TWO, Give("usosweb.staff"))
_STUDENTS = Give("office.students")
_ANNAS_FILE = (_STUDENTS, Key("enter"))
_PIOTRS_FILE = (_STUDENTS, Key("end"), Key("enter"))
_FIND = Give("office.find")
_SIMULATION = Give("office.simulation")
_SARA = "sara.milewska"
_EXERCISE = (
    _SIMULATION,
    Give("simulation.scenario"),
    Key("tab"),  # to the list, whether there is a field before it or not
    Choose("photo-waiting"),
    Push("yes"),
)
_PENDING_ORDER = (*_ORDERS, Key("enter"))
_READY_ORDER = (*_ORDERS, Key("down"), Key("enter"))
_NOBODY = Fill(text="nikt taki")
_REASON = Fill(text=N_("Zgłoszenie z 2 marca"))


_PHOTO_WAITS = (SendPhoto("owl", who=_ANNA), *_ANNAS_FILE)
_LIST = (*_ORDERS, Give("orders.revoke_list"))
_TYPED_LIST = (*_LIST, Fill(text="401237, ola.wisniewska-001 999999"), Key("tab"))
_CLASSES = Give("office.classes")
_BOARD = (HoldClass(), _CLASSES, Key("enter"))
_OPENING = (_CLASSES, Give("classes.open"))
_SWITCHES = (Give("simulation.agent"), Give("simulation.network"))

_ORDER_SCENES: tuple[Played, ...] = (
    ("office.orders.empty", _OFFICE, (Give("usosweb.staff"),)),
    ("office.orders.search", _OFFICE, (*_ORDERS, _FIND, Fill(text="wisn"))),
    ("office.orders.not_found", _OFFICE, (*_ORDERS, _FIND, _NOBODY)),
    ("office.orders.status", _OFFICE, (*_ORDERS, Give("orders.status"))),
    (
        "office.orders.filtered",
        _OFFICE,
        (*_ORDERS, Give("orders.status"), Key("down"), Key("enter")),
    ),
    ("office.orders.sort", _OFFICE, (*_ORDERS, Give("orders.sort"))),
    ("office.orders.counters", _OFFICE, (*_ORDERS, Give("orders.counters"))),
    ("office.orders.export", _OFFICE, (*_ORDERS, Give("orders.export"))),
    (
        "office.orders.export.refused",
        _OFFICE,
        (*_ORDERS, Give("orders.export"), Key("backspace"), Key("enter")),
    ),
    ("office.orders.revoke_list", _OFFICE, _TYPED_LIST),
    ("office.orders.revoke_list.refused", _OFFICE, (*_TYPED_LIST, Key("enter"))),
    ("office.orders.revoke_list.preview", _OFFICE, (*_TYPED_LIST, _REASON, Key("enter"))),
    (
        "office.orders.revoke_list.overtaken",
        _OFFICE,
        (
            *_TYPED_LIST,
            _REASON,
            Key("enter"),
            Cancel(who=_OLA),
            Key("left"),
            Key("enter"),
        ),
    ),
    ("office.order", _OFFICE, _READY_ORDER),
    ("office.order.fail", _OFFICE, (*_PENDING_ORDER, Give("order.fail"))),
    ("office.order.fail.refused", _OFFICE, (*_PENDING_ORDER, Give("order.fail"), Key("enter"))),
    (
        "office.order.retry",
        _OFFICE,
        (*_PENDING_ORDER, Office("fail", "Zgłoszenie z 2 marca", who=_OLA), Give("order.retry")),
    ),
    ("office.order.revoke", _OFFICE, (*_READY_ORDER, Give("order.revoke"), _REASON)),
    ("office.order.why_not", _OFFICE, (*_READY_ORDER, Give("order.fail"))),
    (
        "office.order.overtaken",
        _OFFICE,
        (
            *_PENDING_ORDER,
            Give("order.revoke"),
            _REASON,
            Key("enter"),
            Cancel(who=_OLA),
            Key("right"),
            Key("enter"),
        ),
    ),
)
_STUDENT_SCENES: tuple[Played, ...] = (
    ("office.students", _OFFICE, (_STUDENTS,)),
    ("office.students.search", _OFFICE, (_STUDENTS, _FIND, Fill(text="zielin"))),
    ("office.students.not_found", _OFFICE, (_STUDENTS, _FIND, _NOBODY)),
    ("office.students.extend", _OFFICE, (_STUDENTS, Give("students.extend_els"), Key("enter"))),
    ("office.student", _OFFICE, _PHOTO_WAITS),
    ("office.student.unpaid", _OFFICE, _PIOTRS_FILE),
    ("office.student.reject_photo", _OFFICE, (*_PHOTO_WAITS, Give("student.reject_photo"))),
    ("office.student.change_surname", _OFFICE, (*_ANNAS_FILE, Give("student.change_surname"))),
    ("office.student.set_pesel", _OFFICE, (*_ANNAS_FILE, Give("student.set_pesel"))),
    ("office.student.set_number", _OFFICE, (*_ANNAS_FILE, Give("student.set_number"))),
    (
        "office.student.set_number.refused",
        _OFFICE,
        (*_ANNAS_FILE, Give("student.set_number"), Fill(text="A1"), Key("enter")),
    ),
    ("office.student.book_payment", _OFFICE, (*_PIOTRS_FILE, Give("student.book_payment"))),
    ("office.student.suspend", _OFFICE, (*_ANNAS_FILE, Give("student.suspend"))),
    ("office.student.strike_off", _OFFICE, (*_ANNAS_FILE, Give("student.strike_off"))),
    ("office.student.graduate", _OFFICE, (*_ANNAS_FILE, Give("student.graduate"))),
    ("office.student.why_not", _OFFICE, (*_PIOTRS_FILE, Give("student.issue_els"))),
)
_DESK_SCENES: tuple[Played, ...] = (
    ("office.audit", _OFFICE, (*_TWO, Give("office.audit"))),
    ("office.audit.search", _OFFICE, (*_TWO, Give("office.audit"), _FIND, Fill(text="orders ola"))),
    ("office.audit.not_found", _OFFICE, (*_TWO, Give("office.audit"), _FIND, _NOBODY)),
    ("office.audit.event", _OFFICE, (*_TWO, Give("office.audit"), Key("down"), Key("enter"))),
    ("office.simulation", _OFFICE, (*_TWO, _SIMULATION)),
    ("office.simulation.switches", _OFFICE, (*_TWO, _SIMULATION, *_SWITCHES)),
    ("office.simulation.forward", _OFFICE, (_SIMULATION, Give("simulation.forward"))),
    (
        "office.simulation.forward.refused",
        _OFFICE,
        (
            _SIMULATION,
            Give("simulation.forward"),
            Fill(text="wczoraj"),
            Key("enter"),
        ),
    ),
    ("office.simulation.speed", _OFFICE, (_SIMULATION, Give("simulation.speed"))),
    ("office.simulation.scenario", _OFFICE, (_SIMULATION, Give("simulation.scenario"))),
    ("office.simulation.exercise", _OFFICE, _EXERCISE),
    (
        "office.simulation.exercise.hint",
        _OFFICE,
        (*_EXERCISE, Give("app.exercise"), Push("hint")),
    ),
    (
        "office.simulation.exercise.astray",
        _OFFICE,
        (*_EXERCISE, Office("strike-off", who=_SARA)),
    ),
    (
        "office.simulation.exercise.solved",
        _OFFICE,
        (*_EXERCISE, Office("approve-photo", who=_SARA)),
    ),
    ("office.simulation.reset", _OFFICE, (_SIMULATION, Give("simulation.reset"))),
    ("office.simulation.nothing_ahead", _OFFICE, (_SIMULATION, Give("simulation.step"))),
)
_CLASS_SCENES: tuple[Played, ...] = (
    ("office.classes.none", _OFFICE, (_CLASSES,)),
    ("office.classes", _OFFICE, (HoldClass(), _CLASSES)),
    (
        "office.classes.open",
        _OFFICE,
        (*_OPENING, Key("tab", 3), Key("enter"), Key("down", 2), Key("enter")),
    ),
    ("office.classes.open.refused", _OFFICE, (*_OPENING, Key("tab", 4), Key("enter"))),
    ("office.class", _OFFICE, _BOARD),
    ("office.class.empty", _OFFICE, (HoldClass(empty=True), _CLASSES, Key("enter"))),
    ("office.class.shown", _OFFICE, (*_BOARD, Give("board.show"))),
    ("office.shoulder", _OFFICE, (*_BOARD, Give("board.look"))),
    ("office.class.say", _OFFICE, (*_BOARD, Give("board.say"))),
    ("office.class.hinted", _OFFICE, (*_BOARD, Give("board.hint"), Give("board.clock"))),
    ("office.class.next_all", _OFFICE, (*_BOARD, Give("board.next_all"))),
    ("office.class.results", _OFFICE, (*_BOARD, Give("board.results"))),
    ("office.class.remove", _OFFICE, (*_BOARD, Give("board.remove"))),
    ("office.class.close", _OFFICE, (*_BOARD, Give("board.close"))),
)

OFFICE_SCENES: tuple[Played, ...] = (
    *_ORDER_SCENES,
    *_STUDENT_SCENES,
    *_DESK_SCENES,
    *_CLASS_SCENES,
)
