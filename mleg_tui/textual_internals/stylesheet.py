"""Styles that are parsed once: not again for a second app, a new screen, or a new kind of widget.

Textual does so whenever a screen brings styles along, and with each new kind of widget once there
are more than 64 sources. And where a class, the focus or the page changes, it sets every rule of
every widget below again, and of each that is being made; here only those that are new are set, and
of what is on a screen. Touches the private ``_parse_cache`` and
``_variables`` of stylesheets, and ``_rules`` of styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

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

    def update_nodes(self, nodes: Iterable[DOMNode], animate: bool = False) -> None:  # noqa: FBT001, FBT002
        """Style what is on a screen; what is not there yet is styled when it comes."""
        super().update_nodes(filter(_is_there, nodes), animate)

    @classmethod
    def replace_rules(
        cls,
        node: DOMNode,
        rules: RulesMap,
        animate: bool = False,  # noqa: FBT001, FBT002 - as Textual has it
    ) -> None:
        """Set what is new; where something may move, Textual decides."""
        if animate and "transitions" in rules:
            super().replace_rules(node, rules, animate)
            return
        styles = node.styles.base
        has = styles._rules  # noqa: SLF001
        for name in has.keys() | rules.keys():
            value = rules.get(name)
            if has.get(name) != value:
                setattr(styles, name, value)
        node.notify_style_update()

    def _share(self) -> None:
        self._parse_cache = _rules_of(tuple(sorted(self._variables.items())))  # type: ignore[assignment]


def _is_there(node: DOMNode) -> bool:
    return node.parent is not None or isinstance(node, App)


@lru_cache(maxsize=16)
def _rules_of(variables: tuple[tuple[str, str], ...]) -> dict[tuple[Any, ...], list[RuleSet]]:
    """Return the parsed rules by their sources, for one set of values."""
    del variables
    return {}
