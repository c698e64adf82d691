"""The inspector: the code, the wait, the result, and that it is gone."""

from __future__ import annotations

from mleg_tui.errands.steps import CheckShare, Forward, Give, Revoke
from mleg_tui.gallery.phone_scenes import INSTALL
from mleg_tui.gallery.stage import Played

_ANNA = "anna.nowak"
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
