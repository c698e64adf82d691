from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from mleg_tui.services.services import Services
from mleg_tui.ui.start import Left
from tests.cli.conftest import Run


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Note what the screen was asked to show, and show none."""
    asked: dict[str, object] = {}

    def show(services: Services, **settings: object) -> Left:
        asked.update(settings, speed=services.time.show().speed)
        return Left(0, None, "pl", "usosweb")

    start = ModuleType("mleg_tui.ui.start")
    start.show = show  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mleg_tui.ui.start", start)
    monkeypatch.setattr("mleg_tui.preflight.check", lambda *_: None)
    return asked


def test_what_is_no_terminal_is_refused_before_anything_is_made(cli: Run, tmp_path: Path) -> None:
    result = cli(f"--store {tmp_path / 'new' / 'store.json'}")
    assert (result.status, result.out) == (2, "")
    assert not (tmp_path / "new").exists()


def test_options_reach_the_screen(on_store: Run, shown: dict[str, object]) -> None:
    line = "--user anna.nowak --university pwr --speed 60 --lang en --theme ansi"
    assert on_store(f"{line} --follow as-in-usosweb --screen mobywatel").status == 0
    assert shown == {
        "language": "en",
        "theme": "ansi",
        "university": "pwr",
        "login": "anna.nowak",
        "password": "demo",
        "follow": False,
        "screen": "mobywatel",
        "speed": 60,
        "local": True,
        "source": "",
        "settings": None,
        "config": shown["config"],
        "plain": False,
        "encoding": "UTF-8",
        "play_demo": shown["play_demo"],
    }


def test_an_unknown_theme_is_told_before_anything_changes(
    on_store: Run, shown: dict[str, object]
) -> None:
    told = on_store("--theme pink --scenario pesel-missing")
    assert (told.status, shown) == (2, {})
    assert "„pink”" in told.err
    assert "usosweb-dark" in told.err


def test_who_is_served_sits_elsewhere(
    on_store: Run, shown: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22")
    found = []
    for line in ("", "--served", "--served=192.0.2.8"):
        assert on_store(line).status == 0
        found.append((shown["local"], shown["source"]))
    assert found == [(True, ""), (False, "192.0.2.7"), (False, "192.0.2.8")]


def test_the_speed_comes_from_the_environment_too(
    on_store: Run, shown: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_SPEED", "10")
    speeds = []
    for line in ("", "--speed 20"):
        assert on_store(line).status == 0
        speeds.append(shown["speed"])
    assert speeds == [10, 20]


def test_the_speed_of_the_program_ends_with_it(on_store: Run, shown: dict[str, object]) -> None:
    on_store("time speed 2")
    assert on_store("--speed 60").status == 0
    assert shown["speed"] == 60
    assert on_store("time show --json").json["speed"] == 2


def test_an_unusable_store_is_told_before_the_screen(
    cli: Run, shown: dict[str, object], tmp_path: Path
) -> None:
    (tmp_path / "store.json").write_text("no store", encoding="utf-8")
    assert cli(f"--store {tmp_path / 'store.json'}").status == 3
    assert shown == {}
