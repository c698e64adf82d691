"""``mleg-tui store export`` and ``import``: the files that stores are moved in."""

from __future__ import annotations

import sys
from pathlib import Path

from mleg_tui.cli import given, output
from mleg_tui.services import roster
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.files import all_of, contents, naming
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import PlacedStore, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.stores.aside import place_of_copy, write
from mleg_tui.stores.transfer import exported, is_empty, restore, understood

STANDARD = "-"
_LARGEST_EXPORT, _LARGEST_ROSTER = 256, 16
"""In megabytes: both are read as a whole."""


def export(store: PlacedStore, file: str) -> None:
    """Write all that is in the store to a file, or to standard output."""
    lines = store.read(lambda view: list(exported(view)))
    if file == STANDARD:
        output.show_bytes(line + b"\n" for line in lines)
    else:
        write(given.file(file), lines)


def import_all(store: PlacedStore, file: str, *, replacing: bool) -> tuple[int, Path | None]:
    """Read an export into the store; return how many records, and the copy of what was there."""
    records = understood(_read(file, _LARGEST_EXPORT).splitlines())
    copy = place_of_copy(store.place, "import") if replacing else None

    def change(work: Work) -> bool:
        kept = copy is not None and not is_empty(work)
        if kept and copy is not None:
            write(copy, exported(work))
        restore(work, records, replacing=replacing)
        return kept

    return len(records), copy if store.transact(change) else None


def import_roster(store: PlacedStore, file: str) -> int:
    """Read other people's list of students into the store; return how many they are."""
    with naming(file):
        text = _read(file, _LARGEST_ROSTER).decode()
    work = UnitOfWork(store, SystemClock())
    return roster.enrol(work, Administrator(), roster.read(text))


def _read(file: str, most: int) -> bytes:
    with naming(file):
        if file != STANDARD:
            return contents(given.file(file), most)
        return b"" if sys.stdin is None else all_of(sys.stdin.buffer, file, most)
