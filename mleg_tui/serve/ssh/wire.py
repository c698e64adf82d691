"""The way to a visitor's terminal: what goes into it and what comes from it, each with a bound.

Touches asyncssh's private ``_transport`` and ``_env``: it keeps no count of what waits below a
channel, and no bound on the variables that a client sends.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import asyncssh

from mleg_tui.serve.ssh.terminal import Variables

LONGEST_INPUT = 64 * 1024
"""So many bytes are kept of what a visitor sends and nobody takes."""
_WINDOW = 16 * 1024
"""So many more may be on their way, even in packets of a byte each, which cost a hundred."""
_MOST_WAITING = 32 * 1024
_MOST_IN_KERNEL = 16 * 1024
_LOOK_AGAIN = 0.02
_TCP_NOTSENT_LOWAT = getattr(socket, "TCP_NOTSENT_LOWAT", 25 if sys.platform == "linux" else None)

Channel = asyncssh.SSHServerChannel[bytes]
"""A session's channel, which carries bytes."""


class Wire:
    """A channel to be drawn on; without one it leads nowhere."""

    def __init__(self, channel: Channel | None) -> None:
        self._channel = channel
        self.input = Input(self)
        self.is_paused = False
        """Whether the channel asked for nothing more."""

    @property
    def is_congested(self) -> bool:
        """Whether so much waits to be taken that a newer frame had better replace it."""
        return self.is_paused or self._waiting() > _MOST_WAITING

    def write(self, text: str) -> None:
        """Send text; dropped where nobody is there any more."""
        channel = self._open()
        if channel is not None:
            channel.write(text.encode("utf-8", "replace"))

    def say(self, text: str) -> None:
        """Send a line to a terminal that shows our screen no more."""
        self.write(f"{text}\r\n")

    def show(self, data: bytes, *, error: bool = False, in_terminal: bool = False) -> None:
        """Send what a plain command wrote; a terminal needs whole line ends."""
        channel = self._open()
        if channel is None:
            return
        if in_terminal:
            channel.write(data.replace(b"\n", b"\r\n"))
        elif error:
            channel.write_stderr(data)
        else:
            channel.write(data)

    async def drained(self, most: int) -> None:
        """Wait until no more bytes than these wait for the visitor, or nobody is there."""
        while self._waiting() > most:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(_LOOK_AGAIN)

    def pause(self) -> None:
        """Let the visitor's keys wait with the visitor."""
        channel = self._open()
        if channel is not None:
            channel.pause_reading()

    def resume(self) -> None:
        """Let the visitor's keys come."""
        channel = self._open()
        if channel is not None:
            channel.resume_reading()

    def _open(self) -> Channel | None:
        return None if self._channel is None or self._channel.is_closing() else self._channel

    def _waiting(self) -> int:
        channel = self._open()
        if channel is None:
            return 0
        transport = channel.get_connection()._transport  # noqa: SLF001
        below = 0 if transport is None else transport.get_write_buffer_size()
        return channel.get_write_buffer_size() + below


class Input:
    """What a visitor has sent and nobody has taken; beyond a bound it waits with the visitor."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._kept = bytearray()
        self._news = asyncio.Event()
        self._is_over = False

    def feed(self, data: bytes) -> None:
        """Keep what has come."""
        self._kept += data
        if self.is_full:
            self._wire.pause()
        self._news.set()

    def end(self) -> None:
        """Note that nothing more will come."""
        self._is_over = True
        self._news.set()

    @property
    def is_full(self) -> bool:
        """Whether the visitor has to wait."""
        return len(self._kept) >= LONGEST_INPUT

    def take(self) -> bytes:
        """Return what is there. It is for the taker to resume the wire, when it is dealt with."""
        taken = bytes(self._kept)
        self._kept.clear()
        return taken

    async def lines(self, count: int | None) -> bytes | None:
        """Wait for so many lines that are not blank, or with ``None`` for the end of them.

        Returns all that is there then; ``None`` if it is too much.
        """
        begin = 0
        while not self._is_over and (count is None or count > 0):
            end = self._kept.find(b"\n", begin)
            if end >= 0 and count is not None:
                count -= bool(self._kept[begin:end].strip())
                begin = end + 1
            elif self.is_full:
                return None
            else:
                self._news.clear()
                await self._news.wait()
        return bytes(self._kept)


def open_channel(connection: asyncssh.SSHServerConnection) -> Channel:
    """Return a new channel of bytes, bounded in what it keeps."""
    channel: Channel = connection.create_server_channel(encoding=None, window=_WINDOW)
    channel._env = Variables()  # noqa: SLF001
    channel.set_write_buffer_limits(high=_MOST_WAITING)
    return channel


def keep_little_in_kernel(connection: asyncssh.SSHServerConnection) -> None:
    """Let what waits for a slow visitor wait here, where it is counted."""
    sock: Any = connection.get_extra_info("socket")
    if sock is not None and _TCP_NOTSENT_LOWAT is not None:
        sock.setsockopt(socket.IPPROTO_TCP, _TCP_NOTSENT_LOWAT, _MOST_IN_KERNEL)
