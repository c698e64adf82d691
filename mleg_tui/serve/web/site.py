"""The program on a web page, for showing it: ``mleg-tui serve web``.

The page has no login of its own. What keeps others out is that it listens on this machine only,
and that it answers nobody who asks under a foreign name: a page from elsewhere, open in the same
browser, can neither read it (the ``Host`` it would have to use is refused) nor drive it (so is its
``Origin``). Nothing is loaded from outside: the terminal and its font are those of textual-serve.
"""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template
from typing import Any, cast

import textual_serve
from aiohttp import WSCloseCode, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestPayloadError

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.locale import _, ngettext, speech
from mleg_tui.serve.log import log
from mleg_tui.serve.web.connection_limit import ConnectionLimit
from mleg_tui.serve.web.session import environment, run_session

_OWN = Path(__file__).with_name("page")
_THEIRS = Path(textual_serve.__file__).with_name("static")
_HEARTBEAT = 15.0
"""Seconds after which a browser that has gone without a word is missed."""
_CLOSING = 1.0
"""Seconds for a browser to answer that the socket is closed."""
_SILENCE = 30.0
"""Seconds for a browser to send a request, the first one or the next."""
_LARGEST_MESSAGE = 256 * 1024
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


class CannotListen(Refused):
    """The address is taken, or is not this machine's."""

    message = N_("Nie można nasłuchiwać pod adresem {host}, port {port}: {reason}.")
    advice = N_("Podaj inny port (--port) albo adres (--host).")


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, where, to how many at a time and under which names."""

    command: Sequence[str]
    """The program, started for each visitor."""
    environ: Mapping[str, str]
    host: str = "127.0.0.1"
    port: int = 8000
    """0 takes a free one."""
    names: Sequence[str] = ()
    """Names of this machine under which it may be asked for, besides addresses and localhost."""
    visitors: int = 10
    present: set[web.WebSocketResponse] = field(default_factory=set)

    def is_called(self, name: str) -> bool:
        """Say whether a name is ours. Addresses are: a foreign page can only come by a name."""
        if name in ("localhost", self.host, *self.names):
            return True
        with suppress(ValueError):
            return bool(ip_address(name))
        return False


async def serve(site: Site, listening: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; tells the page's address. Raises ``CannotListen``."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    runner = web.AppRunner(
        application(site),
        access_log=None,
        logger=_Log(log),
        shutdown_timeout=_CLOSING,
        keepalive_timeout=_SILENCE,
        lingering_time=_CLOSING,
        auto_decompress=False,
    )
    await runner.setup()
    try:
        server = await _listen(site, cast("web.Server", runner.server))
        try:
            port = server.sockets[0].getsockname()[1]
            host = f"[{site.host}]" if ":" in site.host else site.host
            listening(f"http://{host}:{port}/")
            await stopped.wait()
        finally:
            server.close()
    finally:
        await runner.cleanup()


async def _listen(site: Site, answering: web.Server) -> asyncio.Server:
    loop, limit = asyncio.get_running_loop(), partial(ConnectionLimit, answering, site.visitors)
    try:
        return await loop.create_server(limit, site.host, site.port)
    except (OSError, UnicodeError, OverflowError) as error:
        raise CannotListen(host=site.host, port=site.port, reason=reason_of(error)) from error


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


def application(site: Site) -> web.Application:
    """Return what answers the browsers."""
    page, full = _page(), _full(site)
    app = web.Application(middlewares=[_only_by_our_names(site)])

    async def index(_request: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html")

    async def terminal(request: web.Request) -> web.WebSocketResponse:
        if request.headers.get("Origin", "").partition("://")[2] != request.host:
            raise web.HTTPForbidden
        if not request.headers.get("Sec-WebSocket-Key", "").isascii():
            raise web.HTTPBadRequest  # aiohttp would fail at it
        socket = web.WebSocketResponse(
            heartbeat=_HEARTBEAT, timeout=_CLOSING, max_msg_size=_LARGEST_MESSAGE
        )
        await socket.prepare(request)
        if len(site.present) >= site.visitors:
            await socket.send_bytes(full.encode())
            await socket.close()
            return socket
        site.present.add(socket)
        try:
            command = (*site.command, f"--served={request.remote or ''}")
            await run_session(socket, command, environment(site.environ, *_size(request)))
        finally:
            site.present.discard(socket)
        return socket

    async def everybody_out(_app: web.Application) -> None:
        going = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in [*site.present])
        await asyncio.gather(*going)

    app.router.add_get("/", index)
    app.router.add_get("/ws", terminal)
    app.router.add_static("/page", _OWN)
    app.router.add_static("/textual", _THEIRS)
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(everybody_out)
    return app


def _only_by_our_names(site: Site) -> Callable[..., Awaitable[web.StreamResponse]]:
    @web.middleware
    async def only_by_our_names(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            name = request.url.host
        except ValueError:
            name = None
        if name is None or not site.is_called(name):
            raise web.HTTPForbidden
        if len(request.path) > _LONGEST_PATH:
            raise web.HTTPNotFound  # no file could be called so
        return await handler(request)

    return only_by_our_names


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def _page() -> str:
    texts = {
        "notice": _(NOTICE),
        "no_login": _("Strona nie ma własnego logowania: jest do pokazów."),
        "ended": _("Sesja zakończona."),
        "again": _("Nowa sesja"),
        "no_script": _("Terminal na stronie potrzebuje JavaScriptu."),
    }
    shown = {name: escape(text) for name, text in texts.items()}
    template = Template((_OWN / "page.html").read_text("utf-8"))
    return template.substitute(shown, language=speech().code)


def _full(site: Site) -> str:
    told = ngettext(
        "Strona jest zajęta: pokazuje program {count} osobie naraz. Spróbuj później.",
        "Strona jest zajęta: pokazuje program {count} osobom naraz. Spróbuj później.",
        site.visitors,
    )
    return told.format(count=site.visitors)


def _size(request: web.Request) -> tuple[int, int]:
    """Return the window's size in cells, as far as the browser tells it."""
    told = [request.query.get(side, "") for side in ("width", "height")]
    if all(_CELLS.fullmatch(number) for number in told):
        return int(told[0]), int(told[1])
    return 80, 24
