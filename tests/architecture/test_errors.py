"""Every error says what happened, and what can be done about it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import mleg_tui
from mleg_tui.domain.errors import MlegError

for _module in pkgutil.walk_packages(mleg_tui.__path__, "mleg_tui."):
    import_module(_module.name)


def kinds(kind: type[MlegError]) -> Iterator[type[MlegError]]:
    """Yield the kinds of errors that are no families of others."""
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("mleg_tui.")]
    if not below:
        yield kind
    for one in below:
        yield from kinds(one)


@pytest.mark.parametrize(
    "kind", dict.fromkeys(kinds(MlegError)), ids=lambda kind: f"{kind.__module__}.{kind.__name__}"
)
def test_an_error_has_its_own_words_and_a_next_step(kind: type[MlegError]) -> None:
    assert kind.message
    assert kind.advice
    assert kind.message is not MlegError.message
    assert kind.advice is not MlegError.advice
