"""Put text on the user's clipboard, whichever way the terminal at hand allows.

OSC 52 travels inside the terminal's own stream, also over ssh, but some terminals ignore it in
silence and tmux swallows it by default. So a helper program goes along where one is known to work.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from contextlib import suppress
from enum import Flag, auto
from functools import reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HELPER_SECONDS = 1.0
"""How long a helper program may take."""


class Clipboard(Protocol):
    """What an app of Textual's has for copying."""

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the terminal's clipboard."""


class Way(Flag):
    """A way to the clipboard; `copy` gives the union of those that worked."""

    OSC52 = auto()
    """Sent to the terminal, which may ignore it: nothing comes back."""
    TMUX = auto()
    PBCOPY = auto()
    CLIP_EXE = auto()
    WL_COPY = auto()
    XCLIP = auto()


HELPERS = {
    Way.TMUX: ("tmux", "load-buffer", "-w", "-"),
    Way.PBCOPY: ("pbcopy",),
    Way.CLIP_EXE: ("clip.exe",),
    Way.WL_COPY: ("wl-copy",),
    Way.XCLIP: ("xclip", "-selection", "clipboard"),
}
"""The commands; each reads the text from its standard input, so it shows in no process list."""


def ways(
    environ: Mapping[str, str], platform: str, which: Callable[[str], str | None]
) -> tuple[Way, ...]:
    """Choose the ways that can work here: one of the desktop, tmux within it, always OSC 52.

    `platform` is `sys.platform`, `which` finds a program as `shutil.which` does.
    """
    desktop = (way for way in _desktop(environ, platform) if which(HELPERS[way][0]))
    chosen = list(islice(desktop, 1))
    if environ.get("TMUX") and which(HELPERS[Way.TMUX][0]):
        chosen.append(Way.TMUX)
    return (*chosen, Way.OSC52)


def _desktop(environ: Mapping[str, str], platform: str) -> Iterator[Way]:
    """Give the ways of the desktop that the process runs on, unless the user sits elsewhere."""
    if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"):
        return
    if platform == "darwin":
        yield Way.PBCOPY
    if environ.get("WSL_DISTRO_NAME"):
        yield Way.CLIP_EXE
    if environ.get("WAYLAND_DISPLAY"):
        yield Way.WL_COPY
    if environ.get("DISPLAY"):
        yield Way.XCLIP


async def copy(app: Clipboard, text: str, *, local: bool = True) -> Way:
    """Copy the text in every way that fits, and give those that reported no failure.

    `local` is False where the process serves a screen to another machine: its own clipboard and
    tmux are then not the user's, and only OSC 52 is used.
    """
    app.copy_to_clipboard(text)
    if not local:
        return Way.OSC52
    # Looking for programs reads the disk, which may be a slow one.
    chosen = await asyncio.to_thread(ways, os.environ, sys.platform, shutil.which)
    helpers = [way for way in chosen if way in HELPERS]
    worked = await asyncio.gather(*(_feed(HELPERS[way], text) for way in helpers))
    return reduce(or_, (way for way, good in zip(helpers, worked, strict=True) if good), Way.OSC52)


async def _feed(command: tuple[str, ...], text: str) -> bool:
    """Run the command with the text on its standard input; give whether it succeeded in time."""
    nowhere = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=nowhere, stderr=nowhere
        )
    except OSError:
        return False
    try:
        async with asyncio.timeout(HELPER_SECONDS):
            await process.communicate(text.encode())
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode == 0
