"""The file with the user's keys: taken whole, or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui.domain.errors import BadInput
from mleg_tui.locale import advice_of, message_of
from mleg_tui.ui.config_file import BadConfig, ConfigUnreadable, NotToml, read_settings
from mleg_tui.ui.keymap import Keymap, keymap


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.mark.parametrize("text", ["", "# nothing\n", "[keys]\n", 'preset = "default"\n'])
def test_a_file_without_changes_changes_nothing(config: Path, text: str) -> None:
    config.write_text(text, "utf-8")
    assert read_settings(config).keymap == Keymap()


def test_a_preset_and_changes_to_it(config: Path) -> None:
    text = 'preset = "vim"\n[keys]\n"usosweb.menu" = ["M", "f11"]\napp.quit = "f12"\n'
    config.write_text(text, "utf-8")
    changes = {"usosweb.menu": ["M", "f11"], "app.quit": ["f12"]}
    assert read_settings(config).keymap == keymap("vim", changes)


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        ('preset = "vm"', 1, "vim"),
        ('\npreset = "vm"', 2, "vim"),
        ("preset = 1", 1, "preset"),
        ("keys = []", 1, "keys"),
        ('[keys]\n\n"app.hlp" = ["f1"]', 3, "app.help"),
        ('[keys]\napp.hlp = "f1"', 2, "app.help"),
        ('[keys]\n"app.help" = 1', 2, "app.help"),
        ('[keys]\n"app.help" = ["f1", 1]', 2, "app.help"),
        ('[keys]\n"usosweb.menu" = [\n  "m",\n  "alt+x",\n]', 4, "„x”"),
        ('[keys]\n"usosweb.news" = ["1"]\n"usosweb.menu" = ["z"]', 3, "mlegitymacja.order"),
        ("[keys]\n'usosweb.menu' = ['Q']\n'usosweb.news' = ['Q']", 3, "usosweb.menu"),
        ('preset = "vim"\n[keys]\n"usosweb.menu" = ["j"]', 3, "move.down"),
        ('[keys]\n"app.help" = ["?"]', 2, "F1"),
        ('[Keys]\n"app.help" = ["?"]', 1, "[keys]"),
        ('colours = "contrast"', 1, "theme"),
        ('theme = "contrats"', 1, "usosweb-dark"),
        ('language = "pl"\nfollow = "never"', 2, "as-in-usosweb"),
        ('plain = "yes"', 1, "plain"),
    ],
    ids=str,
)
def test_a_wrong_entry_is_told_with_its_line(
    config: Path, text: str, line: int, names: str
) -> None:
    config.write_text(text, "utf-8")
    with pytest.raises(BadConfig) as refused:
        read_settings(config)
    told = message_of(refused.value)
    assert told.startswith(f"{config}, wiersz {line}: ")
    assert names in told + advice_of(refused.value)


@pytest.mark.parametrize("content", [b"a =", b"\xff\xfe", b"[keys]\n[keys]\n", b"\x00"])
def test_what_is_not_toml_is_refused(config: Path, content: bytes) -> None:
    config.write_bytes(content)
    with pytest.raises(NotToml) as refused:
        read_settings(config)
    assert str(config) in message_of(refused.value)


@pytest.mark.parametrize("name", ["missing.toml", ""])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigUnreadable) as refused:
        read_settings(tmp_path / name)
    assert isinstance(refused.value, BadInput)
