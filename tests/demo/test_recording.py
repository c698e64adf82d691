"""``mleg-tui demo --record``: a valid asciicast, the same on every machine, whole or not there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.demo.asciicast import last_screen, read, replay
from tests.end_to_end.program import PROGRAM
from tests.end_to_end.qr_reader import scan
from tests.end_to_end.terminal import ROOT, Terminal, cells_of

NOTICES = {"pl": "SYMULACJA — NIE JEST DOKUMENTEM", "en": "SIMULATION — NOT A DOCUMENT"}
_TOKEN = re.compile(r"\b[0-9a-z]{32}\b")


def record(target: Path, line: str = "agh", **environ: str) -> bytes:
    """Record in a process of its own, and return the file."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MLEG_TUI")}
    done = subprocess.run(
        [*PROGRAM, "demo", *line.split(), "--record", str(target)],
        cwd=ROOT,
        env={**bare, "PYTHONWARNINGS": "error", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


@pytest.fixture(scope="module")
def agh(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return record(tmp_path_factory.mktemp("agh") / "agh.cast")


def test_it_is_valid_and_ends_on_the_qr_code_which_decodes(agh: bytes) -> None:
    header, events = read(agh)
    assert (header["width"], header["height"]) == (80, 24)
    assert NOTICES["pl"] in header["title"]
    assert 30 < events[-1].at < 120
    screen = last_screen(agh)
    text = "\n".join(screen.display)
    assert "Zeskanuj kod QR w aplikacji" in text
    assert "Kod aktywacyjny: " in text
    (token,) = _TOKEN.findall(text)
    assert scan(cells_of(screen)) == token


def test_the_qr_code_on_the_page_decodes_too(agh: bytes) -> None:
    decoded = {
        scan(cells_of(screen))
        for screen in replay(agh)
        if "Kopiuj kod aktywacyjny" in "\n".join(screen.display)
    }
    assert _TOKEN.findall("\n".join(last_screen(agh).display))[0] in decoded


def test_the_notice_is_on_every_screen(agh: bytes) -> None:
    screens = [screen.display[0] for screen in replay(agh)]
    assert all(NOTICES["pl"] in line for line in screens[1:])


def test_keys_and_captions_are_shown_and_the_password_is_not(agh: bytes) -> None:
    seen = "\n".join("\n".join(screen.display[-2:]) for screen in replay(agh))
    for words in ("z  Zamów", "Anna Nowak studiuje na AGH", "anna.nowak", "••••", "×120"):
        assert words in seen
    assert "demo" not in seen


def test_the_same_bytes_wherever_it_is_recorded(agh: bytes, tmp_path: Path) -> None:
    elsewhere = {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "200",
        "TEXTUAL_THEME": "dracula",
        "COLORTERM": "",
    }
    assert record(tmp_path / "again.cast", **elsewhere) == agh


def test_another_seed_is_another_token_and_the_pace_only_moves_the_times(
    agh: bytes, tmp_path: Path
) -> None:
    other = record(tmp_path / "seed.cast", MLEG_TUI_SEED="8")
    assert _TOKEN.findall("\n".join(last_screen(other).display)) != _TOKEN.findall(
        "\n".join(last_screen(agh).display)
    )
    fast = record(tmp_path / "fast.cast", "agh --pace 2")
    before, after = read(agh)[1], read(fast)[1]
    assert [event.data for event in before] == [event.data for event in after]
    assert after[-1].at == pytest.approx(before[-1].at / 2, abs=0.01)


def test_another_demo_size_language_theme_and_moment(tmp_path: Path) -> None:
    cast = record(
        tmp_path / "check.cast",
        "check --size 120x40 --lang en --theme usosweb-dark",
        MLEG_TUI_NOW="2027-04-05T10:00:00+02:00",
    )
    header, _events = read(cast)
    assert (header["width"], header["height"]) == (120, 40)
    screen = last_screen(cast)
    assert NOTICES["en"] in screen.display[0]
    assert "2027-04-05" in screen.display[0]
    assert "The time of this check is over" in "\n".join(screen.display)


def test_nothing_is_left_of_a_recording_that_was_interrupted(tmp_path: Path) -> None:
    command = [*PROGRAM, "demo", "fk", "--size", "200x60", "--record", str(tmp_path / "half.cast")]
    with Terminal(command) as terminal:
        terminal.wait_for("Nagrywam: Model FK")
        terminal.send_signal(signal.SIGINT)
        assert terminal.wait() == 130
        assert "Traceback" not in terminal.text
    assert list(tmp_path.iterdir()) == []
