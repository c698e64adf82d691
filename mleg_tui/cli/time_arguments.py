"""The commands of ``mleg-tui time`` and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    leaf(commands, "show", _("pokazuje czas i następny krok"), "time")
    speed = leaf(commands, "speed", _("ustawia prędkość, która zostaje także bez programu"), "time")
    speed.add_argument("rate", metavar="N", help=_("sekund symulacji na sekundę"))
    leaf(commands, "pause", _("zatrzymuje czas"), "time")
    leaf(commands, "resume", _("wznawia czas"), "time")
    forward = leaf(commands, "forward", _("przesuwa czas do przodu"), "time")
    how_far = forward.add_mutually_exclusive_group(required=True)
    how_far.add_argument(
        "duration",
        nargs="?",
        default="",
        metavar=_("CZAS"),
        help=_("np. 90s, 10m, 2h, 1d, 1w albo 1h30m"),
    )
    how_far.add_argument(
        "--to",
        metavar=_("DATA"),
        help=_("do dnia albo chwili, np. 2027-04-01 albo 2027-04-01T09:30"),
    )
    leaf(commands, "step", _("przesuwa czas do następnego zdarzenia"), "time")
    upcoming = leaf(commands, "next", _("pokazuje, co się wydarzy"), "time")
    upcoming.add_argument("--limit", metavar="N", help=_("najwyżej tyle"))
