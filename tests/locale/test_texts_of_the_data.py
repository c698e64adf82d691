"""The texts of the demo data are there in every language that the program speaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mleg_tui.languages import LANGUAGES
from mleg_tui.services.demo_data import own_directory


def texts_in(value: Any) -> Iterator[Mapping[str, str]]:
    match value:
        case {"pl": str()}:
            yield value
        case dict():
            for part in value.values():
                yield from texts_in(part)
        case list():
            for part in value:
                yield from texts_in(part)


@pytest.mark.parametrize("name", sorted(path.name for path in own_directory().glob("*.json")))
def test_a_text_is_there_in_every_language(name: str) -> None:
    texts = texts_in(json.loads((own_directory() / name).read_text("utf-8")))
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []
