"""The commands of ``mleg-tui scenario`` and their options."""

from __future__ import annotations

from typing import Any

from mleg_tui.cli.leaves import leaf
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    leaf(commands, "list", _("wymienia scenariusze"), "scenario")
    for name, does in (
        ("show", _("pokazuje, czego scenariusz uczy i co się w nim dzieje")),
        ("load", _("przygotowuje scenariusz w magazynie danych")),
        ("play", _("rozgrywa scenariusz w pamięci i sprawdza, czy kończy się jak powinien")),
    ):
        leaf(commands, name, does, "scenario").add_argument(
            "name", metavar=_("NAZWA"), help=_("nazwa z listy")
        )
