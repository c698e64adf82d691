"""The options of ``mleg-tui keys``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mleg_tui.cli.leaves import switch
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.cli.parser import Parser


def add(keys: Parser) -> None:
    """Add them to the command's parser."""
    keys.add_argument("--config", metavar=_("PLIK"), help=_("plik konfiguracji"))
    keys.add_argument("--preset", metavar=_("NAZWA"), help=_("zestaw klawiszy zamiast pliku"))
    switch(keys, "--json", _("jeden dokument JSON"))
