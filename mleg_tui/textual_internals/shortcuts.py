# ruff: noqa: SLF001
"""What makes pictures quick and alters none: nothing is painted unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual._compositor import Compositor


@contextmanager
def shortcuts() -> Iterator[None]:
    """Let screens be laid out but not painted."""
    paint = Compositor.render_update
    Compositor.render_update = _unpainted  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Compositor.render_update = paint  # type: ignore[method-assign]


def _unpainted(compositor: Compositor, **_: Any) -> None:
    compositor._dirty_regions.clear()
