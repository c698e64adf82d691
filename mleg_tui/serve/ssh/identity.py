"""With ``--ssh-login``: SSH itself asks who somebody is, and knows the program's own accounts."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import asyncssh

from mleg_tui.domain.errors import LoginRefused
from mleg_tui.serve.ssh.authorized_keys import authorized_keys
from mleg_tui.serve.ssh.log import log
from mleg_tui.services.login import Login
from mleg_tui.services.session import Session

_AT_A_TIME = 2


class Identities:
    """Checks passwords and keys off the loop, in threads of its own: sessions need the others."""

    def __init__(self, login: Login, folder: str | None) -> None:
        self._login = login
        self._folder = None if folder is None else Path(folder).expanduser()
        self._threads = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="passwords")

    @property
    def know_keys(self) -> bool:
        """Whether public keys count."""
        return self._folder is not None

    async def is_password(self, name: str, password: str, source: str) -> bool:
        """Say whether the password is right; it takes as long for a name that is nobody's.

        Raises ``LoginRefused`` where an address tried too often, or the account is blocked.
        """
        loop = asyncio.get_running_loop()
        sign_in = self._login.sign_in
        try:
            await loop.run_in_executor(self._threads, sign_in, name, password, source)
        except LoginRefused as error:
            log.info("log-in refused: %s", type(error).__name__)
            return False
        return True

    async def session(self, name: str) -> Session:
        """Return the session of somebody who has proved who they are. Raises ``LoginRefused``."""
        return await asyncio.to_thread(self._login.vouch, name)

    async def keys(self, name: str) -> asyncssh.SSHAuthorizedKeys:
        """Return the public keys that stand for an account."""
        if self._folder is None:
            return asyncssh.SSHAuthorizedKeys()
        loop, now = asyncio.get_running_loop(), datetime.now(UTC)
        return await loop.run_in_executor(self._threads, authorized_keys, self._folder, name, now)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
