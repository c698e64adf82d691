"""The errand by keys on other terminals than the usual one; a phone scans the code off each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.end_to_end.errands import go, until_ready
from tests.end_to_end.program import log_in, order_of, program
from tests.end_to_end.qr_reader import scan

ANNA = "anna.nowak"

_UNSET: Mapping[str, str | None] = {"LANG": None, "LC_ALL": None, "LC_CTYPE": None}
ENVIRONMENTS: Mapping[str, Mapping[str, str | None]] = {
    "linux": {"TERM": "linux", "COLORTERM": None},
    "vt100": {"TERM": "vt100", "COLORTERM": None},
    "screen-256color": {"TERM": "screen-256color", "COLORTERM": None},
    "xterm-256color": {"TERM": "xterm-256color", "COLORTERM": None},
    "unset": {"TERM": None, "COLORTERM": None},
    "no-color": {"NO_COLOR": "1"},
    "vt100-no-color": {"TERM": "vt100", "COLORTERM": None, "NO_COLOR": "1"},
    "C": {**_UNSET, "LANG": "C"},
    "posix-all": {**_UNSET, "LC_ALL": "POSIX"},
}
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "ansi": ("--theme", "ansi"),
    "contrast": ("--theme", "contrast"),
    "plain": ("--plain",),
}
PLACES = [
    *(pytest.param(environ, (), id=name) for name, environ in ENVIRONMENTS.items()),
    *(pytest.param({}, options, id=name) for name, options in OPTIONS.items()),
    pytest.param({"NO_COLOR": "1"}, OPTIONS["ansi"], id="ansi-no-color"),
    pytest.param({"NO_COLOR": "1", "TERM": "vt100"}, OPTIONS["plain"], id="plain-no-color-vt100"),
]


@pytest.mark.parametrize(("environ", "options"), PLACES)
def test_the_errand_by_keys_and_the_code_is_scanned_off_the_screen(
    tmp_path: Path, environ: Mapping[str, str | None], options: tuple[str, ...]
) -> None:
    store = tmp_path / "store.json"
    with program(store, *options, environ=environ) as terminal:
        terminal.wait_for("SYMULACJA — NIE JEST DOKUMENTEM")
        log_in(terminal, ANNA)
        terminal.wait_for("Anna Nowak")
        go(terminal, "l", "Możesz zamówić mLegitymację")
        go(terminal, "z", "Status:  ● oczekujący")
        until_ready(store)
        terminal.wait_for("Kod aktywacyjny: ")
        order = order_of(store, ANNA)
        assert order["distribution_pass"] in terminal.text
        if "--plain" not in options:  # there the code stands below the texts
            terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        go(terminal, "b", "Esc")
        terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == set()


LACKING: Mapping[str, Mapping[str, str | None]] = {
    "iso8859-2": {"PYTHONIOENCODING": "iso-8859-2"},
    "iso8859-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii-no-color": {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"},
}


@pytest.mark.parametrize("environ", LACKING.values(), ids=LACKING)
@pytest.mark.parametrize("options", [(), ("--theme", "ansi")], ids=["usosweb", "ansi"])
def test_where_characters_lack_others_stand_for_them_and_the_code_has_no_glyphs(
    tmp_path: Path, environ: Mapping[str, str | None], options: tuple[str, ...]
) -> None:
    store = tmp_path / "store.json"
    with program(store, *options, size=(120, 40), environ=environ) as terminal:
        terminal.wait_for("Kodowanie terminala to ")
        log_in(terminal, ANNA, dot="*")
        terminal.wait_for("Anna Nowak")
        go(terminal, "l", "v spe")
        go(terminal, "z", "Status: ")
        until_ready(store)
        terminal.wait_for(lambda screen: re.search(r"Status: +\S+ gotowy", screen.text))
        order = order_of(store, ANNA)
        go(terminal, "b", "Esc wraca do strony.")
        terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        assert order["distribution_pass"] in terminal.text
        terminal.resize(80, 24)
        terminal.wait_for("ksz okno do ")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"\\u" not in terminal.raw


def test_letters_that_the_encoding_has_are_kept_and_typed(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", environ=LACKING["iso8859-2"]) as terminal:
        terminal.wait_for("Kodowanie terminala to iso8859-2")
        terminal.type("żółw".encode("iso-8859-2"))
        terminal.wait_for(lambda screen: "żółw".encode("iso-8859-2")[:1] in screen.raw[-200:])
        assert "Wprowadź swój identyfikator".encode("iso-8859-2") in terminal.raw
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_polish_letters_lose_their_marks_where_there_is_only_ascii(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", environ=LACKING["ascii"]) as terminal:
        terminal.wait_for("SYMULACJA - NIE JEST DOKUMENTEM")
        terminal.wait_for("Wprowadz swoj identyfikator")
        terminal.type("ż")  # the keyboard is taken for UTF-8
        terminal.wait_for(lambda screen: any("| | z " in line for line in screen.lines))
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_plain_says_a_notice_once_and_keeps_still(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", "--plain") as terminal:
        log_in(terminal, ANNA)
        terminal.wait_for("Anna Nowak")
        go(terminal, "l", "Możesz zamówić mLegitymację")
        go(terminal, "f6", "dopiero po odświeżeniu")
        go(terminal, "f6", "Strona śledzi zamówienie na żywo.")
        assert "dopiero po odświeżeniu" not in terminal.text
        assert not set("─│┌┐└┘━┃▌█▎") & set(terminal.text)
        go(terminal, "m", "Strona główna")
        terminal.wait_for(
            lambda screen: screen.lines[screen.screen.cursor.y].strip() == "mLegitymacja"
        )
        terminal.press("up")
        terminal.wait_for(lambda screen: "Strona główna" in screen.lines[screen.screen.cursor.y])
