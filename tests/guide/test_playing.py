"""A step that no longer works is named, and another university's data make its guide."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import Give, Push
from mleg_tui.gallery.beginning import completed
from mleg_tui.guide.chapter import STUDENT, Chapter, Move
from mleg_tui.guide.instruction import compose
from mleg_tui.guide.performance import ChapterBroken, EndsWrong, StepBroken, play
from mleg_tui.locale import message_of
from mleg_tui.services.demo_data import own_directory
from tests.guide.told import NEW_STORE

CHAPTER = Chapter(
    id="short",
    title="Krótka",
    about="Dwa kroki.",
    user=STUDENT,
    moves=(
        Move(say="Otwórz stronę.", steps=(Give("usosweb.students"),)),
        Move(say="Naciśnij coś.", steps=(Push("nothing"),)),
    ),
)


def test_a_step_that_does_not_work_is_named() -> None:
    with pytest.raises(StepBroken) as broken:
        play(CHAPTER, NEW_STORE, "agh", "pl", None)
    assert message_of(broken.value) == (
        "Instrukcja: Krótka, krok 2 („Naciśnij coś.”) nie działa: button: nothing"
    )


def test_what_is_pointed_at_must_be_there() -> None:
    gone = replace(CHAPTER, moves=(Move(say="Zobacz.", look=("nothing",)),))
    with pytest.raises(StepBroken) as broken:
        play(gone, NEW_STORE, "agh", "pl", None)
    assert "krok 1 („Zobacz.”) nie działa: look: nothing" in message_of(broken.value)


def test_a_beginning_that_does_not_work_is_named() -> None:
    with pytest.raises(ChapterBroken) as broken:
        play(replace(CHAPTER, setup=(Push("nothing"),)), NEW_STORE, "agh", "pl", None)
    assert message_of(broken.value) == (
        "Instrukcja: Krótka, przed pierwszym krokiem: button: nothing"
    )


def test_an_errand_that_ends_otherwise_is_told() -> None:
    other = replace(CHAPTER, moves=CHAPTER.moves[:1], expect=Expected(status=OrderStatus.READY))
    with pytest.raises(EndsWrong) as broken:
        play(other, NEW_STORE, "agh", "pl", None)
    assert message_of(broken.value) == (
        "Instrukcja: Krótka kończy się inaczej: status: READY ≠ None"
    )


def test_a_university_that_was_added_as_data_has_its_guide(tmp_path: Path) -> None:
    own = json.loads((own_directory() / "universities.json").read_text("utf-8"))
    entry = next(one for one in own["universities"] if one["id"] == "pwr")
    consent = {**entry["consents"][0], "id": "jedyna", "title": {"pl": "Jedyna zgoda"}}
    entry |= {
        "id": "nowa",
        "name": {"pl": "Nowa (symulacja)"},
        "address": "usos.nowa.example",
        "paths": ["MENU"],
        "consents": [consent],
    }
    own["universities"] = [entry]
    (tmp_path / "universities.json").write_text(json.dumps(own), "utf-8")
    with completed(tmp_path) as data:
        told = compose(NEW_STORE, "nowa", data)
    assert told.title == "mLegitymacja — instrukcja: Nowa (symulacja)"
    steps = [step for played in told.chapters for step in played.steps]
    assert "usos.nowa.example" in steps[0].say
    assert any("Jedyna zgoda" in step.labels for step in steps)
    assert "Nowa (symulacja)" in steps[-1].text
