"""The house rules that a machine can check."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mleg_tui.cli.parser import Parser, build

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mleg_tui"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 500
TOP_LEVEL = {"LICENSE", "README.md", "demo_data", "mleg_tui", "pyproject.toml", "tests"}


def groups() -> list[Parser]:
    """Return the parsers of the groups of commands, without what their modules say."""
    return [*build({}).leaves()]


def loaded_by(module: str) -> set[str]:
    """Return the top-level names of all modules that a fresh interpreter has after an import."""
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    fresh = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(fresh.stdout.split())


def test_the_import_contracts_are_kept() -> None:
    lint = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout


@pytest.mark.parametrize(
    "module",
    [
        "mleg_tui.__main__",
        "mleg_tui.cli",
        "mleg_tui.cli.parser",
        "mleg_tui.compose",
        "mleg_tui.preflight",
        "mleg_tui.services.services",
        "mleg_tui.simulation.world",
        "mleg_tui.stores.tinydb",
    ],
)
def test_a_plain_command_loads_nothing_that_draws(module: str) -> None:
    assert loaded_by(module).isdisjoint({"textual", "rich", "qrcode"})


def modules_after(words: list[str]) -> set[str]:
    """Return the modules that a fresh interpreter has after parsing a command line."""
    script = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from mleg_tui.cli.parser import build
try:
    build({{}}).parse_args({words!r})
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""
    fresh = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    return set(fresh.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["--screen", "office", "--user", "demo"]])
def test_the_grammar_of_the_program_loads_no_group(words: list[str]) -> None:
    loaded = modules_after(words)
    assert loaded.isdisjoint({"dataclasses", "mleg_tui.cli.options"})
    assert loaded.isdisjoint(f"mleg_tui.cli.{group.prog.split()[1]}" for group in groups())


@pytest.mark.parametrize("group", [group.prog.split()[1] for group in groups()])
def test_the_help_of_a_group_draws_serves_and_stores_nothing(group: str) -> None:
    loaded = {name.partition(".")[0] for name in modules_after([group, "--help"])}
    assert "mleg_tui" in loaded
    assert loaded.isdisjoint({"aiohttp", "asyncssh", "qrcode", "rich", "textual"})
    assert loaded.isdisjoint({"argon2", "filelock", "platformdirs", "sqlalchemy", "tinydb"})


def test_the_command_lines_help_loads_no_store_and_no_codec() -> None:
    assert loaded_by("mleg_tui.cli.parser").isdisjoint({"tinydb", "filelock", "msgspec", "argon2"})


@pytest.mark.parametrize("module", sorted(p.stem for p in (PACKAGE / "domain").glob("[a-z]*.py")))
def test_the_domain_loads_the_standard_library_only(module: str) -> None:
    # zoneinfo asks sysconfig, whose data module has the machine's name, and may ask tzdata
    beyond = loaded_by(f"mleg_tui.domain.{module}") - loaded_by("zoneinfo, tzdata")
    assert beyond - sys.stdlib_module_names == {"mleg_tui"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_short_and_finished(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    if path.name != "plain_values.py":  # msgspec asks its hooks to raise it
        assert "raise NotImplementedError" not in text
    if path.parent.name != "cli":
        assert not re.search(r"(?<![\w.])print\(", text)


def test_the_top_of_the_checkout_stays_tidy() -> None:
    seen = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert seen - TOP_LEVEL <= {"build", "dist"}
