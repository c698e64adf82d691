"""``mleg-tui manual`` has no options of its own."""

from __future__ import annotations

from typing import Any


def add(_manual: Any) -> None:
    """Add nothing."""
