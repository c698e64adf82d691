"""The argument of ``mleg-tui completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.cli.parser import Parser

SHELLS = ("bash", "zsh", "fish")


def add(completion: Parser) -> None:
    """Add it to the command's parser."""
    completion.add_argument("shell", choices=SHELLS, help=_("dla której powłoki"))
