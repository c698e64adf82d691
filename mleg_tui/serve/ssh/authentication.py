"""With ``--ssh-login``: SSH itself asks who somebody is, and knows the program's own accounts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import asyncssh

from mleg_tui.domain.errors import LoginRefused
from mleg_tui.serve.log import log
from mleg_tui.serve.ssh.authorized_keys import authorized_keys
from mleg_tui.services.off_loop import PATIENCE
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session


class Authentication:
    """Checks the passwords and finds the keys of the program's accounts."""

    def __init__(self, services: Services, folder: str | None) -> None:
        self._services = services
        self._folder = None if folder is None else Path(folder).expanduser()

    @property
    def accepts_keys(self) -> bool:
        """Whether public keys are accepted."""
        return self._folder is not None

    async def is_password(self, name: str, password: str, source: str, within: float) -> bool:
        """Say whether the password is right; it takes as long for a name that is nobody's.

        Raises ``StoreUnusable``, after so many seconds at most.
        """
        sign_in = partial(self._services.login.sign_in, name, password, source)
        try:
            await self._services.off_loop.check(sign_in, min(within, PATIENCE))
        except LoginRefused as error:
            log.info("log-in refused: %s", type(error).__name__)
            return False
        return True

    async def session(self, name: str, within: float) -> Session:
        """Return the session of somebody who has proved who they are.

        Raises ``LoginRefused``, and ``StoreUnusable`` after so many seconds at most.
        """
        vouch = partial(self._services.login.vouch, name)
        return await self._services.off_loop.ask(vouch, min(within, PATIENCE))

    async def keys(self, name: str) -> asyncssh.SSHAuthorizedKeys:
        """Return the public keys that stand for an account."""
        if self._folder is None:
            return asyncssh.SSHAuthorizedKeys()
        return await asyncio.to_thread(authorized_keys, self._folder, name, datetime.now(UTC))
