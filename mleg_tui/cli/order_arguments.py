"""The commands of ``mleg-tui order`` and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    for name, does in (
        ("conditions", _("pokazuje warunki i czy są spełnione")),
        ("place", _("zamawia mLegitymację")),
        ("status", _("pokazuje zamówienie i jego historię")),
        ("cancel", _("anuluje zamówienie, dopóki nie jest gotowe")),
        ("revoke", _("unieważnia gotową mLegitymację")),
        ("qr", _("pokazuje kod QR i kod aktywacyjny")),
    ):
        command = leaf(commands, name, does, "order")
        command.add_argument("--user", metavar="LOGIN", help=_("konto studenta"))
        if name == "place":
            command.add_argument(
                "--consent",
                action="append",
                metavar="all|ID",
                help=_("udzielona zgoda; można powtórzyć albo oddzielić przecinkami"),
            )
        if name in ("cancel", "revoke"):
            switch(command, "--yes", _("nie pyta"))
