"""Files beside a store: a copy of what was there before it is replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.services.store import View
from mleg_tui.stores.transfer import exported


class BadFile(BadInput):
    """The operating system does not let us read or write a file."""

    message = N_("Pliku nie można użyć: {path} ({reason})")
    advice = N_("Sprawdź ścieżkę i prawa do niej.")


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
    """Write a file for the owner only, whole or not at all. Raises ``BadFile``."""
    fresh = path.with_name(path.name + ".new")
    with naming(str(path)):
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            target.writelines(line + b"\n" for line in lines)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Turn what goes wrong with a file into ``BadFile``, which names it."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise BadFile(path=path, reason="UTF-8") from error
    except (OSError, RuntimeError) as error:
        raise BadFile(path=path, reason=getattr(error, "strerror", None) or error) from error
