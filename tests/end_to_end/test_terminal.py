"""Textual on a real terminal with our cures, and the harness that shows it."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE = (sys.executable, "-m", "tests.end_to_end.probe_app")


@pytest.fixture
def probe() -> Iterator[Terminal]:
    with Terminal(PROBE) as terminal:
        terminal.wait_for("size 80x24")
        yield terminal


def test_polish_letters_arrive_and_the_window_may_change(probe: Terminal) -> None:
    probe.type("zażółć gęślą jaźń")
    probe.wait_for("zażółć gęślą jaźń")
    probe.press("backspace")
    probe.wait_for(lambda terminal: "jaźń" not in terminal.text)
    probe.type("m")
    probe.wait_for("jaźm")
    probe.resize(60, 20)
    probe.wait_for("size 60x20")


def test_of_two_sizes_the_last_one_counts() -> None:
    with Terminal([*PROBE, "--grows"]) as probe:
        probe.wait_for("size 80x24")
        probe.resize(70, 30)
        probe.wait_for("size 90x30")


def test_no_window_is_drawn_larger_than_there_are_any(probe: Terminal) -> None:
    probe._set_size(60_000, 60_000)
    probe.wait_for("size 640x240")


def test_leaving_restores_the_terminal(probe: Terminal) -> None:
    assert 1049 in probe.modes_left_on
    probe.press("ctrl+q")
    assert probe.wait() == 0
    assert probe.modes_left_on == set()


@pytest.mark.parametrize("stray", [b"\xbf", b"\xc5", b"\xff\xfe", b"\x1b[200~a\xbfb\x1b[201~"])
def test_bytes_that_are_not_utf8_do_no_harm(probe: Terminal, stray: bytes) -> None:
    probe.type(stray)
    probe.type("alive")
    probe.wait_for("live")  # a lone lead byte may take the next letter with it
    probe.press("ctrl+q")
    assert probe.wait() == 0
    assert probe.modes_left_on == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_the_program_and_restores_the_terminal(
    probe: Terminal, number: signal.Signals
) -> None:
    probe.send_signal(number)
    assert probe.wait() == 128 + number
    assert probe.modes_left_on == set()


def test_a_missing_text_fails_with_the_screen(probe: Terminal) -> None:
    with pytest.raises(AssertionError, match="size 80x24"):
        probe.wait_for("never shown", timeout=0.05)


def test_the_end_of_the_command_ends_the_waiting() -> None:
    with Terminal([sys.executable, "-c", "print('done'); raise SystemExit(3)"]) as terminal:
        with pytest.raises(AssertionError, match="has ended"):
            terminal.wait_for("never shown")
        assert "done" in terminal.text
        assert terminal.wait() == 3
