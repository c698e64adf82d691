"""Files beside a store: a copy of what was there before it is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mleg_tui.services.files import naming, write_whole
from mleg_tui.services.store import View
from mleg_tui.stores.transfer import exported


def copy_aside(place: str, view: View, occasion: str) -> Path:
    """Write all that is in the store to a file beside it, and return where. Raises ``BadFile``."""
    copy = place_of_copy(place, occasion)
    write(copy, exported(view))
    return copy


def place_of_copy(place: str, occasion: str) -> Path:
    """Return a place beside the store if it is a file, else here."""
    beside = Path(place.removeprefix("sqlite:"))
    stem = beside if beside.is_file() else Path("mleg-tui")
    return stem.with_name(f"{stem.name}.before-{occasion}-{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl")


def write(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines to a file for the owner only, whole or not at all. Raises ``BadFile``."""
    with naming(path):
        write_whole(path, (line + b"\n" for line in lines))
