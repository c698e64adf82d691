"""The way to a client and back: what goes into it and what comes from it, each with a bound."""

from __future__ import annotations

import asyncio

from mleg_tui.serve.ssh.asyncssh_internals import (
    MOST_WAITING,
    Channel,
    is_exchanging_keys,
    waiting_below,
)

LONGEST_INPUT = 64 * 1024
"""So many bytes are kept of what a client sends and nobody takes."""
_LOOK_AGAIN = 0.02


class ClientStream:
    """A channel to be drawn on; without one it leads nowhere."""

    def __init__(self, channel: Channel | None) -> None:
        self._channel = channel
        self.input = InputBuffer(self)
        self.is_paused = False
        """Whether the channel asked for nothing more."""

    @property
    def is_congested(self) -> bool:
        """Whether so much waits to be taken that a newer frame had better replace it."""
        return self.is_paused or self._awaits_keys() or self._waiting() > MOST_WAITING

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
        """Wait until no more bytes than these wait for the client, or nobody is there."""
        while self._waiting() > most:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(_LOOK_AGAIN)

    def take_input(self) -> bytes:
        """Return what has come and nobody has taken."""
        return self.input.take()

    def pause(self) -> None:
        """Let what is typed wait with the client."""
        channel = self._open()
        if channel is not None:
            channel.pause_reading()

    def resume(self) -> None:
        """Let what is typed come."""
        channel = self._open()
        if channel is not None:
            channel.resume_reading()

    def _open(self) -> Channel | None:
        return None if self._channel is None or self._channel.is_closing() else self._channel

    def _awaits_keys(self) -> bool:
        channel = self._open()
        return channel is not None and is_exchanging_keys(channel)

    def _waiting(self) -> int:
        channel = self._open()
        if channel is None:
            return 0
        return channel.get_write_buffer_size() + waiting_below(channel)


class InputBuffer:
    """What a client has sent and nobody has taken; beyond a bound it waits with the client."""

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
        """Whether the client has to wait."""
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
