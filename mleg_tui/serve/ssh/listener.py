"""SSH's clients in the process that listens: each is passed to a worker, or told why not."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from mleg_tui.domain.errors import Refused
from mleg_tui.locale import advice_of, message_of
from mleg_tui.serve.log import log
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.ssh.disconnect_packet import disconnect_packet
from mleg_tui.serve.workers import PassOn

_AT_ONCE = 64
"""So many connections are accepted in one turn of the loop, and so many refused ones linger."""
_LINGER = 1.0


class SshListener:
    """Accepts connections."""

    def __init__(self, pass_on: PassOn) -> None:
        self._pass_on = pass_on
        self._lingering: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def let_in(self, sockets: Sequence[socket.socket]) -> AsyncIterator[None]:
        """Accept meanwhile."""
        loop = asyncio.get_running_loop()
        for sock in sockets:
            loop.add_reader(sock.fileno(), self._accept, sock)
        try:
            yield
        finally:
            for sock in sockets:
                loop.remove_reader(sock.fileno())
            for task in self._lingering:
                task.cancel()

    def _accept(self, listening: socket.socket) -> None:
        for _turn in range(_AT_ONCE):
            try:
                sock, peer = listening.accept()
            except BlockingIOError:
                return
            except OSError as error:
                log.error("a connection could not be accepted: %s", error)
                return
            try:
                self._pass_on(sock, Visitor(*peer[:2]))
            except Refused as error:
                self._reject(sock, peer[0], error)
            else:
                sock.close()  # the worker has its own

    def _reject(self, sock: socket.socket, host: str, error: Refused) -> None:
        sock.setblocking(False)  # noqa: FBT003 - the socket's own
        with suppress(OSError):
            sock.send(disconnect_packet(f"{message_of(error)} {advice_of(error)}"))
        if len(self._lingering) >= _AT_ONCE:  # a flood, which is to fill no log either
            sock.close()
            return
        log.warning("turned away %s: %s", host, type(error).__name__)
        task = asyncio.create_task(_linger(sock))
        self._lingering.add(task)
        task.add_done_callback(self._lingering.discard)


async def _linger(sock: socket.socket) -> None:
    """Let a client read why it is refused: after an immediate close it would only see a reset."""
    loop = asyncio.get_running_loop()
    try:
        with suppress(OSError, TimeoutError):
            sock.shutdown(socket.SHUT_WR)
            async with asyncio.timeout(_LINGER):
                while await loop.sock_recv(sock, 1024):
                    pass
    finally:
        sock.close()
