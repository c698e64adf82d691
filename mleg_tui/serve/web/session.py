"""A session on the page: a process of its own, between its pipes and the browser's socket.

Two languages meet here. The process speaks in packets, a letter and a length before each, as
Textual's ``WebDriver`` does; the page's terminal, from textual-serve, sends lists in JSON and takes
bytes. What a browser sends is not to be trusted: everything but these few lists is dropped.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import cast

from aiohttp import WSMsgType, web

WIDTHS, HEIGHTS = (20, 400), (5, 150)
"""The sizes of a window, in cells, that a visitor may ask for."""
IDLE = 30 * 60.0
"""Seconds after which a visitor who does nothing makes room for others."""
_TOLD_AFTER = 0.05
_TYPED, _TOLD = b"D", b"M"
_BEGINNING = b"__GANGLION__\n"
_PATIENCE = 2.0
"""So many seconds has a process to end when it is asked to."""
_OPERATORS_OWN = ("MLEG_TUI_PASSWORD", "MLEG_TUI_SPEED", "NO_COLOR")
"""Variables that are about whoever started the server, not about the visitors."""


def environment(environ: Mapping[str, str], width: int, height: int) -> dict[str, str]:
    """Return the environment of a visitor's process, whose screen is a page of this size."""
    kept = {
        name: value
        for name, value in environ.items()
        if name not in _OPERATORS_OWN and not name.startswith(("TEXTUAL", "SSH_", "TMUX"))
    }
    return kept | {
        "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(_within(width, WIDTHS)),
        "ROWS": str(_within(height, HEIGHTS)),
    }


async def run_session(
    socket: web.WebSocketResponse, command: Sequence[str], environ: Mapping[str, str]
) -> None:
    """Run the command for as long as the browser and the command both stay."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, env=environ, start_new_session=True
    )
    keys = cast("asyncio.StreamWriter", process.stdin)
    drawings = cast("asyncio.StreamReader", process.stdout)
    showing = asyncio.create_task(_show(drawings, socket))
    try:
        await _obey(socket, keys)
    finally:
        if not drawings.at_eof():  # else it is ending by itself
            with suppress(ProcessLookupError):
                process.terminate()
        await _end(process)
        await showing


async def _obey(socket: web.WebSocketResponse, keys: asyncio.StreamWriter) -> None:
    """Hand on what the visitor does, until the socket is closed or nothing was done for long.

    Of sizes, and of looking here or elsewhere, the newest counts: there may be a thousand.
    """
    loop = asyncio.get_running_loop()
    newest: dict[bool, bytes] = {}

    def tell() -> None:
        if not keys.is_closing():
            keys.writelines(newest.values())
        newest.clear()

    with suppress(TimeoutError):
        async with asyncio.timeout(IDLE) as patience:
            async for message in socket:
                said = packet(message.data) if message.type is WSMsgType.TEXT else None
                if said is None:
                    continue
                patience.reschedule(loop.time() + IDLE)
                if said.startswith(_TOLD):
                    if not newest:
                        loop.call_later(_TOLD_AFTER, tell)
                    newest[b"resize" in said] = said
                else:
                    with suppress(ConnectionError):  # it is about to end
                        keys.write(said)
                        await keys.drain()


async def _show(drawings: asyncio.StreamReader, socket: web.WebSocketResponse) -> None:
    """Hand on what the program draws, to its end; closes the socket."""
    with suppress(asyncio.IncompleteReadError):
        await drawings.readuntil(_BEGINNING)
        while True:
            kind = await drawings.readexactly(1)
            length = int.from_bytes(await drawings.readexactly(4), "big")
            drawn = await drawings.readexactly(length)
            # A gone browser does not stop the reading: the process could not end on a full pipe.
            if kind == b"D" and not socket.closed:
                with suppress(ConnectionError):
                    await socket.send_bytes(drawn)
    await socket.close()


async def _end(process: Process) -> None:
    """See that a process that has been told to end is gone."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def packet(message: str) -> bytes | None:
    """Return a browser's message as a packet for the process; ``None`` if it says nothing."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    match said:
        case ["stdin", str(typed)]:
            return _packed(_TYPED, typed.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            size = {"width": _within(width, WIDTHS), "height": _within(height, HEIGHTS)}
            return _meta({"type": "resize", **size})
        case ["focus" | "blur" as change]:
            return _meta({"type": change})
    return None


def _meta(said: Mapping[str, object]) -> bytes:
    return _packed(_TOLD, json.dumps(said).encode())


def _packed(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def _within(number: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(least, min(number, most))
