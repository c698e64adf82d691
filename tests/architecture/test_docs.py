"""What the documentation names exists, and its Polish twin says as much as the English."""

from __future__ import annotations

import re
import unicodedata
from argparse import Action
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mleg_tui.cli.parser import Parser, whole

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "mleg_tui" / "docs"
README = ROOT / "README.md"
LONGEST_README = 14_000
PAGES = [README, *sorted(DOCS.glob("*.md"))]


def english(polish: Path) -> Path:
    """Return the page of which another one is the Polish twin."""
    name = polish.name.replace(".pl.md", ".md")
    return README if name == README.name else DOCS / name


POLISH = sorted(DOCS.glob("*.pl.md"))
TWINS = pytest.mark.parametrize("polish", POLISH, ids=lambda page: page.name)
ALL_PAGES = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
COMMENT = re.compile(r"(?:^|\s+)#.*$", re.MULTILINE)
AFTER = re.compile(r"\s(?:\||&&|;|>)\s")
ROW = re.compile(r"^\|.*$", re.MULTILINE)
CAPITALS = re.compile(r"\b[A-ZŻ]{3,}\b")
OF_THE_PLUGIN = {"--mleg-update", "--mleg-actual"}

Choices = Mapping[str, Parser]


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """Return the page without its blocks of code."""
    return FENCE.sub("", read(page))


def links(page: Path) -> list[str]:
    return LINK.findall(prose(page))


def headings(page: Path) -> list[tuple[int, str]]:
    return [(len(marks), title) for marks, title in HEADING.findall(prose(page))]


def anchor(title: str) -> str:
    """Return the name that a heading has in links, as GitHub makes it."""
    kept = (c for c in title.lower() if c in " -_" or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return the language and the code of each block, without comments."""
    return [(language, COMMENT.sub("", code)) for language, code in FENCE.findall(read(page))]


def first_column(page: Path) -> list[list[str]]:
    """Return the code in the first cell of each row of a table, but for words in CAPITALS."""
    cells = [re.split(r"(?<!\\)\|", row)[1] for row in ROW.findall(read(page))]
    return [[span for span in SPAN.findall(cell) if not CAPITALS.search(span)] for cell in cells]


def command_lines(page: Path) -> Iterator[list[str]]:
    """Yield the words after ``mleg-tui`` wherever the page shows it as a command."""
    shown = [line for _language, code in blocks(page) for line in code.splitlines()]
    shown += [span.replace("\\|", "|") for span in SPAN.findall(prose(page))]
    for line in shown:
        for piece in AFTER.split(line):
            words = piece.split()
            for place, word in enumerate(words):
                if word.rpartition("/")[2] == "mleg-tui":
                    yield words[place + 1 :]
                    break


def commands_below(parser: Parser) -> Choices:
    for action in parser._actions:
        if isinstance(action.choices, Mapping):
            return action.choices
    return {}


def options(parser: Parser) -> dict[str, Action]:
    return dict(parser._option_string_actions)


def mistakes(words: list[str], grammar: Parser) -> Iterator[str]:
    """Yield the words that the grammar does not know; CAPITALS stand for anything."""
    here, value_follows = [grammar], False
    for word in (word.strip("[]…") for word in words):
        if value_follows:
            value_follows = False
        elif word.startswith("-") and word != "-":
            known = [options(parser).get(word) for parser in here]
            if not any(known):
                yield word
            value_follows = any(action and action.nargs is None for action in known)
        elif commands_below(here[0]) and not word.isupper():
            below = commands_below(here[0])
            named = word.split("|")
            yield from (name for name in named if name not in below)
            here = [below[name] for name in named if name in below] or here


@ALL_PAGES
def test_a_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if "://" in link:
            continue
        path, _hash, name = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if name:
            assert name in {anchor(title) for _level, title in headings(target)}, link


@ALL_PAGES
def test_a_command_that_is_shown_exists(page: Path) -> None:
    grammar = whole({})
    wrong = {" ".join(line): [*mistakes(line, grammar)] for line in command_lines(page)}
    assert {line: words for line, words in wrong.items() if words} == {}


@ALL_PAGES
def test_an_option_that_is_shown_exists(page: Path) -> None:
    grammar = whole({})
    known = {name for parser in (grammar, *grammar.leaves()) for name in options(parser)}
    shown = {span.split()[0] for span in SPAN.findall(prose(page)) if span.startswith("--")}
    assert shown - known - OF_THE_PLUGIN == set()


@pytest.mark.parametrize("page", ["command-line.md", "command-line.pl.md"])
def test_every_command_is_told_of(page: str) -> None:
    told = {word for line in command_lines(DOCS / page) for word in line[:1]}
    assert set(commands_below(whole({}))) - told == set()


@pytest.mark.parametrize("word", ["oder", "order oders", "order qr --jsn", "--spede 60 order qr"])
def test_a_command_that_does_not_exist_is_noticed(word: str) -> None:
    assert [*mistakes(word.split(), whole({}))]


def test_the_environment_variables_exist() -> None:
    sources = "".join(read(path) for path in (ROOT / "mleg_tui").rglob("*.py"))
    for page in PAGES:
        for name in set(re.findall(r"MLEG_TUI_[A-Z]+", read(page))):
            assert name in sources, name


@pytest.mark.parametrize("page", [README, DOCS / "README.pl.md"], ids=lambda page: page.name)
def test_the_readme_is_short(page: Path) -> None:
    assert page.stat().st_size <= LONGEST_README


@ALL_PAGES
def test_the_readme_leads_to_every_page(page: Path) -> None:
    readme = DOCS / "README.pl.md" if page in POLISH else README
    led_to = {(readme.parent / link.partition("#")[0]).resolve() for link in links(readme)}
    assert page == readme or page in led_to


@TWINS
def test_the_polish_twin_has_the_same_sections(polish: Path) -> None:
    levels = [[level for level, _title in headings(page)] for page in (english(polish), polish)]
    assert levels[0] == levels[1]


@TWINS
def test_the_polish_twin_has_the_same_code(polish: Path) -> None:
    assert blocks(polish) == blocks(english(polish))


@TWINS
def test_the_polish_twin_has_the_same_tables(polish: Path) -> None:
    assert first_column(polish) == first_column(english(polish))
