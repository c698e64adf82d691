"""The command line in this process: cheap, and on a store of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mleg_tui.cli import main
from mleg_tui.compose import Settings, open_services
from mleg_tui.locale import Speech, speak
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.initial_data import Beginning

MONDAY = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)


class Result(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store that stands still at Monday morning, once: it costs a password hash."""
    path = tmp_path_factory.mktemp("founded") / "store.json"
    beginning = Beginning(seed=7, now=MONDAY)
    open_services(Settings(str(path), beginning), StandingClock(MONDAY)).store.close()
    return path


@pytest.fixture
def store(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(founded, tmp_path / "store.json"))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in os.environ:
        if name.startswith(("MLEG_TUI_", "XDG_")) or name == "NO_COLOR":
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    yield
    speak(Speech())


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line given as one text, with any further words after it."""

    def run(line: str, *more: str) -> Result:
        status = main([*line.split(), *more])
        result = Result(status, *capsys.readouterr())
        assert "Traceback" not in result.out + result.err
        return result

    return run


@pytest.fixture
def on_store(cli: Run, store: Path) -> Run:
    """Run it on the founded store."""
    return lambda line, *more: cli(line, *more, "--store", str(store))
