"""The guide of every university, in every language: whole, readable, and the same everywhere."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from textual.color import Color

from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.domain.university import University
from mleg_tui.errands.steps import Push
from mleg_tui.gallery.beginning import founded
from mleg_tui.guide.drawing import MARK
from mleg_tui.guide.html import _STYLE
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech
from tests.guide.seeds import (
    SEEDS,
    has_every_step_and_label_in_their_order,
    says_of_mobywatel_what_the_seed_says,
)
from tests.guide.told import NEW_STORE, html, markdown, told
from tests.ui.rendering import ratio

UNIVERSITIES = [
    university.id
    for university in founded(NEW_STORE, None).read(lambda view: view.select(University))
]
SVG = "{http://www.w3.org/2000/svg}"
EVERY = [
    (university, language)
    for university in UNIVERSITIES
    for language in LANGUAGES
    if language == SOURCE_LANGUAGE or university in ("fk", "pwr")
]
"""In English those two, which have all there is: each takes some seconds to be played."""


def tree(university: str, language: str) -> ET.Element:
    return parsed(html(university, language).removeprefix("<!DOCTYPE html>\n"))


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - it is ours


@pytest.mark.parametrize(("university", "language"), EVERY)
def test_a_guide_is_whole(university: str, language: str) -> None:
    stands_alone(university, language)
    tells_all_to_whoever_does_not_see_it(university, language)
    points_at_every_step_and_names_what_is_pressed(university, language)
    says_what_can_go_wrong_and_on_what_it_rests(university, language)
    says_the_same_in_markdown(university, language)
    if language == SOURCE_LANGUAGE and university in SEEDS:
        has_every_step_and_label_in_their_order(university)
        says_of_mobywatel_what_the_seed_says(university)


def stands_alone(university: str, language: str) -> None:
    page = tree(university, language)
    assert page.get("lang") == language
    links = [one.get("href") or "" for one in page.iter() if one.get("href")]
    ids = [id for one in page.iter() if (id := one.get("id"))]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not [one for one in page.iter() if one.get("src")]
    assert "url(" not in html(university, language)
    assert {one.tag for one in page.iter()}.isdisjoint({"link", "script", "img", "iframe"})


def tells_all_to_whoever_does_not_see_it(university: str, language: str) -> None:
    page = tree(university, language)
    levels = [int(one.tag[1]) for one in page.iter() if re.fullmatch(r"h\d", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    pictures = list(page.iter(f"{SVG}svg"))
    steps = [step for chapter in told(university, language).chapters for step in chapter.steps]
    assert len(pictures) == len(steps) > 15
    notice = Speech(language).gettext(NOTICE)
    body = page.find("body")
    assert body is not None
    assert "".join(body.itertext()).strip().startswith(notice)
    for picture, step in zip(pictures, steps, strict=True):
        title, text = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
        assert title is not None
        assert text is not None
        assert picture.get("role") == "img"
        assert picture.get("aria-labelledby") == title.get("id")
        assert picture.get("aria-describedby") == text.get("id")
        assert step.say in (title.text or "")
        assert notice in (text.text or "")
        assert notice in " ".join(one.text or "" for one in picture.iter(f"{SVG}text"))


def points_at_every_step_and_names_what_is_pressed(university: str, language: str) -> None:
    for played in told(university, language).chapters:
        for move, step in zip(played.chapter.moves, played.steps, strict=True):
            assert MARK in step.svg, step.title
            pressed = [one for one in move.steps if isinstance(one, Push)]
            assert len(step.labels) >= len(pressed), step.title


def says_what_can_go_wrong_and_on_what_it_rests(university: str, language: str) -> None:
    instruction = told(university, language)
    conditions = instruction.university.regulation.conditions
    assert len(instruction.unmet) == len(conditions)
    assert all(unmet.causes for unmet in instruction.unmet)
    scenarios = {mishap.scenario for mishap in instruction.mishaps}
    assert {"photo-missing", "new-phone", "token-and-code-swapped"} <= scenarios
    assert ("els-not-extended" in scenarios) == (len(conditions) == 7)
    assert ("paid-today" in scenarios) == (university == "fk")
    assert all("§" in fact.source for fact in instruction.facts)


def says_the_same_in_markdown(university: str, language: str) -> None:
    instruction, text = told(university, language), markdown(university, language)
    notice = Speech(language).gettext(NOTICE)
    assert text.startswith(f"**{notice}**\n\n# {instruction.title}\n")
    assert instruction.title.endswith(f": {instruction.university.name[language]}")
    for chapter in instruction.chapters:
        assert f"\n## {chapter.chapter.title}\n" in text
        for number, step in enumerate(chapter.steps, 1):
            assert f"\n{number}. {step.say}\n" in text.replace("\\", "")
            assert f"](pictures/{step.name}.svg)" in text
            assert parsed(step.svg).tag == f"{SVG}svg"
    assert "http" not in text


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#14202e", "#ffffff"),
        ("#45525f", "#ffffff"),
        ("#1c4d8f", "#ffffff"),
        ("#0b2a52", "#ffffff"),
        ("#5c3d00", "#fff1cf"),
        (MARK, "#ffffff"),
    ],
)
def test_what_is_written_stands_out(ink: str, paper: str) -> None:
    assert ratio(Color.parse(ink).rgb, Color.parse(paper).rgb) >= 4.5
    assert ink == MARK or ink in _STYLE
