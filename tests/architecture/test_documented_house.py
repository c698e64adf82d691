"""What the documentation says of the house is so: its layers, its rules, and where a thing goes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mleg_tui.cli.parser import MODULES, whole

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mleg_tui"
DOCS = PACKAGE / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")
DOMAIN = (DOCS / "domain.md").read_text(encoding="utf-8")

PATH = re.compile(r"`((?:\w[\w.-]*/)*\w[\w.-]*(?:/|\.(?:py|json|md|txt|toml)))`")
CITED = re.compile(r"domain\.md(?:`+)? ((?:§\d+(?:, )?)+)")
TRACES: Mapping[str, str] = {
    "A page of USOSweb": r'MyDataPage|my_data|"usosweb\.mine"',
    "A command of the line": r'"completion"|"shell"|\bshell: str|arguments\.shell',
    "A university": r'"umcs"',
    "An order state": r"CODES_EXPIRED",
    "A field of a student": r"\bbirth_date\b",
    "A step": r'\bWaitFor\b|"wait-for"',
    "A language": r'(?<!lang=)"en"|\.en\b|\ben[:=]',
}
"""Heading → what is found wherever the example of that section is dealt with."""


def section(title: str) -> str:
    return re.split(r"^##+ ", ARCHITECTURE.split(f"### {title}\n")[1], flags=re.MULTILINE)[0]


def place(path: str) -> Path:
    return ROOT / path if (ROOT / path).exists() else PACKAGE / path


def listed(title: str) -> set[Path]:
    """Return the files that the section's list names before each colon."""
    items = re.findall(r"^- (.+?):", section(title), re.MULTILINE)
    return {place(path) for item in items for path in PATH.findall(item)}


def sources() -> Iterator[Path]:
    yield from PACKAGE.rglob("*.py")
    yield from (ROOT / "demo_data").glob("*.json")


@pytest.mark.parametrize("title", TRACES)
def test_something_is_added_where_the_page_says(title: str) -> None:
    trace = re.compile(TRACES[title])
    found = {path for path in sources() if trace.search(path.read_text(encoding="utf-8"))}
    assert found == listed(title)


def test_every_section_has_an_example_that_is_traced() -> None:
    adding = ARCHITECTURE.split("## Where to add something")[1].split("\n## ")[0]
    assert re.findall(r"^### (.+)$", adding, re.MULTILINE) == [*TRACES]


@pytest.mark.parametrize("page", ["architecture.md", "contributing.md"])
def test_the_named_files_exist(page: str) -> None:
    named = set(PATH.findall((DOCS / page).read_text(encoding="utf-8")))
    assert named
    assert {path for path in named if not place(path).exists()} == set()


def test_the_picture_and_the_rules_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    layers = contracts["Layers look down only"]["layers"]
    drawn = re.findall(r"^ (\w+(?: +\w+)*) ─", ARCHITECTURE, re.MULTILINE)
    assert [line.split() for line in drawn] == [
        [name.removeprefix("mleg_tui.") for name in layer.split(" | ")] for layer in layers
    ]
    table = ARCHITECTURE.split("## Rules")[1].split("| rule | kept by |")[0]
    assert {name for name in contracts if f"| {name} |" not in table} == set()
    assert table.count("\n| ") - 1 == len(contracts)


def test_every_module_of_a_command_is_where_the_page_says() -> None:
    groups = next(action.choices for action in whole({})._actions if action.dest == "group")
    assert groups is not None
    homes = [*(PACKAGE / "cli").glob("*.py"), *(PACKAGE / "cli").glob("*/__init__.py")]
    found = {
        home.stem if home.stem != "__init__" else home.parent.name
        for home in homes
        if re.search(r"^COMMAND(S = \{| = sole)", home.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {MODULES.get(group, group) for group in groups} == found


def test_every_cited_section_of_the_domain_exists() -> None:
    sections = set(re.findall(r"^## (\d+)\.", DOMAIN, re.MULTILINE))
    cited = {
        (number, path.name)
        for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
        for group in CITED.findall(path.read_text(encoding="utf-8"))
        for number in re.findall(r"\d+", group)
    }
    assert len({name for _number, name in cited}) > 30
    assert {one for one in cited if one[0] not in sections} == set()
