"""The way to a visitor's terminal: what goes into it and what comes from it, each with a bound.

Touches what asyncssh keeps private: it has no count of what waits below a channel, and no bound on
the variables that a client sends and on what it keeps while it is busy.
"""

from __future__ import annotations

import asyncio
import socket
import sys

import asyncssh

from mleg_tui.serve.ssh.terminal import Variables

LONGEST_INPUT = 64 * 1024
"""So many bytes are kept of what a visitor sends and nobody takes."""
_WINDOW = 16 * 1024
"""So many more may be on their way, even in packets of a byte each, which cost a hundred."""
_MOST_WAITING = 32 * 1024
_MOST_IN_KERNEL = 16 * 1024
_MOST_AT_ONCE = 256 * 1024
"""So many bytes of a connection may wait for asyncssh, or for the visitor, before it is read on."""
_MOST_DEFERRED = 1_000
"""So many packets may wait for new keys."""
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
        return self.is_paused or self._awaits_keys() or self._waiting() > _MOST_WAITING

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

    def _awaits_keys(self) -> bool:
        channel = self._open()
        return channel is not None and not channel.get_connection()._kex_complete  # noqa: SLF001

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


def bound(connection: asyncssh.SSHServerConnection) -> None:
    """Let nothing pile up between a visitor and asyncssh; call it when the connection is made."""
    transport = connection._transport  # noqa: SLF001
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None and _TCP_NOTSENT_LOWAT is not None:
        sock.setsockopt(socket.IPPROTO_TCP, _TCP_NOTSENT_LOWAT, _MOST_IN_KERNEL)
    transport.set_protocol(_Bounded(connection, transport))


class _Bounded(asyncio.BufferedProtocol):
    """Reads for asyncssh: little at a time, and nothing while it has enough to do.

    asyncssh keeps without a bound what comes while it checks a password, what it answers to
    somebody who never reads, and what it may not send before new keys are agreed.
    """

    _buffer = bytearray(_WINDOW)
    """All share it: what is read into it is copied at once."""

    def __init__(
        self, connection: asyncssh.SSHServerConnection, transport: asyncio.Transport
    ) -> None:
        self._connection = connection
        self._transport = transport

    def get_buffer(self, sizehint: int) -> bytearray:
        """Return where to read to."""
        del sizehint
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Hand on what was read."""
        self._connection.data_received(bytes(self._buffer[:nbytes]))
        self._go_on_or_wait()

    def eof_received(self) -> None:
        """Hand on that nothing more comes."""
        self._connection.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand on that nobody is there."""
        self._connection.connection_lost(exc)

    def _go_on_or_wait(self) -> None:
        connection, transport = self._connection, self._transport
        if len(connection._deferred_packets) > _MOST_DEFERRED:  # noqa: SLF001
            connection.abort()
        elif transport.is_closing():
            return
        elif max(len(connection._inpbuf), transport.get_write_buffer_size()) > _MOST_AT_ONCE:  # noqa: SLF001
            transport.pause_reading()
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self._go_on_or_wait)
        else:
            transport.resume_reading()
