"""The file of a recording: written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.files import EVERYBODY, replacing


class FileThere(Refused):
    """Nothing that is there already is written over."""

    message = N_("Plik {path} już istnieje.")
    advice = N_("Podaj inną nazwę albo usuń go.")


class CannotWrite(BadInput):
    """The folder cannot be written to."""

    message = N_("Nie można zapisać nagrania {path}: {reason}")
    advice = N_("Podaj plik w folderze, który istnieje i do którego wolno pisać.")


def check_target(text: str) -> Path:
    """Return the path of a recording to be. Raises ``FileThere`` and ``CannotWrite``."""
    path = Path(text)
    try:
        if path.exists() or path.is_symlink():
            raise FileThere(path=path)
        with NamedTemporaryFile(dir=path.parent):
            return path
    except OSError as error:
        raise CannotWrite(path=path, reason=reason_of(error)) from error


def keep(path: Path, content: bytes) -> None:
    """Write the file at once. Raises ``CannotWrite``."""
    try:
        with replacing(path, mode=EVERYBODY) as file:
            file.write(content)
    except OSError as error:
        raise CannotWrite(path=path, reason=reason_of(error)) from error
