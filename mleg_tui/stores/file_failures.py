"""What the operating system says, as the port's errors."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.store import StoreFull, StoreReadOnly, StoreUnreadable, StoreUnsupported

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_FILES = N_("nie można tu założyć pliku")
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


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
