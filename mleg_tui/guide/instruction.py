"""The whole instruction of a university: what it says, before it is written in some format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mleg_tui.domain.university import University
from mleg_tui.gallery.beginning import NewStore, founded
from mleg_tui.guide.facts import Fact, facts_of
from mleg_tui.guide.office import office_chapters
from mleg_tui.guide.performance import Played, play
from mleg_tui.guide.student import student_chapters
from mleg_tui.guide.troubles import Mishap, Unmet, mishaps, unmet_conditions
from mleg_tui.locale import _, local, speech
from mleg_tui.services.campus import known_university


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """What a university tells its students and its office about the mLegitymacja."""

    university: University
    language: str
    title: str
    chapters: tuple[Played, ...]
    unmet: tuple[Unmet, ...]
    mishaps: tuple[Mishap, ...]
    facts: tuple[Fact, ...]


def compose(new_store: NewStore, university: str, data: Path | None) -> Instruction:
    """Play every chapter in the language that is spoken, and put the instruction together.

    Raises ``UnknownUniversity``, and ``StepBroken`` with the step that cannot be done any more.
    """
    store = founded(new_store, data)
    profile = store.read(lambda view: known_university(view, university))
    store.close()
    return Instruction(
        university=profile,
        language=speech().code,
        title=_("mLegitymacja — instrukcja: {university}").format(university=local(profile.name)),
        chapters=tuple(_played(new_store, profile, data)),
        unmet=unmet_conditions(profile),
        mishaps=tuple(mishaps(profile, new_store, data)),
        facts=tuple(facts_of(profile)),
    )


def _played(new_store: NewStore, profile: University, data: Path | None) -> Iterator[Played]:
    for chapter in (*student_chapters(profile), *office_chapters(profile)):
        yield play(chapter, new_store, profile.id, speech().code, data)
