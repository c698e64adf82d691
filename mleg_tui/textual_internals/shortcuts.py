# ruff: noqa: SLF001
"""What makes pictures quick and alters none: nothing is painted unseen or parsed twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


@contextmanager
def shortcuts() -> Iterator[None]:
    """Let screens be laid out but not painted, and take known styles from memory."""
    paint, parse = Compositor.render_update, Stylesheet._parse_rules
    Compositor.render_update = _unpainted  # type: ignore[method-assign,assignment]
    Stylesheet._parse_rules = _remembered  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Compositor.render_update = paint  # type: ignore[method-assign]
        Stylesheet._parse_rules = parse  # type: ignore[method-assign]


def _unpainted(compositor: Compositor, **_: Any) -> None:
    compositor._dirty_regions.clear()


def _remembered(stylesheet: Stylesheet, css: str, **where: Any) -> list[RuleSet]:
    key = (css, *where.values(), *stylesheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(stylesheet, css, **where)
    return _parsed[key]
