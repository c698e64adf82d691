"""``mleg-tui store export`` and ``import``: the files that stores are moved in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.services import roster
from mleg_tui.services.store import PlacedStore, View, Work
from mleg_tui.stores.transfer import exported, is_empty, restore, understood

STANDARD = "-"


class BadFile(BadInput):
    """The operating system does not let us read or write a file."""

    message = N_("Pliku nie można użyć: {path} ({reason})")
    advice = N_("Sprawdź ścieżkę i prawa do niej.")


def export(store: PlacedStore, file: str) -> None:
    """Write all that is in the store to a file, or to standard output."""
    lines = store.read(lambda view: list(exported(view)))
    if file == STANDARD:
        sys.stdout.buffer.writelines(line + b"\n" for line in lines)
    else:
        _write(Path(file).expanduser(), lines)


def import_all(store: PlacedStore, file: str, *, replacing: bool) -> tuple[int, Path | None]:
    """Read an export into the store; return how many records, and the copy of what was there."""
    records = understood(_read(file).splitlines())
    copy = _place_of_copy(store.place, "import") if replacing else None

    def change(work: Work) -> bool:
        kept = copy is not None and not is_empty(work)
        if kept and copy is not None:
            _write(copy, exported(work))
        restore(work, records, replacing=replacing)
        return kept

    return len(records), copy if store.transact(change) else None


def import_roster(store: PlacedStore, file: str) -> int:
    """Read other people's list of students into the store; return how many they are."""
    with _naming(file):
        text = _read(file).decode()
    return roster.enrol(store, roster.read(text))


def copy_aside(place: str, view: View, occasion: str) -> Path:
    """Write all that is in the store to a file beside it, and return where that is."""
    copy = _place_of_copy(place, occasion)
    _write(copy, exported(view))
    return copy


def _place_of_copy(place: str, occasion: str) -> Path:
    """Return a place beside the store if it is a file, else here."""
    beside = Path(place.removeprefix("sqlite:"))
    stem = beside if beside.is_file() else Path("mleg-tui")
    return stem.with_name(f"{stem.name}.before-{occasion}-{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl")


def _read(file: str) -> bytes:
    with _naming(file):
        return sys.stdin.buffer.read() if file == STANDARD else Path(file).expanduser().read_bytes()


def _write(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file for the owner only, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    with _naming(str(path)):
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            target.writelines(line + b"\n" for line in lines)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)


@contextmanager
def _naming(path: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise BadFile(path=path, reason="UTF-8") from error
    except (OSError, RuntimeError) as error:
        raise BadFile(path=path, reason=getattr(error, "strerror", None) or error) from error
