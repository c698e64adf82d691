"""What is touched inside asyncssh 2.24: that it is there, and means what is taken from it.

What comes of it, the bounds, is in ``test_ssh_share``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest

from mleg_tui.serve.ssh.asyncssh_internals import Channel, is_exchanging_keys, waiting_below
from mleg_tui.serve.terminal import Variables
from tests.serve.conversation import Server, holds


async def channel_of(server: Server) -> tuple[Channel, asyncssh.SSHServerConnection]:
    await holds(lambda: server.worker.context.sessions)
    (connection,) = server.worker.connections
    assert isinstance(connection, asyncssh.SSHServerConnection)
    return server.ssh_session._channel, connection


async def test_a_channel_tells_what_waits_below_it_and_whether_keys_are_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Server(tmp_path) as server, server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        channel, connection = await channel_of(server)
        assert not is_exchanging_keys(channel)
        monkeypatch.setattr(connection, "_kex_complete", False)
        assert is_exchanging_keys(channel)
        transport = connection._transport
        assert isinstance(transport, asyncio.Transport)
        await holds(lambda: waiting_below(channel) == 0)
        monkeypatch.setattr(transport, "get_write_buffer_size", lambda: 17)
        assert waiting_below(channel) == 17


async def test_what_a_client_sends_is_kept_where_it_is_bounded(tmp_path: Path) -> None:
    environ: dict[str | bytes, str | bytes] = {"LANG": "pl_PL.UTF-8", "PATH": "/evil"}
    async with Server(tmp_path) as server, server.terminal(environ=environ) as terminal:
        await terminal.until("Identyfikator:")
        channel, connection = await channel_of(server)
        assert isinstance(channel._env, Variables)
        assert channel.get_environment_bytes() == {b"LANG": b"pl_PL.UTF-8"}
        assert len(connection._deferred_packets) == 0
        assert len(connection._inpbuf) == 0
