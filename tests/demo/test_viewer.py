"""A demonstration on a terminal: the viewer pauses, steps, and takes the program over."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.program import PROGRAM
from tests.end_to_end.terminal import Terminal

LIVE = 20
"""Seconds that a step at the usual pace may take on a busy machine."""


def viewing(*options: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    return Terminal([*PROGRAM, "demo", *options], size=size, environ={"NO_COLOR": None})


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with viewing("--pace", "2") as terminal:
        terminal.wait_for("▶ 1/")
        yield terminal


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert terminal.modes_left_on == set()


def test_space_pauses_and_right_goes_on_by_one_step(terminal: Terminal) -> None:
    terminal.press("space")
    terminal.wait_for("‖ 1/")
    terminal.wait_for("spacja dalej")
    terminal.press("right")
    terminal.wait_for("‖ 2/")
    terminal.wait_for("Zalogowany użytkownik: Anna Nowak")
    terminal.press("right")
    terminal.wait_for("‖ 3/")
    terminal.wait_for("spacja dalej  → krok  q wyjście")
    terminal.wait_for("Możesz zamówić mLegitymację")
    terminal.wait_for("tu, kto i jak to naprawi.")  # the caption's last row: all is painted
    before = terminal.text
    terminal.press("z", "2", "f2")
    terminal.press("space")
    terminal.wait_for("▶ 3/")
    assert "Moje dane" not in terminal.text
    assert before.count("spełniony") == terminal.text.count("spełniony")
    leave(terminal)


def ordered_at(terminal: Terminal) -> str:
    """Return when the order was placed, as the page tells it."""
    terminal.wait_for("Data zamówienia")
    return next(line for line in terminal.lines if "Data zamówienia" in line)


def order_again(terminal: Terminal) -> str:
    """Cancel the order, place another one, and return when that was."""
    terminal.press("a")
    terminal.wait_for("Zamówienie zostanie anulowane.")
    terminal.press("left", "enter")
    terminal.wait_for("Status:  – anulowany")
    terminal.press("z")
    terminal.wait_for("Status:  ● oczekujący")
    return ordered_at(terminal)


def test_q_leaves_the_viewer_in_the_live_program(terminal: Terminal) -> None:
    terminal.press("space", "right", "right", "right")
    terminal.wait_for("‖ 4/", timeout=LIVE)
    terminal.press("q")
    terminal.wait_for(lambda screen: "‖ 4/" not in screen.text)
    terminal.wait_for("F1 Pomoc")
    terminal.press("z")
    terminal.wait_for("Twoje zamówienie jest przetwarzane")
    first = ordered_at(terminal)
    assert any(order_again(terminal) > first for _ in range(20)), "its time runs"
    terminal.press("q")
    terminal.wait_for("dostępna tylko dla pracowników")
    terminal.press("enter")
    terminal.wait_for(lambda screen: "dostępna tylko" not in screen.text)
    terminal.press("2")
    terminal.wait_for("Moje dane")
    leave(terminal)


def test_without_waiting_it_comes_to_its_end_and_stays_there() -> None:
    with viewing("check", "--pace", "0", "--lang", "en", size=(120, 40)) as terminal:
        terminal.wait_for("the end  q to the program", timeout=LIVE)
        assert "The time of this check is over" in terminal.text
        terminal.press("space", "right", "x")
        terminal.press("q")
        terminal.wait_for(lambda screen: "the end  q" not in screen.text)
        terminal.press("p")
        terminal.wait_for("Code of the check: ")
        leave(terminal)


def test_leaving_while_time_runs_fast_lets_it_run_as_before(terminal: Terminal) -> None:
    terminal.press("space", *["right"] * 5)
    terminal.wait_for("‖ 6/", timeout=LIVE)
    terminal.press("space")
    terminal.wait_for("×120", timeout=LIVE)
    terminal.press("q")
    terminal.wait_for(lambda screen: "×120" not in screen.text)
    leave(terminal)


def test_the_program_can_be_ended_and_killed_at_any_time(terminal: Terminal) -> None:
    leave(terminal)
    with viewing() as other:
        other.wait_for("▶ 1/")
        other.send_signal(signal.SIGTERM)
        assert other.wait() == 128 + signal.SIGTERM
        assert other.modes_left_on == set()


def test_a_window_that_becomes_too_small_makes_it_wait(terminal: Terminal) -> None:
    terminal.resize(50, 15)
    terminal.wait_for("Okno za małe")
    terminal.resize(80, 24)
    terminal.wait_for("Zalogowany użytkownik: Anna Nowak", timeout=LIVE)
    leave(terminal)


def test_the_users_own_store_is_not_touched(tmp_path: os.PathLike[str]) -> None:
    store = os.path.join(tmp_path, "store.json")  # noqa: PTH118 - for the environment
    command = [*PROGRAM, "demo", "--pace", "0"]
    with Terminal(command, environ={"MLEG_TUI_STORE": store}) as terminal:
        terminal.wait_for("koniec  q do programu", timeout=LIVE)
        leave(terminal)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_from_the_login_page_and_back_to_it(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store.json"), "--lang", "pl"]
    with Terminal([*PROGRAM, *store], environ={"NO_COLOR": None}) as terminal:
        terminal.wait_for("Obejrzyj pokaz… (")
        terminal.press("down", "up", "up", "enter")
        terminal.wait_for("AGH: od logowania do kodu QR")
        terminal.press("enter")
        terminal.wait_for("▶ 1/", timeout=LIVE)
        terminal.press("q")
        terminal.wait_for(lambda screen: "▶ 1/" not in screen.text, timeout=LIVE)
        terminal.press("down", "enter")
        terminal.wait_for("Zalogowany użytkownik: Anna Nowak")
        leave(terminal)
