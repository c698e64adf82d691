"""Copying chooses what fits the place, and no helper can hold it up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from mleg_tui.ui import clipboard
from mleg_tui.ui.clipboard import Way, copy, ways

if TYPE_CHECKING:
    from pathlib import Path

TMUX = {"TMUX": "/tmp/tmux-1000/default,1,0"}  # noqa: S108 - only looked at
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
SSH = {"SSH_TTY": "/dev/pts/1"}


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", ()),
        ({}, "darwin", (Way.PBCOPY,)),
        (SSH, "darwin", ()),
        (TMUX, "linux", (Way.TMUX,)),
        (SSH | TMUX, "linux", (Way.TMUX,)),
        (TMUX, "darwin", (Way.PBCOPY, Way.TMUX)),
        (WAYLAND, "linux", (Way.WL_COPY,)),
        ({"DISPLAY": ":0"}, "linux", (Way.XCLIP,)),
        (SSH | WAYLAND, "linux", ()),
        ({"WSL_DISTRO_NAME": "Debian"} | WAYLAND, "linux", (Way.CLIP_EXE,)),
    ],
)
def test_the_ways_fit_the_place(
    environ: dict[str, str], platform: str, expected: tuple[Way, ...]
) -> None:
    assert ways(environ, platform, lambda program: program) == (*expected, Way.OSC52)


def test_only_programs_that_are_there_are_chosen() -> None:
    assert ways(TMUX | WAYLAND, "linux", lambda _: None) == (Way.OSC52,)
    only_xclip = {"xclip": "xclip"}.get
    assert ways(WAYLAND, "linux", only_xclip) == (Way.XCLIP, Way.OSC52)


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a tmux whose program is a script that the test writes."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMUX", "yes")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("sys.platform", "linux")
    program = tmp_path / "tmux"
    script(program, "")
    program.chmod(0o755)
    return program


def script(program: Path, text: str) -> None:
    program.write_text(text)


async def test_the_text_goes_through_standard_input_and_osc52(tmux: Path) -> None:
    script(tmux, '#!/bin/sh\ncat > "$0.text"; echo "$@" > "$0.arguments"\n')
    app: App[None] = App()
    async with app.run_test():
        assert await copy(app, "kod zażółć") == Way.OSC52 | Way.TMUX
        assert app.clipboard == "kod zażółć"
    assert tmux.with_name("tmux.text").read_text() == "kod zażółć"
    assert tmux.with_name("tmux.arguments").read_text() == "load-buffer -w -\n"


@pytest.mark.parametrize("failing", ["#!/bin/sh\nexit 1\n", "#!/nowhere/at/all\n"])
async def test_a_helper_that_fails_is_not_counted(tmux: Path, failing: str) -> None:
    script(tmux, failing)
    app: App[None] = App()
    async with app.run_test():
        assert await copy(app, "kod") == Way.OSC52


async def test_a_helper_that_hangs_is_ended(tmux: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "HELPER_SECONDS", 0.05)
    script(tmux, "#!/bin/sh\nexec sleep 60\n")
    app: App[None] = App()
    async with app.run_test():
        started = time.monotonic()
        assert await copy(app, "kod") == Way.OSC52
        assert time.monotonic() - started < 5


async def test_a_served_screen_uses_the_terminal_only(tmux: Path) -> None:
    script(tmux, '#!/bin/sh\ncat > "$0.text"\n')
    app: App[None] = App()
    async with app.run_test():
        assert await copy(app, "kod", local=False) == Way.OSC52
    assert not tmux.with_name("tmux.text").exists()
