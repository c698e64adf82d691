"""``mleg-tui keys`` and the configuration file: told before any screen opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui.cli.config import CONFIG_VARIABLE, chosen_keymap, default_config
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.config_file import read_settings
from mleg_tui.ui.keymap import MOVES, PRESETS, keymap
from tests.cli.conftest import Run

BAD = 'preset = "default"\n[keys]\n"app.hlp" = ["f1"]\n'


@pytest.fixture
def own() -> Path:
    """Return where the user's own file belongs, in a home of the test."""
    path = default_config()
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_table_is_a_file_that_means_the_same(
    cli: Run, tmp_path: Path, preset: str, language: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(cli(f"keys --preset {preset} --lang {language}").out, "utf-8")
    assert read_settings(path).keymap == keymap(preset)
    assert cli(f"keys --config {path} --lang {language}").out == path.read_text("utf-8")


def test_the_table_as_json_has_every_command_and_move(cli: Run) -> None:
    keys = cli("keys --json").json["keys"]
    assert list(keys) == [*COMMANDS, *MOVES]
    assert keys["app.help"] == ["f1", "?"]


def test_a_bad_file_is_told_with_its_line_and_exit_status_2(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD, "utf-8")
    result = cli(f"keys --config {path} --lang en")
    assert (result.status, result.out) == (2, "")
    assert f"{path}, line 3: There is no command “app.hlp”." in result.err
    assert "app.help" in result.err.splitlines()[-1]


def test_an_unknown_preset_is_told(cli: Run) -> None:
    result = cli("keys --preset vin")
    assert result.status == 2
    assert "vim" in result.err


def test_the_users_own_file_is_taken_unless_another_is_named(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen_keymap(None) is None
    own.write_text('preset = "vim"\n', "utf-8")
    assert chosen_keymap(None) == keymap("vim")
    other = tmp_path / "other.toml"
    other.write_text('[keys]\n"app.help" = ["f12"]\n', "utf-8")
    monkeypatch.setenv(CONFIG_VARIABLE, str(other))
    assert chosen_keymap(None) == keymap("default", {"app.help": ["f12"]})
    assert chosen_keymap(str(own)) == keymap("vim")


def test_whoever_is_served_has_not_the_servers_keys(own: Path, tmp_path: Path) -> None:
    own.write_text('preset = "vim"\n', "utf-8")
    assert chosen_keymap(None, own=False) is None
    assert chosen_keymap(str(own), own=False) == keymap("vim")
    del tmp_path


def test_the_configuration_directory_follows_xdg(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert default_config() == tmp_path / "xdg" / "mleg-tui" / "config.toml"


def test_the_doctor_names_the_file_and_what_is_wrong_with_it(cli: Run, own: Path) -> None:
    assert cli("doctor --json --store memory:").json["config"] is None
    own.write_text("", "utf-8")
    assert cli("doctor --json --store memory:").json["config"] == str(own).replace(
        str(Path.home()), "~"
    )
    own.write_text(BAD, "utf-8")
    assert "app.hlp" in cli("doctor --json --store memory:").json["config"]


def test_the_option_is_for_the_screen(cli: Run) -> None:
    result = cli("--config x.toml time show")
    assert result.status == 2
    assert "--config" in result.err
