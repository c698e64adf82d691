"""The commands of ``mleg-tui phone`` and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    for name, does in (
        ("add", _("dodaje mLegitymację; czyta token i kod aktywacyjny, każdy w swoim wierszu")),
        ("show", _("pokazuje dokument, jak telefon, także bez sieci")),
        ("update", _("pobiera aktualne dane i ważność dokumentu")),
        ("remove", _("usuwa dokument z telefonu")),
        ("verify", _("sprawdza dokument: pyta o niego kontroler, udostępnia go student")),
    ):
        command = leaf(commands, name, does, "phone")
        command.add_argument("--user", metavar="LOGIN", help=_("konto studenta albo kontrolera"))
        command.add_argument("--phone", choices=("1", "2"), help=_("który telefon (domyślnie 1)"))
        if name == "add":
            switch(command, "--accept-terms", _("akceptuje regulamin usługi"))
        if name == "remove":
            switch(command, "--yes", _("nie pyta"))
        if name == "verify":
            command.add_argument("--code", metavar="N", help=_("sześć cyfr sprawdzenia"))
            switch(command, "--share", _("udostępnia dane pod tym kodem"))
