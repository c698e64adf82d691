"""Polish and English are complete and in step with the source."""

from __future__ import annotations

import ast
import gettext
import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextvars import copy_context
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import mleg_tui
from mleg_tui.domain.errors import MlegError
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech, advice_of, message_of, speak
from tests import catalogue

_PERCENT = re.compile(r"%(?:\(\w+\))?[srd]")


@cache
def messages() -> dict[catalogue.Id, list[str]]:
    return catalogue.extract()


@cache
def ids() -> frozenset[str]:
    return frozenset(
        text for id_ in messages() for text in ([id_] if isinstance(id_, str) else id_)
    )


def errors(kind: type[MlegError] = MlegError) -> Iterator[type[MlegError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from errors(narrower)


def all_errors() -> list[type[MlegError]]:
    """Return every error of the program; a class is known once its module is loaded."""
    for module in pkgutil.walk_packages(mleg_tui.__path__, "mleg_tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    own = {error for error in errors() if error.__module__.startswith("mleg_tui.")}
    return sorted(own, key=lambda error: error.__qualname__)


def fields(text: str) -> set[str]:
    """Return what is filled into a text: ``{names}`` and ``%(names)s``."""
    if _PERCENT.search(text):
        return set(_PERCENT.findall(text))
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_complete_and_both_files_are_up_to_date(language: str) -> None:
    files = catalogue.up_to_date(language, messages())
    assert list(catalogue.complaints([files])) == []


def messages_called_for() -> Iterator[tuple[Path, str]]:
    for path in sorted(catalogue.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name("_" | "N_" | "ngettext"), args=[ast.Constant(str(message)), *_]
                ):
                    yield path, message


def test_every_message_is_found_where_it_is_called_for() -> None:
    # Babel finds some in f-strings, and some not, depending on Python's version.
    missed = [
        (path.name, message) for path, message in messages_called_for() if message not in ids()
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_message_does(language: str) -> None:
    differing = []
    for message in catalogue.read(language):
        if not message.id or not message.string:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        texts = [message.string] if isinstance(message.string, str) else message.string
        differing += [text for text in texts if fields(text) != fields(source)]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_the_written_one_does(language: str) -> None:
    with catalogue.mo_path(language).open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue.read(language):
        if isinstance(message.id, str) and message.id and message.string:
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize("language", ["de", "../pl", ""])
def test_a_language_that_is_not_there_is_an_error(language: str) -> None:
    with pytest.raises(FileNotFoundError):
        Speech(language).gettext("Zamów mLegitymację")


@pytest.mark.parametrize(
    ("count", "form"),
    [(1, 0), (2, 1), (4, 1), (5, 2), (11, 2), (12, 2), (14, 2), (21, 2), (22, 1), (25, 2), (0, 2)],
)
def test_polish_counts_in_three_forms(count: int, form: int) -> None:
    with catalogue.mo_path("pl").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.plural(count) == form  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_counted_message_tells_one_from_many(language: str) -> None:
    """In Polish the form of five can be that of one, or that of two."""
    speech = Speech(language)
    counted = [id_ for id_ in messages() if isinstance(id_, tuple)]
    assert counted
    assert [id_ for id_ in counted if speech.ngettext(*id_, 1) == speech.ngettext(*id_, 2)] == []


def test_every_error_is_in_the_catalogue() -> None:
    said = {str(text) for error in all_errors() for text in (error.message, error.advice)}
    assert said - ids() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_its_details_in_both_languages(language: str) -> None:
    assert [error for error in all_errors() if not says_its_details(error, language)] == []


def says_its_details(error: type[MlegError], language: str) -> bool:
    names = fields(error.message) | fields(error.advice)
    caught = error.__new__(error)
    MlegError.__init__(caught, **{name: f"<{name}>" for name in names})

    def say() -> str:
        speak(Speech(language))
        return message_of(caught) + advice_of(caught)

    said = copy_context().run(say)
    return "{" not in said and all(f"<{name}>" in said for name in names)


def test_english_is_not_polish() -> None:
    english = catalogue.read("en")
    polish_letters = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
    left = [m.id for m in english if m.string and set("".join(m.string)) & polish_letters]
    assert left == []
