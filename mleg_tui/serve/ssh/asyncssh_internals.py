"""All that is touched inside asyncssh 2.24, which it keeps private, each with a test that tells.

It has no count of what waits below a channel, and no bound on the variables that a client sends and
on what it keeps while it is busy.
"""

from __future__ import annotations

import asyncio
import socket
import sys

import asyncssh

from mleg_tui.serve.ssh.terminal import Variables

MOST_WAITING = 32 * 1024
"""So many bytes may wait in a channel before it asks for nothing more."""
_WINDOW = 16 * 1024
"""So many may be on their way to us, even in packets of a byte each, which cost a hundred."""
_MOST_IN_KERNEL = 16 * 1024
_MOST_AT_ONCE = 256 * 1024
"""So many bytes of a connection may wait for asyncssh, or for the client, before it is read on."""
_MOST_DEFERRED = 1_000
"""So many packets may wait for new keys."""
_LOOK_AGAIN = 0.02
_TCP_NOTSENT_LOWAT = getattr(socket, "TCP_NOTSENT_LOWAT", 25 if sys.platform == "linux" else None)

Channel = asyncssh.SSHServerChannel[bytes]
"""A session's channel, which carries bytes."""


def is_exchanging_keys(channel: Channel) -> bool:
    """Tell whether nothing can be sent before new keys are agreed."""
    return not channel.get_connection()._kex_complete  # noqa: SLF001


def waiting_below(channel: Channel) -> int:
    """Return how many bytes have left the channel, but not this process."""
    transport = channel.get_connection()._transport  # noqa: SLF001
    return 0 if transport is None else transport.get_write_buffer_size()


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
