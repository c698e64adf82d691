"""Why the operating system refused something, in words of the catalogue.

Its own words are English whatever language is spoken here, and differ from system to system.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from mleg_tui.domain.messages import N_, MessageId

_DENIED = N_("brak uprawnień")
_NO_SUPPORT = N_("ten system plików tego nie potrafi")
_TOO_MANY = N_("otwarto już zbyt wiele plików")
_NO_ADDRESS = N_("nie ma takiego adresu")
_BAD_NAME = N_("niedozwolona nazwa")
_NO_HOME = N_("nie ma takiego katalogu domowego")

_REASONS: Mapping[int, MessageId] = {
    errno.ENOENT: N_("nie ma takiego pliku ani katalogu"),
    errno.EEXIST: N_("plik już istnieje"),
    errno.EISDIR: N_("to jest katalog"),
    errno.ENOTDIR: N_("część ścieżki nie jest katalogiem"),
    errno.ELOOP: N_("dowiązania prowadzą w kółko"),
    errno.ENAMETOOLONG: N_("nazwa jest zbyt długa"),
    errno.EINVAL: _BAD_NAME,
    errno.EILSEQ: _BAD_NAME,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: N_("z tego dysku można tylko czytać"),
    errno.ENOSPC: N_("brak miejsca na dysku"),
    errno.EDQUOT: N_("przydział miejsca jest wyczerpany"),
    errno.EFBIG: N_("plik byłby zbyt duży"),
    errno.EIO: N_("błąd dysku"),
    errno.ENXIO: N_("po drugiej stronie nikogo nie ma"),
    errno.EPIPE: N_("po drugiej stronie nikogo nie ma"),
    errno.EBADF: N_("jest zamknięte"),
    errno.ETXTBSY: N_("plik jest w użyciu"),
    errno.EBUSY: N_("plik jest w użyciu"),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: N_("brak pamięci"),
    errno.ENOLCK: _NO_SUPPORT,
    errno.ENOSYS: _NO_SUPPORT,
    errno.EOPNOTSUPP: _NO_SUPPORT,
    errno.EADDRINUSE: N_("adres jest zajęty"),
    errno.EADDRNOTAVAIL: _NO_ADDRESS,
}


def reason_of(error: Exception) -> str:
    """Return why a file or an address cannot be used; a rare error by its symbol, as ``EPROTO``.

    Takes an ``OSError``, the ``RuntimeError`` of somebody without a home directory, and the
    ``ValueError`` of a name that cannot be.
    """
    if type(error).__name__ == "gaierror":  # its numbers are others than the system's
        return _NO_ADDRESS
    if isinstance(error, OSError):
        number = error.errno or 0
        return _REASONS.get(number) or errno.errorcode.get(number, type(error).__name__)
    return _NO_HOME if isinstance(error, RuntimeError) else _BAD_NAME
