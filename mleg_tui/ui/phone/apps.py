"""Which apps a student's phone has: it depends on the university's profile."""

from __future__ import annotations

from mleg_tui.domain.university import OrderPath, University
from mleg_tui.services.session import Session
from mleg_tui.ui.phone.app import PhoneApp
from mleg_tui.ui.phone.frame import PhonePane
from mleg_tui.ui.phone.mobilny_usos import NOTICE, MobilnyUsosApp
from mleg_tui.ui.phone.mobywatel.app import MobywatelApp

__all__ = ["NOTICE", "phone_of"]


def phone_of(session: Session, university: University) -> PhonePane:
    """Return the phone of a student of the university."""
    apps: dict[str, type[PhoneApp]] = {}
    if OrderPath.MOBILE in university.paths:
        apps["phone.mobilny_usos"] = MobilnyUsosApp
    apps["phone.mobywatel"] = MobywatelApp
    return PhonePane(session, university, apps)
