"""A worker process that speaks SSH."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import asyncssh

from mleg_tui.serve.presences import Presences
from mleg_tui.serve.settings import SshSettings
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.ssh.authentication import Authentication
from mleg_tui.serve.ssh.connection import Connection
from mleg_tui.serve.ssh.host_key import host_key
from mleg_tui.serve.ssh.plain_commands import PlainCommands
from mleg_tui.serve.ssh.session import SshContext
from mleg_tui.serve.worker import Worker
from mleg_tui.services.services import Services
from mleg_tui.services.worlds import Worlds

_KEEPALIVE = 30


class SshWorker(Worker):
    """Serves connections of SSH. ``plain`` is the command for plain commands."""

    context: SshContext

    def __init__(
        self,
        settings: SshSettings,
        services: Services,
        plain: Sequence[str],
        worlds: Worlds,
    ) -> None:
        context = SshContext(
            settings=settings,
            services=services,
            worlds=worlds,
            presences=Presences(services),
            authentication=Authentication(services, settings.authorized_keys),
            commands=PlainCommands(plain),
        )
        super().__init__(context)
        self._options = asyncssh.SSHServerConnectionOptions(
            server_factory=partial(Connection, context),
            server_host_keys=[host_key(Path(settings.host_key))],
            server_version="mleg_tui",
            login_timeout=settings.limits.login,
            keepalive_interval=_KEEPALIVE,
            agent_forwarding=False,
            x11_forwarding=False,
            allow_scp=False,
            line_editor=False,
            encoding=None,
            gss_host=None,
            host_based_auth=False,
            rdns_lookup=False,
            known_client_hosts=None,
            compression_algs=["none"],  # a packet could unfold to a thousand times its size
        )

    async def connect(self, sock: socket.socket, who: Visitor) -> asyncssh.SSHServerConnection:
        """Agree on keys. Raises ``OSError`` where that fails."""
        del who  # the connection knows
        try:
            return await asyncssh.run_server(sock, options=self._options)
        except asyncssh.Error as error:
            raise ConnectionAbortedError from error
