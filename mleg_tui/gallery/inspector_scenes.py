"""The inspector: the code, the wait, the result, and that it is gone."""

from __future__ import annotations

from mleg_tui.domain.verification import Verification
from mleg_tui.gallery.hands import INSPECTOR, Behind, Played, install, revoke
from mleg_tui.gallery.steps import Forward, Give
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session

_ANNA = "anna.nowak"


def _share(services: Services, session: Session) -> None:
    check = services.store.read(lambda view: view.select(Verification))[0]
    services.verifications.share(session, 1, check.id)


_WAITING = (Behind(_ANNA, install), Give("inspector.ask"))
_RESULT = (*_WAITING, Behind(_ANNA, _share))

INSPECTOR_SCENES: tuple[Played, ...] = (
    ("inspector.idle", INSPECTOR, ()),
    ("inspector.waiting", INSPECTOR, _WAITING),
    ("inspector.result", INSPECTOR, _RESULT),
    (
        "inspector.result.revoked",
        INSPECTOR,
        (*_WAITING, Behind(_ANNA, revoke), Behind(_ANNA, _share)),
    ),
    ("inspector.gone", INSPECTOR, (*_RESULT, Forward("3m"))),
)
