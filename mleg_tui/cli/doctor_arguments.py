"""``mleg-tui doctor`` has no options of its own."""

from __future__ import annotations

from typing import Any


def add(_doctor: Any) -> None:
    """Add nothing."""
