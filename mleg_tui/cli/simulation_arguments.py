"""The commands of ``mleg-tui time``, ``simulation`` and ``scenario``, and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add_time(commands: Any) -> None:
    """Add the commands of ``time``."""
    leaf(commands, "show", _("pokazuje czas i następny krok"), "time")
    speed = leaf(commands, "speed", _("ustawia prędkość"), "time")
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


def add_simulation(commands: Any) -> None:
    """Add the commands of ``simulation``."""
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


def add_scenario(commands: Any) -> None:
    """Add the commands of ``scenario``."""
    leaf(commands, "list", _("wymienia scenariusze"), "scenario")
    for name, does in (
        ("show", _("pokazuje, czego scenariusz uczy i co się w nim dzieje")),
        ("load", _("przygotowuje scenariusz w magazynie danych")),
        ("play", _("rozgrywa scenariusz w pamięci i sprawdza, czy kończy się jak powinien")),
    ):
        leaf(commands, name, does, "scenario").add_argument(
            "name", metavar=_("NAZWA"), help=_("nazwa z listy")
        )
