"""``mleg-tui store export`` and ``import``: the files that stores are moved in."""

from __future__ import annotations

import sys
from pathlib import Path

from mleg_tui.services import roster
from mleg_tui.services.store import PlacedStore, Work
from mleg_tui.stores.aside import naming, place_of_copy, write
from mleg_tui.stores.transfer import exported, is_empty, restore, understood

STANDARD = "-"


def export(store: PlacedStore, file: str) -> None:
    """Write all that is in the store to a file, or to standard output."""
    lines = store.read(lambda view: list(exported(view)))
    if file == STANDARD:
        sys.stdout.buffer.writelines(line + b"\n" for line in lines)
    else:
        write(Path(file).expanduser(), lines)


def import_all(store: PlacedStore, file: str, *, replacing: bool) -> tuple[int, Path | None]:
    """Read an export into the store; return how many records, and the copy of what was there."""
    records = understood(_read(file).splitlines())
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
        text = _read(file).decode()
    return roster.enrol(store, roster.read(text))


def _read(file: str) -> bytes:
    with naming(file):
        return sys.stdin.buffer.read() if file == STANDARD else Path(file).expanduser().read_bytes()
