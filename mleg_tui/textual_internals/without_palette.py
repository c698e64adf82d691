"""Textual without its palette, of which the program has its own.

Loading it, and the trees and selects that it brings along, takes a good part of the time until
something is seen. While Textual's app is loaded, something empty has its place; whoever asks for it
later gets it. Replaces the module ``textual.command`` meanwhile.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Final

_PALETTE: Final = "textual.command"
NAMES: Final = (
    "CommandListItem",
    "CommandPalette",
    "DiscoveryHit",
    "Hit",
    "Hits",
    "Provider",
    "SimpleProvider",
)
"""What others take from it while they are loaded."""


def load_textual() -> None:
    """Load Textual's app; call it before anything else does, or it changes nothing."""
    if _PALETTE in sys.modules:
        return
    empty = ModuleType(_PALETTE)
    vars(empty).update({name: type(name, (), {}) for name in NAMES})
    sys.modules[_PALETTE] = empty
    try:
        import textual.app  # noqa: F401, PLC0415 - while its palette is none
    finally:
        del sys.modules[_PALETTE]
