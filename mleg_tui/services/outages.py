"""What does not work while a system is down."""

from __future__ import annotations

from datetime import datetime

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.services.store import View
from mleg_tui.simulation.faults import is_down
from mleg_tui.simulation.world import WORLD_ID, World


class UsoswebDown(Refused):
    """USOSweb has an outage; Mobilny USOS, which asks the same USOS, has it too (choice)."""

    message = N_("USOSweb tymczasowo niedostępny")
    advice = N_("Poczekaj i spróbuj później. Zamówienie, które już złożono, toczy się dalej.")


def need_usosweb(view: View, now: datetime) -> None:
    """Raise ``UsoswebDown`` while USOSweb is down."""
    if is_down(view.get(World, WORLD_ID).faults.usosweb, now):
        raise UsoswebDown


def phone_network_down(view: View, now: datetime) -> bool:
    """Tell whether no phone has a network, whatever it is set to."""
    return is_down(view.get(World, WORLD_ID).faults.phone_network, now)
