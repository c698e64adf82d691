"""All services over one store and one clock."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.services.clock import Clock
from mleg_tui.services.store import KeepCopy, Store

if TYPE_CHECKING:
    from mleg_tui.services.app_lock import AppLock
    from mleg_tui.services.audit_log import AuditLog
    from mleg_tui.services.booking import Booking
    from mleg_tui.services.campus import Campus
    from mleg_tui.services.classes import Classes
    from mleg_tui.services.els_applications import ElsApplications
    from mleg_tui.services.exercises import Exercises
    from mleg_tui.services.feed import Feed
    from mleg_tui.services.login import Login
    from mleg_tui.services.mobywatel import MObywatel
    from mleg_tui.services.off_loop import OffLoop
    from mleg_tui.services.office import Office
    from mleg_tui.services.office_orders import OfficeOrders
    from mleg_tui.services.office_students import OfficeStudents
    from mleg_tui.services.ordering import Ordering
    from mleg_tui.services.participants import Participants
    from mleg_tui.services.payments import Payments
    from mleg_tui.services.photos import Photos
    from mleg_tui.services.progression import Progression
    from mleg_tui.services.recovery import Recovery
    from mleg_tui.services.retention import Retention
    from mleg_tui.services.shown_screens import ShownScreens
    from mleg_tui.services.simulation_desk import SimulationDesk
    from mleg_tui.services.time_desk import TimeDesk
    from mleg_tui.services.verifications import Verifications

_MODULES = {"simulation": "simulation_desk", "time": "time_desk"}
"""The modules of services that are not called as these."""
_FAREWELL = 1.0
"""Seconds for the last word to the store when the program ends."""


class Services:
    """The services over one store and one clock.

    Each is made, and its module imported, when it is first asked for: the login page needs few.
    ``keep_copy`` puts aside what a reset replaces, if the store has a place for that;
    ``opened_at`` is the real moment at which they were there. ``is_own_world`` tells that the store
    is one person's, beside one that others share.
    """

    app_lock: AppLock
    audit_log: AuditLog
    booking: Booking
    campus: Campus
    classes: Classes
    els_applications: ElsApplications
    exercises: Exercises
    feed: Feed
    login: Login
    mobywatel: MObywatel
    off_loop: OffLoop
    office: Office
    office_orders: OfficeOrders
    office_students: OfficeStudents
    ordering: Ordering
    participants: Participants
    payments: Payments
    photos: Photos
    progression: Progression
    recovery: Recovery
    retention: Retention
    shown_screens: ShownScreens
    simulation: SimulationDesk
    time: TimeDesk
    verifications: Verifications

    def __init__(self, store: Store, clock: Clock, keep_copy: KeepCopy | None = None) -> None:
        self.store = store
        self.clock = clock
        self.keep_copy = keep_copy
        self.opened_at = clock.now()
        self.is_own_world = False

    def guarded(self) -> Services:
        """Return services on the same store that warn of who calls it on an event loop."""
        from mleg_tui.services.off_loop import GuardedStore  # noqa: PLC0415 - not for every command

        return Services(GuardedStore(self.store), self.clock, self.keep_copy)

    def close(self) -> None:
        """Let what a session began come to its end, if it does so soon, and let go of the store.

        What this program borrowed is given back.
        """
        if "off_loop" in vars(self):
            self.off_loop.wind_up()
        if not {"time", "simulation"}.isdisjoint(vars(self)):
            giving = Thread(target=self._give_speed_back, daemon=True)
            giving.start()
            giving.join(_FAREWELL)  # a store that hangs is not waited for
        self.store.close()

    def _give_speed_back(self) -> None:
        with suppress(StoreUnusable):  # it ends by itself soon
            self.time.give_speed_back()

    def __getattr__(self, name: str) -> Any:
        kind = type(self).__annotations__.get(name)
        if kind is None:
            raise AttributeError(name)
        module = import_module(f"mleg_tui.services.{_MODULES.get(name, name)}")
        made = getattr(module, kind)(self.store, self.clock)
        setattr(self, name, made)
        return made
