"""``demos.json`` is read strictly, and a mistake is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.demo.files import UnknownDemo, UnknownDemoLike, named, read
from mleg_tui.errands.steps import Give
from mleg_tui.services.demo_data import BadDemoData
from tests.demo.stage import DEMOS, TODAY, read_text

WORDS = {"pl": "a", "en": "b"}


def content() -> dict[str, Any]:
    demo = {
        "id": "one",
        "title": WORDS,
        "teaches": WORDS,
        "steps": [{"do": "give", "command": "app.help"}],
        "expect": {"page": "usosweb.login"},
    }
    return {"demos": [demo]}


def test_a_demo_is_read(tmp_path: Path) -> None:
    (demo,) = read_text(tmp_path, json.dumps(content()))
    assert demo.steps == (Give(command="app.help"),)
    assert demo.university == "agh"


def _set(path: list[Any], value: object) -> Callable[[dict[str, Any]], None]:
    def change(whole: Any) -> None:
        for key in path[:-1]:
            whole = whole[key]
        whole[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set(["demos", 0, "steps", 0, "command"], "app.nope"), "$.demos[0].steps[0].command"),
        (_set(["demos", 0, "steps", 0, "key"], "z"), "$.demos[0].steps[0]"),
        (_set(["demos", 0, "steps", 0, "do"], "press"), "$.demos[0].steps[0].do"),
        (_set(["demos", 0, "steps", 0, "say"], {"en": "a"}), "$.demos[0].steps[0].say"),
        (_set(["demos", 0, "expect", "status"], "DONE"), "$.demos[0].expect.status"),
        (_set(["demos", 0, "name"], "x"), "$.demos[0]"),
        (_set(["demos"], []), "$.demos"),
        (_set(["demos"], content()["demos"] * 2), "$.demos[1].id"),
        (_set(["surplus"], 1), "surplus"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    change: Callable[[dict[str, Any]], None], told: str, tmp_path: Path
) -> None:
    whole = content()
    change(whole)
    with pytest.raises(BadDemoData) as caught:
        read_text(tmp_path, json.dumps(whole))
    details = caught.value.details
    assert details["file"] == "demos.json"
    assert told in f"{details['place']} {details['reason']}"


def test_what_is_no_json_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadDemoData):
        read_text(tmp_path, "{")
    with pytest.raises(BadDemoData):
        read(tmp_path / "nowhere", TODAY)


def test_the_first_is_the_default_and_a_wrong_name_is_told_with_the_likely_one() -> None:
    demos = tuple(DEMOS.values())
    assert named(demos, None) is demos[0]
    assert named(demos, "fk") is DEMOS["fk"]
    with pytest.raises(UnknownDemoLike) as likely:
        named(demos, "mobywatell")
    assert likely.value.details["likely"] == "mobywatel"
    with pytest.raises(UnknownDemo) as unknown:
        named(demos, "zzz")
    assert "agh, pwr" in str(unknown.value.details["names"])
