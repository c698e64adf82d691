"""The page, in the process that listens: files for the browser, and a relay for its terminal.

The page has no login of its own. What keeps others out is that it listens on this machine only,
and that it answers nobody who asks under a foreign name: a page from elsewhere, open in the same
browser, can neither read it (the ``Host`` it would have to use is refused) nor drive it (so is its
``Origin``). Nothing is loaded from outside. Of textual-serve only these static files are used: a
terminal for the browser (xterm.js in ``textual.js``), its styles and its font.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template
from typing import Any, cast

import textual_serve
from aiohttp import WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestPayloadError
from aiohttp.web_server import Server

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.network import network
from mleg_tui.locale import _, advice_of, message_of, ngettext, speech
from mleg_tui.serve.log import log
from mleg_tui.serve.rate_limiter import ServerFull, TooManyInAMinute
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.stream import MOST_IN_KERNEL, bound_in_kernel
from mleg_tui.serve.workers import LetIn, PassOn

_OWN = Path(__file__).with_name("page")
_PAGE = Template((_OWN / "page.html").read_text("utf-8"))
_THEIRS = Path(textual_serve.__file__).with_name("static")
_HEARTBEAT = 15.0
"""Seconds after which a browser that has gone without a word is missed."""
_CLOSING = 1.0
"""Seconds for a browser to answer that the socket is closed."""
_SILENCE = 30.0
"""Seconds for a browser to send a request, the first one or the next."""
_LARGEST_MESSAGE = 256 * 1024
_PIECE = 16 * 1024
"""So many bytes are relayed at a time."""
_LONGEST_PATH = 200
_CELLS = re.compile(r"[0-9]{1,4}")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:;"
        " script-src 'self'; style-src 'self' 'unsafe-inline';"  # xterm.js makes styles itself
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


_FOR_ONE_PAGE = 64
"""Connections beside the visitors' own: pages, fonts, whoever only looks."""


class ConnectionLimit(asyncio.Protocol):
    """Passes a connection on to the server, or closes it at once."""

    def __init__(self, server: Server, visitors: int) -> None:
        self._server = server
        self._from_one_address = visitors + _FOR_ONE_PAGE

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Accept a connection, or close it."""
        connection = cast("asyncio.Transport", transport)
        inside = Counter(
            network(one.peername[0]) for one in self._server.connections if one.peername
        )
        peer = connection.get_extra_info("peername") or ("",)
        if inside[network(peer[0])] >= self._from_one_address or (
            inside.total() >= 2 * self._from_one_address
        ):
            connection.abort()
            return
        handler = self._server()
        connection.set_protocol(handler)
        handler.connection_made(connection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Under which names the page answers, to how many, and who takes their sessions."""

    pass_on: PassOn
    host: str
    names: Sequence[str] = ()
    """Names of this machine under which it may be asked for, besides addresses and localhost."""
    visitors: int

    def is_called(self, name: str) -> bool:
        """Say whether a name is ours. Addresses are: a foreign page can only come by a name."""
        if name in ("localhost", self.host, *self.names):
            return True
        with suppress(ValueError):
            return bool(ip_address(name))
        return False

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[LetIn]:
        """Give what lets browsers in; sockets that are open at the end are closed."""
        runner = web.AppRunner(
            self._application(),
            access_log=None,
            logger=_Log(log),
            shutdown_timeout=_CLOSING,
            keepalive_timeout=_SILENCE,
            lingering_time=_CLOSING,
            auto_decompress=False,
        )
        await runner.setup()
        try:
            yield partial(self._let_in, cast("web.Server", runner.server))
        finally:
            await runner.cleanup()

    @asynccontextmanager
    async def _let_in(
        self, answering: web.Server, sockets: Sequence[socket.socket]
    ) -> AsyncIterator[None]:
        loop, limit = asyncio.get_running_loop(), partial(ConnectionLimit, answering, self.visitors)
        servers = [await loop.create_server(limit, sock=sock) for sock in sockets]
        try:
            yield
        finally:
            for server in servers:
                server.close()

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[self._only_by_our_names])
        app.router.add_get("/", _page)
        app.router.add_get("/ws", self._terminal)
        app.router.add_static("/page", _OWN)
        app.router.add_static("/textual", _THEIRS)
        app.on_response_prepare.append(_add_headers)
        return app

    @web.middleware
    async def _only_by_our_names(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        try:
            name = request.url.host
        except ValueError:
            name = None
        if name is None or not self.is_called(name):
            raise web.HTTPForbidden
        if len(request.path) > _LONGEST_PATH:
            raise web.HTTPNotFound  # no file could be called so
        return await handler(request)

    async def _terminal(self, request: web.Request) -> web.WebSocketResponse:
        if request.headers.get("Origin", "").partition("://")[2] != request.host:
            raise web.HTTPForbidden
        if not request.headers.get("Sec-WebSocket-Key", "").isascii():
            raise web.HTTPBadRequest  # aiohttp would fail at it
        bound_in_kernel(request.transport)
        browser = web.WebSocketResponse(
            heartbeat=_HEARTBEAT,
            timeout=_CLOSING,
            max_msg_size=_LARGEST_MESSAGE,
            writer_limit=_PIECE,
            compress=False,  # a message could unfold to a thousand times its size
        )
        await browser.prepare(request)
        try:
            worker = self._worker_for(request)
        except Refused as error:
            await browser.send_bytes(self._told(error).encode())
            await browser.close()
        else:
            await _relay(browser, worker)
        return browser

    def _worker_for(self, request: web.Request) -> socket.socket:
        """Return the way to a worker that has a session for the browser. Raises ``Refused``."""
        peer = request.transport and request.transport.get_extra_info("peername")
        who = Visitor(*(peer or ("", 0))[:2], *_size(request))
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_IN_KERNEL)
        with theirs:  # the worker has its own
            try:
                self.pass_on(theirs, who)
            except Refused as error:
                ours.close()
                if not isinstance(error, TooManyInAMinute):  # a flood is to fill no log
                    log.warning("turned away %s: %s", who.host, type(error).__name__)
                raise
        return ours

    def _told(self, error: Refused) -> str:
        if not isinstance(error, ServerFull):
            return f"{message_of(error)} {advice_of(error)}"
        return ngettext(
            "Strona jest zajęta: pokazuje program {count} osobie naraz. Spróbuj później.",
            "Strona jest zajęta: pokazuje program {count} osobom naraz. Spróbuj później.",
            self.visitors,
        ).format(count=self.visitors)


class _Log(logging.LoggerAdapter[logging.Logger]):
    """A request that is none is its sender's fault: worth one line, without what was sent."""

    def exception(self, msg: object, *args: object, exc_info: Any = True, **named: Any) -> None:
        """Tell what went wrong, and where in the program unless it was the sender's fault."""
        if not self._is_senders_fault(exc_info, msg, args):
            super().exception(msg, *args, exc_info=exc_info, **named)

    def debug(self, msg: object, *args: object, exc_info: Any = None, **named: Any) -> None:
        """Tell of what is no HTTP at all, too; aiohttp would not."""
        if not self._is_senders_fault(exc_info, msg, args):
            super().debug(msg, *args, exc_info=exc_info, **named)

    def _is_senders_fault(self, error: object, msg: object, args: Sequence[object]) -> bool:
        if not isinstance(error, HttpProcessingError | RequestPayloadError):
            return False
        self.warning(f"{msg}: %s", *args, type(error).__name__)
        return True


async def _relay(browser: web.WebSocketResponse, worker: socket.socket) -> None:
    """Carry what the browser says and what the program draws, until one of them has gone.

    Neither is read on while the other does not take what there is.
    """
    drawings, sayings = await asyncio.open_unix_connection(sock=worker, limit=_PIECE)
    showing = asyncio.create_task(_show(drawings, browser))
    try:
        with suppress(ConnectionError):
            async for message in browser:
                if message.type is WSMsgType.TEXT:
                    sayings.write(message.data.replace("\n", " ").encode() + b"\n")
                    await sayings.drain()
    finally:
        sayings.close()
        await showing


async def _show(drawings: asyncio.StreamReader, browser: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):
        while drawn := await drawings.read(_PIECE):
            await browser.send_bytes(drawn)
    await browser.close()


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


async def _page(_request: web.Request) -> web.Response:
    texts = {
        "notice": _(NOTICE),
        "no_login": _("Strona nie ma własnego logowania: jest do pokazów."),
        "ended": _("Sesja zakończona."),
        "again": _("Nowa sesja"),
        "no_script": _("Terminal na stronie potrzebuje JavaScriptu."),
    }
    shown = {name: escape(text) for name, text in texts.items()}
    page = _PAGE.substitute(shown, language=speech().code)
    return web.Response(text=page, content_type="text/html")


def _size(request: web.Request) -> list[int]:
    """Return the window's size in cells, as far as the browser tells it."""
    told = [request.query.get(side, "") for side in ("width", "height")]
    return [int(number) if _CELLS.fullmatch(number) else 0 for number in told]
