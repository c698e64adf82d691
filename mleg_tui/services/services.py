"""All that a session needs, in one hand."""

from __future__ import annotations

from mleg_tui.services.app_lock import AppLock
from mleg_tui.services.audit_log import AuditLog
from mleg_tui.services.booking import Booking
from mleg_tui.services.campus import Campus
from mleg_tui.services.clock import Clock
from mleg_tui.services.login import Login
from mleg_tui.services.mobywatel import MObywatel
from mleg_tui.services.office import Office
from mleg_tui.services.office_orders import OfficeOrders
from mleg_tui.services.office_students import OfficeStudents
from mleg_tui.services.ordering import Ordering
from mleg_tui.services.payments import Payments
from mleg_tui.services.photo import Photos
from mleg_tui.services.progression import Progression
from mleg_tui.services.simulation_desk import SimulationDesk
from mleg_tui.services.store import Store
from mleg_tui.services.time_desk import TimeDesk
from mleg_tui.services.verification import Verifications


class Services:
    """The services over one store and one clock."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.app_lock = AppLock(store, clock)
        self.audit_log = AuditLog(store, clock)
        self.booking = Booking(store, clock)
        self.campus = Campus(store)
        self.login = Login(store, clock)
        self.mobywatel = MObywatel(store, clock)
        self.office = Office(store, clock)
        self.office_orders = OfficeOrders(store, clock)
        self.office_students = OfficeStudents(store, clock)
        self.ordering = Ordering(store, clock)
        self.payments = Payments(store, clock)
        self.photos = Photos(store, clock)
        self.progression = Progression(store, clock)
        self.simulation = SimulationDesk(store, clock)
        self.time = TimeDesk(store, clock)
        self.verifications = Verifications(store, clock)
