"""mObywatel: the app, which begins with its own log-in."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.ui.phone.app import PhoneApp, PhonePage
from mleg_tui.ui.phone.mobywatel.lock import LockPage


class MobywatelApp(PhoneApp):
    """The app on the phone that is in the student's hand."""

    name_shown = N_("mObywatel")
    sign = "mOb"

    def home(self) -> PhonePage:
        """Return the log-in, or the set-up where there is no app password yet."""
        return LockPage()
