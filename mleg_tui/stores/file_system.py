"""Files and directories of stores: who else may look into them, whether locks hold, what fails."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.files import OWNER_ONLY
from mleg_tui.services.store import StoreFull, StoreReadOnly, StoreUnreadable, StoreUnsupported

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_FILES = N_("nie można tu założyć pliku")
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WITH_GROUP = 0o660
_NETWORK = frozenset({"afs", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"})
_MOUNTS = Path("/proc/self/mountinfo")
_NO_LOCKS = N_("blokady na sieciowym systemie plików nie są pewne; użyj lokalnego dysku albo bazy")
_NO_EFFECT = N_("blokada pliku nie zatrzymała drugiego procesu; użyj lokalnego dysku albo bazy")
_REFUSED = 75
_TRIAL = f"""import fcntl, sys
with open(sys.argv[2], "r+b") as file:
    try:
        getattr(fcntl, sys.argv[1])(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit({_REFUSED})
"""
LockCall = Literal["flock", "lockf"]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the body into ``StoreUnreadable``."""
    try:
        yield
    except OSError as error:
        raise StoreUnreadable(path=path, reason=reason_of(error)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` into ``StoreFull``, ``StoreReadOnly`` or ``StoreUnsupported``."""
    try:
        yield
    except FileNotFoundError as error:  # the directories are there, or were made just now
        raise StoreUnsupported(path=path, reason=_NO_FILES) from error
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull(path=path) from error
        if error.errno in _READ_ONLY:
            raise StoreReadOnly(path=path) from error
        raise StoreUnsupported(path=path, reason=reason_of(error)) from error


def mode_in(directory: Path) -> int:
    """Return the mode of a new file: a shared directory (set-group-id) shares its files."""
    mode = directory.stat().st_mode
    shared = mode & stat.S_ISGID and mode & stat.S_IWGRP
    return _WITH_GROUP if shared else OWNER_ONLY


def make_private(directory: Path) -> None:
    """Make a directory and those above it that are missing, for the owner only."""
    missing = [place for place in (directory, *directory.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def check_local(path: Path) -> None:
    """Raise ``StoreUnsupported`` on a network file system, whose locks may hold or not."""
    whole = Path(os.path.realpath(path))  # of a loop, as far as it leads
    above = {str(directory) for directory in (whole, *whole.parents)}
    kinds = {mount: kind for mount, kind in _mounts() if mount in above}
    if kinds and kinds[max(kinds, key=len)] in _NETWORK:
        raise StoreUnsupported(path=path, reason=_NO_LOCKS)


def check_locks(directory: Path, call: LockCall) -> None:
    """Lock a file of our own and let another process try: it has to be refused.

    ``call`` is the function of ``fcntl`` that the store relies on. Raises ``StoreUnsupported``
    where no lock can be had or none holds. Does nothing where no file can be made: who cannot
    write needs no lock.
    """
    if os.access(directory, os.W_OK) and os.statvfs(directory).f_bavail:
        with (
            writing(directory),
            tempfile.NamedTemporaryFile(dir=directory, prefix=".mleg-tui-lock-") as file,
        ):
            getattr(fcntl, call)(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _another_process_gets(Path(file.name), call):
                raise StoreUnsupported(path=directory, reason=_NO_EFFECT)


def _another_process_gets(file: Path, call: LockCall) -> bool:
    trial = [sys.executable, "-I", "-S", "-c", _TRIAL, call, str(file)]
    return subprocess.run(trial, check=False).returncode != _REFUSED  # noqa: S603 - all ours


def _mounts() -> Iterator[tuple[str, str]]:
    """Yield where each file system is and of what kind; nothing where the system does not say."""
    if _MOUNTS.exists():
        for line in _MOUNTS.read_text(errors="replace").splitlines():
            mount, _, rest = line.partition(" - ")
            yield mount.split(" ")[4], rest.split(" ")[0]
