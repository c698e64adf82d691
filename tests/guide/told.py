"""Instructions that are composed once in a test run."""

from __future__ import annotations

from contextvars import copy_context
from functools import cache, partial

from mleg_tui.compose import open_store
from mleg_tui.guide.html import page
from mleg_tui.guide.instruction import Instruction, compose
from mleg_tui.guide.markdown import text
from mleg_tui.locale import Speech, speak

NEW_STORE = partial(open_store, "memory:")


def told(university: str, language: str) -> Instruction:
    """Return a university's instruction in a language."""
    return _written(university, language)[0]


def html(university: str, language: str) -> str:
    return _written(university, language)[1]


def markdown(university: str, language: str) -> str:
    return _written(university, language)[2]


@cache
def _written(university: str, language: str) -> tuple[Instruction, str, str]:
    return copy_context().run(_write, university, language)


def _write(university: str, language: str) -> tuple[Instruction, str, str]:
    speak(Speech(language))
    instruction = compose(NEW_STORE, university, None)
    return instruction, page(instruction), text(instruction, "pictures")
