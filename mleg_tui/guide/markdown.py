"""The instruction as Markdown, with its pictures as SVG files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mleg_tui.domain.messages import NOTICE
from mleg_tui.guide.instruction import Instruction
from mleg_tui.guide.performance import Pictured, Played
from mleg_tui.guide.words import FACTS, KEY, MISHAPS, TROUBLES, about, practise, sources
from mleg_tui.locale import _

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def text(told: Instruction, pictures: str) -> str:
    """Return the file's text; the pictures are in a folder beside it."""
    blocks = [
        f"**{_plain(_(NOTICE))}**",
        f"# {_plain(told.title)}",
        *map(_plain, about(told)),
        *(block for chapter in told.chapters for block in _chapter(chapter, pictures)),
        *_troubles(told),
        *_facts(told),
    ]
    return "\n\n".join(blocks) + "\n"


def _chapter(played: Played, pictures: str) -> Iterator[str]:
    yield f"## {_plain(played.chapter.title)}"
    yield _plain(played.chapter.about)
    for number, step in enumerate(played.steps, 1):
        indent = " " * len(f"{number}. ")
        first, *rest = _step(step, pictures)
        yield f"{number}. {first}"
        yield from (f"{indent}{block}" for block in rest)


def _step(step: Pictured, pictures: str) -> Iterator[str]:
    yield _plain(step.say)
    pressed = " ".join(f"**[ {_plain(label)} ]**" for label in step.labels)
    if step.keys:
        pressed += f" {_(KEY)} {' '.join(f'`{key}`' for key in step.keys)}"
    if pressed:
        yield pressed.strip()
    yield f"![{_plain(step.title)}]({pictures}/{step.name}.svg)"


def _troubles(told: Instruction) -> Iterator[str]:
    yield f"## {_plain(_(TROUBLES))}"
    for unmet in told.unmet:
        yield f"### {_plain(unmet.label)}"
        yield "\n".join(f"- **{_plain(why)}** → {_plain(repair)}" for why, repair in unmet.causes)
    if told.mishaps:
        yield f"### {_plain(_(MISHAPS))}"
        yield _plain(practise())
        yield "\n".join(
            f"- **{_plain(mishap.title)}**: {_plain(mishap.lesson)} (`{mishap.scenario}`)"
            for mishap in told.mishaps
        )


def _facts(told: Instruction) -> Iterator[str]:
    yield f"## {_plain(_(FACTS))}"
    yield _plain(sources())
    yield "\n".join(f"- {_plain(fact.text)} ({_plain(fact.source)})" for fact in told.facts)


def _plain(text: str) -> str:
    """Return a text in which nothing means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
