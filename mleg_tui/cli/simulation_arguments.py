"""The commands of ``mleg-tui simulation`` and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    leaf(commands, "show", _("pokazuje przełączniki symulacji"), "simulation")
    for name, does in (
        ("agent", _("agent USOS działa albo nie")),
        ("ministry", _("system mObywatel działa albo nie")),
        ("network", _("sieć telefonów działa albo nie")),
        ("usosweb", _("USOSweb działa albo nie")),
    ):
        leaf(commands, name, does, "simulation").add_argument(
            "state", choices=("up", "down"), help=_("up: działa, down: nie działa")
        )
    rejections = leaf(commands, "rejections", _("ile zamówień z tysiąca odrzucać"), "simulation")
    rejections.add_argument("number", metavar="N", help=_("od 0 do 1000"))
    slowdown = leaf(commands, "slowdown", _("ile razy wolniej pracują systemy"), "simulation")
    slowdown.add_argument("number", metavar="N", help=_("od 1 do 1000"))
    reset = leaf(commands, "reset", _("wraca do danych demonstracyjnych"), "simulation")
    switch(reset, "--yes", _("nie pyta"))
