"""With ``--ssh-login``: SSH itself asks who somebody is, and knows the program's own accounts."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncssh

from mleg_tui.domain.errors import LoginRefused
from mleg_tui.serve.ssh.log import log
from mleg_tui.services.login import Login
from mleg_tui.services.session import Session

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_LARGEST_FILE = 64 * 1024
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

    def keys(self, name: str) -> asyncssh.SSHAuthorizedKeys | None:
        """Return the public keys that stand for an account."""
        if self._folder is None or not _FILE_NAME.fullmatch(name):
            return None
        try:
            return asyncssh.import_authorized_keys(_own(self._folder / name))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError, ValueError) as error:
            log.warning("the keys of %s cannot be used: %s", name, error)
            return None

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _own(path: Path) -> str:
    """Return a file that nobody else could have written. Raises ``OSError``, ``ValueError``."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_FILE:
            message = "not a small file"
            raise ValueError(message)
        if status.st_uid not in (0, os.geteuid()) or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            message = "others may write it"
            raise ValueError(message)
        return file.read().decode()
