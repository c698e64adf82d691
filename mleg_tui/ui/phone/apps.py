"""mObywatel, and which apps a student's phone has: that depends on the university's profile."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import OrderPath, University
from mleg_tui.services.session import Session
from mleg_tui.ui.phone.app import PhoneApp, PhonePage
from mleg_tui.ui.phone.frame import PhonePane
from mleg_tui.ui.phone.mobilny_usos import MobilnyUsosApp
from mleg_tui.ui.phone.mobywatel.lock import LockPage


class MobywatelApp(PhoneApp):
    """The app on the phone that is in the student's hand."""

    name_shown = N_("mObywatel")
    sign = "mOb"

    def home(self) -> PhonePage:
        """Return the log-in, or the set-up where there is no app password yet."""
        return LockPage()


def phone_of(session: Session, university: University) -> PhonePane:
    """Return the phone of a student of the university."""
    apps: dict[str, type[PhoneApp]] = {}
    if OrderPath.MOBILE in university.paths:
        apps["phone.mobilny_usos"] = MobilnyUsosApp
    apps["phone.mobywatel"] = MobywatelApp
    return PhonePane(session, university, apps)
