"""Values from and to plain ones, as JSON has them, with what the codec does not know by itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from threading import RLock
from typing import Any, TypeVar

import msgspec

from mleg_tui.domain.text import LocalText

T = TypeVar("T")
exploring = RLock()
"""To be held while msgspec sees a kind for the first time: it keeps what it finds with the kind,
and another thread that takes half of that ends the process."""
_explored: set[type[Any]] = set()


def from_plain(value: Any, kind: type[T]) -> T:
    """Return the value of a kind that a plain one describes. Raises like ``msgspec.convert``."""
    if kind not in _explored:
        with exploring:
            try:
                return msgspec.convert(value, kind, dec_hook=from_mapping)
            finally:
                _explored.add(kind)
    return msgspec.convert(value, kind, dec_hook=from_mapping)


def to_plain(value: Any) -> Any:
    """Return a value as a plain one."""
    return msgspec.to_builtins(value, enc_hook=to_mapping)


def from_mapping(kind: type[Any], value: object) -> object:
    """Return the text that a mapping describes; a hook for msgspec, which tells what it raises."""
    if kind is not LocalText:
        raise NotImplementedError
    with suppress(TypeError):
        if isinstance(value, dict):
            return _text(*value.items())
    try:
        texts = msgspec.convert(value, dict[str, str])
    except msgspec.ValidationError as error:
        what, _, _ = str(error).partition(" - at ")
        raise TypeError(what) from None  # to which the codec adds the whole place
    return LocalText(texts)


@lru_cache(maxsize=512)
def _text(*parts: tuple[str, str]) -> LocalText:
    """Return a text; records repeat few of them, such as consents. Raises ``TypeError``."""
    if not all(isinstance(text, str) for _, text in parts):
        raise TypeError
    return LocalText(dict(parts))


def to_mapping(value: object) -> object:
    """Return any mapping as a dict; a hook for msgspec."""
    if isinstance(value, LocalText):
        return value.as_dict()
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError
