"""The way to a visitor and back: what goes into it and what comes from it, each with a bound."""

from __future__ import annotations

import asyncio
import socket
import sys

MOST_WAITING = 32 * 1024
"""So many bytes may wait in a transport before it asks for nothing more."""
MOST_IN_KERNEL = 16 * 1024
"""And so many below it."""
LONGEST_INPUT = 64 * 1024
"""So many bytes are kept of what a visitor sends and nobody takes."""
_TCP_NOTSENT_LOWAT = getattr(socket, "TCP_NOTSENT_LOWAT", 25 if sys.platform == "linux" else None)


def bound_in_kernel(transport: asyncio.BaseTransport | None) -> None:
    """Let little of what a visitor does not take pile up where nobody can replace it."""
    sock = None if transport is None else transport.get_extra_info("socket")
    if sock is not None and _TCP_NOTSENT_LOWAT is not None:
        sock.setsockopt(socket.IPPROTO_TCP, _TCP_NOTSENT_LOWAT, MOST_IN_KERNEL)


class ClientStream:
    """A transport to be drawn on; without one it leads nowhere."""

    def __init__(self, transport: asyncio.Transport | None) -> None:
        self._transport = transport
        self.input = InputBuffer(self)
        self.is_paused = False
        """Whether the transport asked for nothing more."""

    @property
    def is_congested(self) -> bool:
        """Whether so much waits to be taken that a newer frame had better replace it."""
        return self.is_paused or self.waiting > MOST_WAITING

    @property
    def waiting(self) -> int:
        """How many bytes wait for the visitor in this process."""
        transport = self._open()
        return 0 if transport is None else transport.get_write_buffer_size()

    def write(self, text: str) -> None:
        """Send text; dropped where nobody is there any more."""
        transport = self._open()
        if transport is not None:
            transport.write(text.encode("utf-8", "replace"))

    def say(self, text: str) -> None:
        """Send a line to a terminal that shows our screen no more."""
        self.write(f"{text}\r\n")

    def take_input(self) -> bytes:
        """Return what has come and nobody has taken."""
        return self.input.take()

    def pause(self) -> None:
        """Let what is typed wait with the visitor."""
        transport = self._open()
        if transport is not None:
            transport.pause_reading()

    def resume(self) -> None:
        """Let what is typed come."""
        transport = self._open()
        if transport is not None:
            transport.resume_reading()

    def _open(self) -> asyncio.Transport | None:
        closed = self._transport is None or self._transport.is_closing()
        return None if closed else self._transport


class InputBuffer:
    """What a visitor has sent and nobody has taken; beyond a bound it waits with them."""

    def __init__(self, stream: ClientStream) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._news = asyncio.Event()
        self._is_over = False

    def feed(self, data: bytes) -> None:
        """Keep what has come."""
        self._kept += data
        if self.is_full:
            self._stream.pause()
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
        """Return what is there. It is for the taker to resume the stream, when it is dealt with."""
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
