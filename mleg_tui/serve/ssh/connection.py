"""A connection: its authentication, and the one session that it may have."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import asyncssh
from asyncssh.constants import (
    DISC_BY_APPLICATION,
    DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
    OPEN_ADMINISTRATIVELY_PROHIBITED,
)

from mleg_tui.domain.errors import LoginRefused, StoreUnusable
from mleg_tui.locale import _, message_of
from mleg_tui.serve.log import log
from mleg_tui.serve.ssh.asyncssh_internals import Channel, bound, open_channel
from mleg_tui.serve.ssh.disconnect_packet import without_accents
from mleg_tui.serve.ssh.session import SshContext, SshSession
from mleg_tui.serve.terminal import printable
from mleg_tui.services.attempts import Throttled
from mleg_tui.services.session import Session

_TRIES = 3
_NAMES = 6
"""By so many names in turn may somebody try to come in."""
_TO_ASK = 0.8
"""So much of the time for logging in may pass before it is said that the store is silent."""
_LINGER = 2.0
"""Seconds that a client has to go by itself when its session is over."""


class Connection(asyncssh.SSHServer):
    """One connection. Shells that are the program, plain commands, and nothing else."""

    def __init__(self, context: SshContext) -> None:
        self._context = context
        self._connected_at = time.monotonic()
        self._tries = 0
        self._names = 0
        self._session: SshSession | None = None
        self._is_taken = False
        self._who: asyncio.Task[Session] | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Note the client's address."""
        self._connection = conn
        peer = conn.get_extra_info("peername")
        if peer is None:  # gone meanwhile
            raise ConnectionAbortedError
        self.host: str = peer[0]
        bound(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        """End everything that belongs to the connection."""
        del exc
        self._stop_waiting()
        if self._session is not None:
            self._session.hang_up()
        if self._who is not None:
            self._who.cancel()

    async def begin_auth(self, username: str) -> bool:
        """Ask for a password or a key only where SSH is to say who somebody is."""
        self._names += 1
        if self._names > _NAMES:
            self._dismiss(_(Throttled.message))
            return True
        log.info("user “%s”", printable(username))
        if not self._context.settings.ssh_login:
            return False
        self._connection.set_authorized_keys(await self._context.authentication.keys(username))
        return True

    def password_auth_supported(self) -> bool:
        """Take passwords of the program's accounts."""
        return self._context.settings.ssh_login

    def public_key_auth_supported(self) -> bool:
        """Take keys where there is a folder of them, the same for every name."""
        return self._context.settings.ssh_login and self._context.authentication.accepts_keys

    async def validate_password(self, username: str, password: str) -> bool:
        """Check a password; after three wrong ones that is enough."""
        if self._tries >= _TRIES:
            return False
        self._tries += 1
        left = self._connected_at + self._context.settings.limits.login - time.monotonic()
        try:
            right = await self._context.authentication.is_password(
                username, password, self.host, within=_TO_ASK * left
            )
        except StoreUnusable as error:
            self._dismiss(message_of(error))
            return False
        if not right and self._tries >= _TRIES:
            self._dismiss(_(Throttled.message))
        return right

    def auth_completed(self) -> None:
        """Take the identity from what was proved, not from what was offered."""
        self._wait()
        if self._context.settings.ssh_login:
            name = self._connection.get_extra_info("username")
            within = self._context.settings.limits.login
            vouched = self._context.authentication.session(name, within)
            self._who = asyncio.get_running_loop().create_task(vouched)

    def session_requested(self) -> tuple[Channel, Coroutine[Any, Any, SshSession]] | bool:
        """Open the connection's one session."""
        if self._is_taken:
            return False
        self._is_taken = True
        return open_channel(self._connection), self._opened()

    async def _opened(self) -> SshSession:
        self._stop_waiting()  # whoever asks for a session waits for us, and is told
        try:
            who = None if self._who is None else await self._who
        except (LoginRefused, StoreUnusable) as error:
            self._dismiss(message_of(error))
            raise asyncssh.ChannelOpenError(
                OPEN_ADMINISTRATIVELY_PROHIBITED, message_of(error)
            ) from error
        self._wait()
        self._session = SshSession(
            self._context,
            name=printable(self._connection.get_extra_info("username")),
            host=self.host,
            who=who,
            started=self._stop_waiting,
            ended=self._linger,
        )
        return self._session

    def _wait(self) -> None:
        """Give the client time for its next request."""
        loop, limits = asyncio.get_running_loop(), self._context.settings.limits
        self._deadline = loop.call_later(limits.login, self._connection.abort)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _linger(self) -> None:
        """End the connection of a client that stays when its session is over."""
        self._deadline = asyncio.get_running_loop().call_later(_LINGER, self._close)

    def _close(self) -> None:
        self._connection.disconnect(DISC_BY_APPLICATION, "")

    def _dismiss(self, sentence: str) -> None:
        shown = without_accents(sentence)
        self._connection.disconnect(DISC_NO_MORE_AUTH_METHODS_AVAILABLE, shown)
