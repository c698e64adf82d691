"""The server's own key: made on the first run, for its owner's eyes only."""

from __future__ import annotations

import secrets
import stat
from contextlib import suppress
from pathlib import Path

import asyncssh

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.files import name_new, replacing

_KIND = "ssh-ed25519"


class BadHostKey(Refused):
    """The host key's file cannot be used."""

    message = N_("Nie można użyć klucza serwera: {path} ({reason})")
    advice = N_("Popraw plik i jego prawa (0600) albo wskaż inny opcją --host-key.")


_OPEN_TO_OTHERS = N_("mogą go czytać inni")
_NOT_A_FILE = N_("to nie jest plik")
_NO_KEY = N_("to nie jest klucz prywatny")
_LOCKED = N_("klucz jest chroniony hasłem")
_LARGEST = 64 * 1024


def host_key(path: Path) -> asyncssh.SSHKey:
    """Return the key in a file, which is made if it is not there. Raises ``BadHostKey``."""
    try:
        if not path.exists():
            _make(path)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise BadHostKey(path=path, reason=_NOT_A_FILE)
        if status.st_size > _LARGEST:
            raise BadHostKey(path=path, reason=_NO_KEY)
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise BadHostKey(path=path, reason=_OPEN_TO_OTHERS)
        return asyncssh.read_private_key(path)
    except OSError as error:
        raise BadHostKey(path=path, reason=reason_of(error)) from error
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        reason = _LOCKED if "passphrase" in str(error).lower() else _NO_KEY
        raise BadHostKey(path=path, reason=reason) from error


def fingerprint(key: asyncssh.SSHKey) -> str:
    """Return what a client shows of the key: ``SHA256:…``."""
    return key.get_fingerprint()


def _make(path: Path) -> None:
    """Make a key under another name first: who comes second finds a whole one, and keeps it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = asyncssh.generate_private_key(_KIND, comment="mleg-tui")
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with replacing(draft) as file:
        file.write(key.export_private_key())
    try:
        with suppress(FileExistsError):
            name_new(draft, path)
    finally:
        draft.unlink(missing_ok=True)
