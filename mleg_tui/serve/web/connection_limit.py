"""Who may connect to the page: so many at a time, and not all of them from one address."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import cast

from aiohttp.web_server import Server

from mleg_tui.domain.network import network

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
