"""The phone: Mobilny USOS, and mObywatel from its set-up to the document."""

from __future__ import annotations

from mleg_tui.domain.order import OrderStatus
from mleg_tui.gallery.hands import (
    INSPECTOR,
    Behind,
    Fill,
    Played,
    Tap,
    activation_code,
    check_code,
    install,
    revoke,
    token,
)
from mleg_tui.gallery.steps import Forward, Give, Press, Until

_ANNA = "anna.nowak"
_EWA = "ewa.lis"
_PASSWORD = "Mocne-haslo1"  # noqa: S105 - of a phone that is only drawn

_MENU = (Give("desk.switch"), Give("phone.mobilny_usos"))
_TAB = (*_MENU, Tap("to-mlegitymacja"))
_MINE = (*_TAB, Tap("to-mine"))
_ORDER = Give("mlegitymacja.order")
_READY = Until(OrderStatus.READY)

_ORDERED = (Give("usosweb.mlegitymacja"), _ORDER, _READY)
_OPEN = Give("desk.phone")
_PASSWORDS = (Fill("new", _PASSWORD), Fill("repeated", _PASSWORD), Tap("set"))
_SET_UP = (Tap("install"), *_PASSWORDS)
_DOCUMENTS = (*_ORDERED, _OPEN, *_SET_UP)
_ADD = Give("mobywatel.add")
_CHOSEN = (_ADD, Tap("student-card"))
_ACCEPTED = (*_CHOSEN, Tap("terms"))
_CAMERA = (*_ACCEPTED, Tap("next"))
_SCAN = (*_CAMERA, Tap("grant"))
_TYPE = (*_CAMERA, Tap("refuse"))
_CODE = (*_SCAN, Tap("scan"))
_ADDED = (*_CODE, Fill("code-typed", activation_code), Tap("activate"))
_DOCUMENT = (Behind(_ANNA, install), _OPEN, *_PASSWORDS, Tap("student-card"))
_ASKED = Behind(INSPECTOR, lambda services, session: services.verifications.ask(session))
_CONFIRM = (*_DOCUMENT, _ASKED, Give("mobywatel.confirm"))
_SHARE = (*_CONFIRM, Fill("check", check_code), Tap("next"))

_ERRORS: tuple[Played, ...] = (
    ("password", _ANNA, (_OPEN, Tap("install"), Fill("new", "slabe"), Tap("set"))),
    ("terms", _ANNA, (*_DOCUMENTS, *_CHOSEN, Tap("next"))),
    ("camera", _ANNA, (_OPEN, *_SET_UP, *_SCAN, Tap("scan"))),
    ("swapped", _ANNA, (*_DOCUMENTS, *_TYPE, Fill("token-typed", activation_code), Tap("next"))),
    (
        "lost_character",
        _ANNA,
        (*_DOCUMENTS, *_TYPE, Fill("token-typed", lambda stage: token(stage)[1:]), Tap("next")),
    ),
    (
        "does_not_exist",
        _ANNA,
        (*_DOCUMENTS, *_TYPE, Fill("token-typed", "g" + "0" * 31), Tap("next")),
    ),
    (
        "codes_expired",
        _ANNA,
        (*_DOCUMENTS, Forward("30d"), *_TYPE, Fill("token-typed", token), Tap("next")),
    ),
    (
        "wrong_code",
        _ANNA,
        (
            *_DOCUMENTS,
            *_CODE,
            Fill("code-typed", lambda stage: activation_code(stage).swapcase()),
            Tap("activate"),
        ),
    ),
    ("no_network", _ANNA, (*_DOCUMENTS, *_TYPE, Give("mobywatel.network"), Tap("next"))),
    (
        "second_phone",
        _ANNA,
        (
            *_DOCUMENT,
            Give("mobywatel.other_phone"),
            *_SET_UP,
            *_TYPE,
            Fill("token-typed", token),
            Tap("next"),
        ),
    ),
    ("another_card", _ANNA, (*_DOCUMENT, Press("escape"), _ADD)),
)

PHONE_SCENES: tuple[Played, ...] = (
    ("mobilny_usos.tab", _EWA, _TAB),
    ("mobilny_usos.none", _EWA, _MINE),
    ("mobilny_usos.home", _EWA, (*_MENU, Press("escape"))),
    ("mobilny_usos.copied", _EWA, (*_MINE, _ORDER, _READY, Give("mlegitymacja.copy_token"))),
    ("mobilny_usos.offline", _EWA, (*_MINE, _ORDER, Give("mobywatel.network"))),
    ("phone.push", _EWA, (*_MINE, _ORDER, Give("phone.home"), _READY)),
    ("mobilny_usos.pending", _EWA, (*_MINE, _ORDER)),
    ("mobilny_usos.notice", _EWA, (*_MINE, _ORDER, Give("desk.switch"), _READY)),
    ("mobilny_usos.ready", _EWA, (*_MINE, _ORDER, _READY)),
    ("mobywatel.store", _ANNA, (_OPEN,)),
    ("mobywatel.setup", _ANNA, (_OPEN, Tap("install"))),
    (
        "mobywatel.login",
        _ANNA,
        (
            Behind(_ANNA, lambda s, session: s.app_lock.set_up(session, 1, _PASSWORD, _PASSWORD)),
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
    ("mobywatel.leave", _ANNA, (*_DOCUMENTS, *_CODE, Press("escape"))),
    ("mobywatel.added", _ANNA, (*_DOCUMENTS, *_ADDED)),
    ("mobywatel.document", _ANNA, _DOCUMENT),
    (
        "mobywatel.document.revoked",
        _ANNA,
        (
            *_DOCUMENT,
            Behind(_ANNA, revoke),
            Give("mobywatel.update"),
        ),
    ),
    ("mobywatel.offline", _ANNA, (*_DOCUMENT, Give("mobywatel.network"))),
    ("mobywatel.remove", _ANNA, (*_DOCUMENT, Give("mobywatel.remove"))),
    ("mobywatel.verify", _ANNA, _CONFIRM),
    ("mobywatel.verify.share", _ANNA, _SHARE),
    ("mobywatel.verify.shared", _ANNA, (*_SHARE, Tap("share"))),
    *((f"mobywatel.error.{name}", user, steps) for name, user, steps in _ERRORS),
)
