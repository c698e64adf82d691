"""The option of ``mleg-tui doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mleg_tui.cli.leaves import switch
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.cli.parser import Parser


def add(doctor: Parser) -> None:
    """Add it to the command's parser."""
    switch(doctor, "--json", _("jeden dokument JSON"))
