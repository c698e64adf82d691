"""Rows as a file, whose name tells its format. Nothing is written over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.order_export import as_csv, as_json
from mleg_tui.services.order_rows import OrderRow

LONGEST_PATH = 1024
_WRITERS = {".csv": as_csv, ".json": as_json}


class BadExportName(BadInput):
    """Not the name of a file that could be written."""

    message = N_("Z nazwy pliku nie wynika format.")
    advice = N_("Podaj nazwę, która kończy się na .csv albo .json.")


class NotWritten(BadInput):
    """The file cannot be written, or is there already."""

    message = N_("Nie można zapisać pliku {path}: {reason}.")
    advice = N_("Istniejących plików eksport nie nadpisuje. Podaj inną nazwę.")


class NotOnThisDisk(Refused):
    """A session that is served would write on the server, not on the user's machine."""

    message = N_("W sesji zdalnej eksport trafiłby na dysk serwera, więc nie jest zapisywany.")
    advice = N_("Na maszynie z magazynem danych użyj polecenia mleg-tui office export.")


def path_from(typed: str) -> Path:
    """Return the path that was typed. Raises ``BadExportName``."""
    path = Path(typed.strip())
    if path.suffix.lower() not in _WRITERS:
        raise BadExportName
    return path


def export(rows: Iterable[OrderRow], typed: str) -> tuple[Path, int]:
    """Write rows to a new file; return where it is, and how many they are.

    Raises ``BadExportName`` and ``NotWritten``.
    """
    count = 0

    def counted() -> Iterator[OrderRow]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    writers = {suffix: partial(write, counted()) for suffix, write in _WRITERS.items()}
    return write_new(typed, writers), count


def write_new(typed: str, writers: Mapping[str, Callable[[], Iterable[str]]]) -> Path:
    """Write a new file by the writer for how its name ends; return where it is.

    Raises ``BadExportName`` and ``NotWritten``.
    """
    path = path_from(typed)
    try:
        path = path.expanduser()
        with path.open("x", encoding="utf-8", newline="") as file, _nothing_left_of(path):
            file.writelines(writers[path.suffix.lower()]())
            file.flush()
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody has this home directory
        raise NotWritten(path=path, reason=reason_of(error)) from error
    return path


@contextmanager
def _nothing_left_of(path: Path) -> Iterator[None]:
    """Remove a file that could not be written whole, as on a full disk."""
    try:
        yield
    except OSError:
        path.unlink(missing_ok=True)
        raise
