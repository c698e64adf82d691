"""What the commands of several groups have in common in the grammar."""

from __future__ import annotations

import argparse
from typing import Any

from mleg_tui.locale import _


def leaf(commands: Any, name: str, does: str, group: str) -> argparse.ArgumentParser:
    """Add a command that a group's module obeys, with ``--json``."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    command.set_defaults(module=f"mleg_tui.cli.{group}_commands")
    switch(command, "--json", _("jeden dokument JSON"))
    return command


def switch(command: argparse.ArgumentParser, name: str, does: str) -> None:
    """Add an option without a value, which leaves no trace where it is not given."""
    command.add_argument(name, action="store_true", default=argparse.SUPPRESS, help=does)
