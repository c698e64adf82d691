"""The options of ``mleg-tui demo``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mleg_tui.cli.leaves import switch
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.cli.parser import Parser


def add(demo: Parser) -> None:
    """Add them to the command's parser."""
    demo.add_argument(
        "name", nargs="?", metavar=_("POKAZ"), help=_("nazwa z listy (domyślnie pierwszy z niej)")
    )
    demo.add_argument(
        "--list",
        dest="listed",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("wymienia pokazy"),
    )
    switch(demo, "--json", _("jeden dokument JSON"))
    demo.add_argument("--pace", metavar="N", help=_("ile razy szybciej; 0 to bez czekania"))
    demo.add_argument(
        "--record", metavar=_("PLIK.cast"), help=_("nagrywa bez terminala (asciicast v2)")
    )
    demo.add_argument(
        "--size",
        metavar="WxH",
        action="append",
        default=[],
        help=_("rozmiar nagrania (domyślnie 80x24)"),
    )
    demo.add_argument("--theme", dest="look", metavar=_("NAZWA"), help=_("motyw kolorów"))
