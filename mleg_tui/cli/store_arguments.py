"""The options of ``mleg-tui store``."""

from __future__ import annotations

import argparse
from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    _command(commands, "path", _("pokazuje, gdzie jest"))
    init = _command(commands, "init", _("zakłada go i wypełnia danymi demonstracyjnymi"))
    init.add_argument("--data", metavar=_("KATALOG"), help=_("inny katalog danych"))
    _command(commands, "check", _("sprawdza go, nic nie zmieniając"))
    _command(commands, "recover", _("wraca do ostatniej dobrej kopii, jeśli jest uszkodzony"))
    export = _command(commands, "export", _("zapisuje wszystko do pliku JSON Lines"))
    export.add_argument("file", metavar=_("PLIK|-"), help=_("dokąd; - to standardowe wyjście"))
    _add_import(_command(commands, "import", _("wczytuje wszystko albo nic")))
    _command(commands, "migrate", _("przenosi go do układu tej wersji programu"))
    audit = leaf(
        commands, "audit", _("pokazuje i ustala, jak długo trzyma dziennik zmian"), "store"
    )
    audit.add_argument(
        "--keep",
        metavar=_("DNI|forever"),
        help=_("tyle dni prawdziwego czasu; starsze zdarzenia znikają same"),
    )
    switch(audit, "--yes", _("nie pyta"))


def _add_import(command: argparse.ArgumentParser) -> None:
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "file",
        nargs="?",
        metavar=_("PLIK|-"),
        help=_("eksport, do pustego magazynu; - to standardowe wejście"),
    )
    source.add_argument(
        "--roster",
        metavar=_("PLIK|-"),
        help=_("lista studentów (CSV albo JSON Lines), do magazynu, który już jest"),
    )
    command.add_argument(
        "--replace",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("zastępuje to, co w magazynie jest; najpierw zapisuje tego kopię"),
    )


def _command(commands: Any, name: str, does: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    command.set_defaults(module="mleg_tui.cli.store_commands")
    return command
