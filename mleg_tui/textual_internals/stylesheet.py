"""Styles that are parsed once: not again for a second app, a new screen, or a new kind of widget.

Textual does so whenever a screen brings styles along, and with each new kind of widget once there
are more than 64 sources. Touches the private ``_parse_cache`` and ``_variables`` of stylesheets.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

# By what it is, as in Textual, but without a call for each rule that a widget might have.
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]


class SharedStylesheet(Stylesheet):
    """A stylesheet that finds its rules parsed before, by whichever app had this look."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._share()

    def copy(self) -> SharedStylesheet:
        """Return a stylesheet of the same sources."""
        copied = SharedStylesheet(variables=self._variables.copy())
        copied.source = self.source.copy()
        return copied

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take up a theme's values. The rules of the one before stay for others."""
        self._parse_cache = {}  # type: ignore[assignment]  # or it would be emptied for all
        super().set_variables(variables)
        self._share()

    def reparse(self) -> None:
        """Take up sources and values that are new; what is wrong in them changes nothing."""
        self.parse()

    def _share(self) -> None:
        self._parse_cache = _rules_of(tuple(sorted(self._variables.items())))  # type: ignore[assignment]


@lru_cache(maxsize=16)
def _rules_of(variables: tuple[tuple[str, str], ...]) -> dict[tuple[Any, ...], list[RuleSet]]:
    """Return the parsed rules by their sources, for one set of values."""
    del variables
    return {}
