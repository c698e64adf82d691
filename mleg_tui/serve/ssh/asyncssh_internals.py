"""All that is touched inside asyncssh 2.24, which it keeps private, each with a test that tells.

It has no count of what waits below a channel, and no bound on the variables that a client sends and
on what it keeps while it is busy.
"""

from __future__ import annotations

import asyncio
from typing import cast

import asyncssh

from mleg_tui.serve.stream import MOST_WAITING, ClientStream, bound_in_kernel
from mleg_tui.serve.terminal import Variables

_WINDOW = 16 * 1024
"""So many may be on their way to us, even in packets of a byte each, which cost a hundred."""
_MOST_AT_ONCE = 256 * 1024
"""So many bytes of a connection may wait for asyncssh, or for the client, before it is read on."""
_MOST_DEFERRED = 1_000
"""So many packets may wait for new keys."""
_LOOK_AGAIN = 0.02

Channel = asyncssh.SSHServerChannel[bytes]
"""A session's channel, which carries bytes."""


def is_exchanging_keys(channel: Channel) -> bool:
    """Tell whether nothing can be sent before new keys are agreed."""
    return not channel.get_connection()._kex_complete  # noqa: SLF001


def waiting_below(channel: Channel) -> int:
    """Return how many bytes have left the channel, but not this process."""
    transport = channel.get_connection()._transport  # noqa: SLF001
    return 0 if transport is None else transport.get_write_buffer_size()


class ChannelStream(ClientStream):
    """A channel to be drawn on, or to be written to by a plain command."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(cast("asyncio.Transport", channel))  # it has what one has
        self._channel = channel
        self.in_terminal = False
        """Whether what is written needs whole line ends."""

    @property
    def is_congested(self) -> bool:
        """Whether so much waits to be taken that a newer frame had better replace it."""
        if not self._channel.is_closing() and is_exchanging_keys(self._channel):
            return True
        return super().is_congested

    @property
    def waiting(self) -> int:
        """How many bytes wait for the client in this process."""
        return 0 if self._channel.is_closing() else super().waiting + waiting_below(self._channel)

    def tell(self, sentence: str) -> None:
        """Send a sentence to somebody who sees no screen of ours."""
        self.show(f"{sentence}\n".encode(), error=True)

    def show(self, data: bytes, *, error: bool) -> None:
        """Send what a plain command wrote."""
        if self._channel.is_closing():
            return
        if self.in_terminal:
            self._channel.write(data.replace(b"\n", b"\r\n"))
        elif error:
            self._channel.write_stderr(data)
        else:
            self._channel.write(data)

    async def drained(self, most: int) -> None:
        """Wait until no more bytes than these wait for the client, or nobody is there."""
        while self.waiting > most:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(_LOOK_AGAIN)


def open_channel(connection: asyncssh.SSHServerConnection) -> Channel:
    """Return a new channel of bytes, bounded in what it keeps."""
    channel: Channel = connection.create_server_channel(encoding=None, window=_WINDOW)
    channel._env = Variables()  # noqa: SLF001
    channel.set_write_buffer_limits(high=MOST_WAITING)
    return channel


def bound(connection: asyncssh.SSHServerConnection) -> None:
    """Let nothing pile up between a client and asyncssh; call it when the connection is made."""
    transport = connection._transport  # noqa: SLF001
    if transport is None:
        return
    bound_in_kernel(transport)
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
