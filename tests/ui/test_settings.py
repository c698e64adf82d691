"""The page of settings: each is chosen at once, and kept in the file where there may be one."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mleg_tui.gallery.stage import Stage
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.config_file import (
    BadConfig,
    ConfigUnwritable,
    NotToml,
    keep_setting,
    read_settings,
)
from mleg_tui.ui.keymap import PRESETS, Keymap
from mleg_tui.ui.options import Options
from mleg_tui.ui.settings import CHOICES, Settings
from mleg_tui.ui.settings_screen import SettingsScreen
from mleg_tui.ui.themes import THEMES
from tests.ui.pilot import Play, playing, program_on

ANNA = "anna.nowak"


@asynccontextmanager
async def keeping(config: Path, settings: Settings | None = None) -> AsyncIterator[Play]:
    """Play a program that may write the configuration file."""
    stage = Stage(MemoryStore, ANNA, "pl", "usosweb")
    settings = settings or Settings()
    options = Options(frozen=True, config=config, settings=settings, keymap=settings.keymap)
    stage.app = program_on(stage.services, options, stage.session(ANNA))
    async with stage.app.run_test(size=(80, 40), notifications=True) as pilot:
        await settle(stage.app)
        yield Play(stage, pilot)


def test_the_choices_are_those_of_the_program() -> None:
    assert CHOICES["theme"] == tuple(theme.name for theme in THEMES)
    assert CHOICES["preset"] == tuple(PRESETS)


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "# mine\n",
        '[keys]\n"app.help" = ["f1"]  # as ever\n',
        'theme = "ansi"\npreset = "default"\n\n[keys]\n"app.help" = ["f1"]',
    ],
)
def test_a_setting_is_kept_and_the_rest_of_the_file_stays(
    tmp_path: Path, name: str, before: str
) -> None:
    path = tmp_path / "new" / "config.toml"
    if before:
        path.parent.mkdir()
        path.write_text(before, "utf-8")
    for value in CHOICES[name]:
        keep_setting(path, name, value)
        text = path.read_text("utf-8")
        assert tomllib.loads(text) == {**tomllib.loads(before), name: value}
        assert {line for line in before.splitlines() if not line.startswith(name)} <= {
            *text.splitlines()
        }
        assert getattr(read_settings(path), name) == value


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    kept.touch()
    link.symlink_to(kept)
    keep_setting(link, "theme", "ansi")
    assert link.is_symlink()
    assert kept.read_text("utf-8") == 'theme = "ansi"\n'


def test_what_cannot_be_written_is_told_and_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "config.toml"
    broken.write_text("[keys", "utf-8")
    with pytest.raises(NotToml):
        keep_setting(broken, "theme", "ansi")
    strange = "'theme' = 'ansi'\n"
    broken.write_text(strange, "utf-8")
    with pytest.raises(NotToml):  # twice the same entry
        keep_setting(broken, "theme", "contrast")
    assert broken.read_text("utf-8") == strange
    with pytest.raises(ConfigUnwritable):
        keep_setting(broken / "below", "theme", "ansi")


def test_wrong_values_are_told_with_what_can_be(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('language = "pl"\ntheme = "pink"\n', "utf-8")
    with pytest.raises(BadConfig) as refused:
        read_settings(path)
    assert refused.value.details["line"] == 2


async def test_a_choice_holds_at_once_and_is_kept(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    async with keeping(config) as play:
        await play.press("ctrl+g")
        assert play.on_top(SettingsScreen)
        assert "Wybór zapisuje się w pliku" in play.text
        await play.press("down", "enter")
        assert play.app.speech.code == "en"
        assert "✓ Kept in" in play.text
        await play.press("down", "down")
        assert play.app.theme == "usosweb-dark", "shown as long as it is marked"
        await play.press("down", "down", "down")
        assert play.app.theme == "usosweb"
        await play.press("up", "up", "enter", "escape")
        assert play.app.theme == "contrast"
        assert tomllib.loads(config.read_text("utf-8")) == {"language": "en", "theme": "contrast"}


async def test_keys_change_at_once_unless_the_users_own_are_in_the_way(tmp_path: Path) -> None:
    async with keeping(tmp_path / "config.toml") as play:
        await play.press("ctrl+g", "end", "up", "up", "enter", "escape")
        assert play.app.keymap.move("j") == "down"
        await play.press("L")
        assert "Możesz zamówić mLegitymację" in play.text
    own = Settings(keys={"usosweb.menu": ["G"]})
    async with keeping(tmp_path / "other.toml", own) as play:
        await play.press("ctrl+g", "end", "up", "up", "enter")
        assert "✗ Klawisz „G” ma już" in play.text
        assert play.app.keymap == own.keymap
        assert not (tmp_path / "other.toml").exists()


async def test_a_served_session_keeps_nothing_and_says_so() -> None:
    async with playing(ANNA, size=(80, 40)) as play:
        await play.press("ctrl+g")
        assert "Ta sesja niczego nie zapisuje" in play.text
        assert "ustala ten, kto uruchomił program" in play.text
        await play.press("down", "down", "down", "enter")
        assert "✓ It holds" not in play.text
        assert "✓ Obowiązuje do końca tej sesji." in play.text
        await play.press("escape")
        assert play.app.theme == "usosweb-dark"
        assert play.app.keymap == Keymap()
