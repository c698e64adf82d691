"""The first frame: there before anything is loaded, and gone without a trace."""

from __future__ import annotations

import gettext
import signal
import sys
from pathlib import Path

import pytest

from mleg_tui import splash
from mleg_tui.domain.messages import NOTICE
from mleg_tui.languages import FOLDER, LANGUAGES
from mleg_tui.locale import DOMAIN
from tests.end_to_end.program import program
from tests.end_to_end.terminal import Terminal

OPENS = b"\x1b[?1049h"
STOP = """
import os, select
os.write(2, b" loading")
while not select.select([0], [], [], 0.05)[0]:  # a signal just before would else be waited out
    pass
raise SystemExit(1)
"""


def without_textual(folder: Path) -> dict[str, str | None]:
    """Return an environment in which the program stops for Enter where it would load Textual."""
    (folder / "textual").mkdir(parents=True)
    (folder / "textual" / "__init__.py").write_text(STOP)
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_seen_before_textual_is_loaded(tmp_path: Path, language: str) -> None:
    stopped = without_textual(tmp_path / "path")
    options = ("--lang", language)
    with program(tmp_path / "store.json", *options, environ=stopped) as terminal:
        terminal.wait_for("loading")
        assert terminal.modes_left_on == {1049, 25}
        assert terminal.raw.startswith(OPENS)
        assert terminal.lines[0].startswith(f" {splash.notice(language)} ")


def test_the_notices_are_the_catalogues() -> None:
    for code in LANGUAGES:
        catalogue = gettext.translation(DOMAIN, FOLDER, languages=[code])
        assert splash.notice(code) == catalogue.gettext(NOTICE)


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("", True),
        ("--lang en --speed=60 --user anna.nowak", True),
        ("--served", True),
        ("--help", False),
        ("-h", False),
        ("--lang en --version", False),
        ("--plain", False),
        ("order status", False),
        ("--lang en order", False),
        ("--lang=en order --user anna.nowak", False),
    ],
)
def test_only_the_program_itself_has_one(line: str, *, opens: bool) -> None:
    assert splash._opens_program(line.split()) is opens


def test_the_program_takes_over_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with program(tmp_path / "store.json") as terminal:
        terminal.wait_for("anna.nowak")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == set()
        assert terminal.raw.count(b"\x1b[?1049l") == 1


def test_an_unusable_store_is_told_on_the_screen_below(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_text("{broken")
    with program(store) as terminal:
        assert terminal.wait() == 3
        assert terminal.modes_left_on == set()
        shown, _, told = bytes(terminal.raw).partition(b"\x1b[?1049l")
        assert splash.notice("pl").encode() in shown
        assert str(store.name).encode() in told


def test_a_wrong_option_is_told_on_the_screen_below(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", "--wrong") as terminal:
        assert terminal.wait() == 2
        assert terminal.modes_left_on == set()
        assert "--wrong" in terminal.text


@pytest.mark.parametrize("line", ["--help", "--version", "time show"])
def test_plain_commands_write_no_escape_sequences(tmp_path: Path, line: str) -> None:
    with program(tmp_path / "store.json", *line.split()) as terminal:
        assert terminal.wait() == 0
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize(
    "environ", [{"TERM": "linux"}, {"TERM": ""}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "latin1"}]
)
def test_some_terminals_have_none(tmp_path: Path, environ: dict[str, str | None]) -> None:
    stopped = without_textual(tmp_path / "path")
    with program(tmp_path / "store.json", environ={**stopped, **environ}) as terminal:
        terminal.press("enter")
        terminal.wait()
        assert b"\x1b" not in terminal.raw


def test_a_redirected_screen_stays_clean(tmp_path: Path) -> None:
    line = f'exec "$0" -m mleg_tui 2>"{tmp_path / "err"}"'
    with Terminal(["sh", "-c", line, sys.executable]) as terminal:
        assert terminal.wait() == 2
        assert b"\x1b" not in terminal.raw
        assert "\x1b" not in (tmp_path / "err").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_signal_meanwhile_finds_the_terminal_as_it_was(
    tmp_path: Path, number: signal.Signals
) -> None:
    stopped = without_textual(tmp_path / "path")
    with program(tmp_path / "store.json", environ=stopped) as terminal:
        terminal.wait_for("loading")
        terminal.send_signal(number)
        assert terminal.wait() in (-number, 130)
        assert terminal.modes_left_on == set()
