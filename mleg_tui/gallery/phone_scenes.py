"""The phone: Mobilny USOS, and mObywatel from its set-up to the document."""

from __future__ import annotations

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import (
    AppSetUp,
    Back,
    CheckAsk,
    CheckShare,
    Fill,
    Forward,
    Give,
    Key,
    Order,
    PhoneAdd,
    Push,
    Revoke,
    Typed,
    WaitFor,
)
from mleg_tui.gallery.stage import Played

_ANNA = "anna.nowak"
_EWA = "ewa.lis"
_PASSWORD = "Mocne-haslo1"  # noqa: S105 - of a phone that is only drawn

INSTALL = (Order(who=_ANNA), Forward(by="15m"), PhoneAdd(who=_ANNA))
"""From the order to the document on Anna's phone, at another screen."""
_MENU = (Give("desk.switch"), Give("phone.mobilny_usos"))
_TAB = (*_MENU, Push("to-mlegitymacja"))
_MINE = (*_TAB, Push("to-mine"))
_ORDER = Give("mlegitymacja.order")
_READY = WaitFor(OrderStatus.READY)

_ORDERED = (Give("usosweb.mlegitymacja"), _ORDER, _READY)
_OPEN = Give("desk.phone")
_PASSWORDS = (
    Fill(field="new", text=_PASSWORD),
    Fill(field="repeated", text=_PASSWORD),
    Push("set"),
)
_SET_UP = (Push("install"), *_PASSWORDS)
_DOCUMENTS = (*_ORDERED, _OPEN, *_SET_UP)
_ADD = Give("mobywatel.add")
_CHOSEN = (_ADD, Push("student-card"))
_ACCEPTED = (*_CHOSEN, Push("terms"))
_CAMERA = (*_ACCEPTED, Push("next"))
_SCAN = (*_CAMERA, Push("grant"))
_TYPE = (*_CAMERA, Push("refuse"))
_CODE = (*_SCAN, Push("scan"))
_ADDED = (*_CODE, Fill(field="code-typed", text="{code}"), Push("activate"))
_DOCUMENT = (*INSTALL, _OPEN, *_PASSWORDS, Push("student-card"))
_CONFIRM = (*_DOCUMENT, CheckAsk(), Give("mobywatel.confirm"))
_SHARE = (*_CONFIRM, Fill(field="check", text="{check}"), Push("next"))

_ERRORS: tuple[Played, ...] = (
    ("password", _ANNA, (_OPEN, Push("install"), Fill(field="new", text="slabe"), Push("set"))),
    ("terms", _ANNA, (*_DOCUMENTS, *_CHOSEN, Push("next"))),
    ("camera", _ANNA, (_OPEN, *_SET_UP, *_SCAN, Push("scan"))),
    (
        "swapped",
        _ANNA,
        (*_DOCUMENTS, *_TYPE, Fill(field="token-typed", text="{code}"), Push("next")),
    ),
    (
        "lost_character",
        _ANNA,
        (
            *_DOCUMENTS,
            *_TYPE,
            Fill(field="token-typed", text="{token}"),
            Key("home"),
            Key("delete"),
            Push("next"),
        ),
    ),
    (
        "does_not_exist",
        _ANNA,
        (*_DOCUMENTS, *_TYPE, Fill(field="token-typed", text="g" + "0" * 31), Push("next")),
    ),
    (
        "codes_expired",
        _ANNA,
        (
            *_DOCUMENTS,
            Forward(by="30d"),
            *_TYPE,
            Fill(field="token-typed", text="{token}"),
            Push("next"),
        ),
    ),
    (
        "wrong_code",
        _ANNA,
        (
            *_DOCUMENTS,
            *_CODE,
            Fill(field="code-typed", text="{code}", typed=Typed.OTHER_CASE),
            Push("activate"),
        ),
    ),
    (
        "no_network",
        _ANNA,
        (*_DOCUMENTS, *_TYPE, Key("tab"), Give("mobywatel.network"), Push("next")),
    ),
    (
        "second_phone",
        _ANNA,
        (
            *_DOCUMENT,
            Give("mobywatel.other_phone"),
            *_SET_UP,
            *_TYPE,
            Fill(field="token-typed", text="{token}"),
            Push("next"),
        ),
    ),
    ("another_card", _ANNA, (*_DOCUMENT, Back(), _ADD)),
)

PHONE_SCENES: tuple[Played, ...] = (
    ("mobilny_usos.tab", _EWA, _TAB),
    ("mobilny_usos.none", _EWA, _MINE),
    ("mobilny_usos.home", _EWA, (*_MENU, Back())),
    ("mobilny_usos.copied", _EWA, (*_MINE, _ORDER, _READY, Give("mlegitymacja.copy_token"))),
    ("mobilny_usos.offline", _EWA, (*_MINE, _ORDER, Give("mobywatel.network"))),
    ("phone.push", _EWA, (*_MINE, _ORDER, Give("phone.home"), _READY)),
    ("mobilny_usos.pending", _EWA, (*_MINE, _ORDER)),
    ("mobilny_usos.notice", _EWA, (*_MINE, _ORDER, Give("desk.switch"), _READY)),
    ("mobilny_usos.ready", _EWA, (*_MINE, _ORDER, _READY)),
    ("mobywatel.store", _ANNA, (_OPEN,)),
    ("mobywatel.setup", _ANNA, (_OPEN, Push("install"))),
    (
        "mobywatel.login",
        _ANNA,
        (
            AppSetUp(_PASSWORD),
            _OPEN,
        ),
    ),
    ("mobywatel.documents", _ANNA, (_OPEN, *_SET_UP)),
    ("mobywatel.choose", _ANNA, (*_DOCUMENTS, _ADD)),
    ("mobywatel.information", _ANNA, (*_DOCUMENTS, *_CHOSEN)),
    ("mobywatel.terms", _ANNA, (*_DOCUMENTS, *_ACCEPTED)),
    ("mobywatel.camera", _ANNA, (*_DOCUMENTS, *_CAMERA)),
    ("mobywatel.scan", _ANNA, (*_DOCUMENTS, *_SCAN)),
    ("mobywatel.token", _ANNA, (*_DOCUMENTS, *_TYPE)),
    ("mobywatel.code", _ANNA, (*_DOCUMENTS, *_CODE)),
    ("mobywatel.leave", _ANNA, (*_DOCUMENTS, *_CODE, Back())),
    ("mobywatel.added", _ANNA, (*_DOCUMENTS, *_ADDED)),
    ("mobywatel.document", _ANNA, _DOCUMENT),
    (
        "mobywatel.document.revoked",
        _ANNA,
        (
            *_DOCUMENT,
            Revoke(who=_ANNA),
            Give("mobywatel.update"),
        ),
    ),
    ("mobywatel.offline", _ANNA, (*_DOCUMENT, Give("mobywatel.network"))),
    ("mobywatel.remove", _ANNA, (*_DOCUMENT, Give("mobywatel.remove"))),
    ("mobywatel.verify", _ANNA, _CONFIRM),
    ("mobywatel.verify.share", _ANNA, _SHARE),
    ("mobywatel.verify.shared", _ANNA, (*_SHARE, Push("share"))),
    *((f"mobywatel.error.{name}", user, steps) for name, user, steps in _ERRORS),
)


_INSPECTOR = "kontroler"
_WAITING = (*INSTALL, Give("inspector.ask"))
_RESULT = (*_WAITING, CheckShare(who=_ANNA))

INSPECTOR_SCENES: tuple[Played, ...] = (
    ("inspector.idle", _INSPECTOR, ()),
    ("inspector.waiting", _INSPECTOR, _WAITING),
    ("inspector.result", _INSPECTOR, _RESULT),
    (
        "inspector.result.revoked",
        _INSPECTOR,
        (*_WAITING, Revoke(who=_ANNA), CheckShare(who=_ANNA)),
    ),
    ("inspector.gone", _INSPECTOR, (*_RESULT, Forward(by="3m"))),
)
