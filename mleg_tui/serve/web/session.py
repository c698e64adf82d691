"""A browser's session in a worker, over the socket that the page's process relays.

What comes is a message of the browser's in each line, which is not to be trusted: all but these few
lists in JSON is dropped. What goes is the terminal's own bytes.
"""

from __future__ import annotations

import asyncio
import json
import socket
from functools import partial
from types import MappingProxyType
from typing import cast

from mleg_tui.serve.presences import Presences
from mleg_tui.serve.session import ServedSession, ServerContext
from mleg_tui.serve.settings import Settings
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.stream import MOST_WAITING, ClientStream
from mleg_tui.serve.terminal import Terminal, clamped
from mleg_tui.serve.worker import Worker
from mleg_tui.services.services import Services
from mleg_tui.services.worlds import Worlds

_XTERM_JS = Terminal("xterm-256color", MappingProxyType({"COLORTERM": "truecolor"}))


class WebSession(ServedSession, asyncio.Protocol):
    """A session whose terminal is on a page."""

    def __init__(self, context: ServerContext, who: Visitor) -> None:
        super().__init__(context, host=who.host)
        self._size = clamped(who.width, who.height)
        self._line = b""
        self._gone = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin at once: whoever loads the page wants the program."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=MOST_WAITING)
        self.open(ClientStream(self._transport))
        self.begin(self.show(_XTERM_JS))

    def data_received(self, data: bytes) -> None:
        """Take what the browser says."""
        *lines, self._line = (self._line + data).split(b"\n")
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return
        match said:
            case ["stdin", str(typed)]:
                self.receive(typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                self.resize(width, height)

    def connection_lost(self, exc: Exception | None) -> None:
        """End what nobody looks at."""
        del exc
        self.hang_up()
        self._gone.set()

    def close(self, status: int) -> None:
        """Let the page say that it is over, once it has all that was drawn."""
        del status
        self._transport.close()

    def abort(self) -> None:
        """End the connection at once."""
        self._transport.abort()

    async def wait_closed(self) -> None:
        """Wait until the connection has ended."""
        await self._gone.wait()


class WebWorker(Worker):
    """Serves sessions of browsers."""

    def __init__(self, settings: Settings, services: Services, worlds: Worlds) -> None:
        presences = Presences(services)
        super().__init__(
            ServerContext(settings=settings, services=services, worlds=worlds, presences=presences)
        )

    async def connect(self, sock: socket.socket, who: Visitor) -> WebSession:
        """Begin a session."""
        made = partial(WebSession, self.context, who)
        _transport, session = await asyncio.get_running_loop().connect_accepted_socket(made, sock)
        return session
