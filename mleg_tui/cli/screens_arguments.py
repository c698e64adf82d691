"""The options of ``mleg-tui screens``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mleg_tui.cli.leaves import switch
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.cli.parser import Parser


def add(screens: Parser) -> None:
    """Add them to the command's parser."""
    screens.add_argument(
        "command", nargs="?", default="", metavar="list", help=_("wymienia nazwy ekranów")
    )
    switch(screens, "--json", _("jeden dokument JSON"))
    does = screens.add_mutually_exclusive_group()
    does.add_argument("--out", metavar=_("KATALOG"), help=_("robi zdjęcia do tego katalogu"))
    does.add_argument("--check", metavar=_("KATALOG"), help=_("porównuje ekrany z jego zdjęciami"))
    _add_list(screens, "--only", "only", _("WZORZEC"), _("tylko te ekrany"))
    _add_list(screens, "--size", "size", "WxH", _("rozmiar, np. 80x24"))
    _add_list(screens, "--theme", "themes", _("NAZWA"), _("motyw kolorów; no-color: bez nich"))
    screens.add_argument(
        "--format",
        choices=("txt", "svg", "png"),
        action="append",
        default=[],
        help=_("tekst, obraz SVG (domyślnie oba) albo PNG (dodatek images)"),
    )
    screens.add_argument(
        "--data", metavar=_("KATALOG"), help=_("własne dane, np. universities.json")
    )
    screens.add_argument("--update", action="store_true", help=_("zastępuje zdjęcia w katalogu"))
    screens.add_argument(
        "--actual",
        metavar=_("KATALOG"),
        default="actual",
        help=_("dokąd trafiają zdjęcia, które się różnią"),
    )
    screens.add_argument("--jobs", metavar="N", help=_("w ilu procesach"))


def _add_list(screens: Parser, option: str, dest: str, metavar: str, does: str) -> None:
    """Add an option that may stand several times."""
    screens.add_argument(option, dest=dest, metavar=metavar, action="append", default=[], help=does)
