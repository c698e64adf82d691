"""How every scene begins: the moment, the seed, and the demo data, which may be a team's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.services.demo_data import LARGEST, load, own_directory
from mleg_tui.services.files import contents, naming
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.store import KINDS, Record, Store, View

SEED = 7
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=WARSAW)
_UNIVERSITIES = "universities.json"

NewStore = Callable[[], Store]
"""Makes an empty store; whoever names adapters brings it."""
_beginnings: dict[Path | None, tuple[Record, ...]] = {}


class NoData(BadInput):
    """The folder has no file of demo data in it."""

    message = N_("W folderze {folder} nie ma danych, np. universities.json.")
    advice = N_("Wskaż folder z plikami takimi jak w demo_data.")


@contextmanager
def completed(folder: Path | None) -> Iterator[Path | None]:
    """Give a folder with all demo data for a folder with some, checked; none for none.

    The universities of the two are put together, and one with the same ``id`` is the given
    folder's; every other file is either the one or the other. Raises ``NoData``, ``BadDemoData``,
    ``BadFile`` and ``FileTooLarge``.
    """
    if folder is None:
        yield None
        return
    names = [path.name for path in own_directory().glob("*.json")]
    if not any((folder / name).is_file() for name in names):
        raise NoData(folder=folder)
    with TemporaryDirectory(prefix="mleg-tui-") as made:
        whole = Path(made)
        for name in names:
            given = folder / name if (folder / name).is_file() else own_directory() / name
            with naming(given):
                (whole / name).write_bytes(contents(given, LARGEST))
        _put_together(whole / _UNIVERSITIES)
        load(whole, NOW.date())
        yield whole


def _put_together(path: Path) -> None:
    """Add what only the program's own file has, unless the given one cannot be understood."""
    own = json.loads((own_directory() / path.name).read_bytes())
    try:
        path.write_text(json.dumps(_both(own, json.loads(path.read_bytes()))), "utf-8")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return  # loading it says what is wrong, and where


def _both(own: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the given file with what it lacks; its universities keep their places in it."""
    ids = {university["id"] for university in given["universities"]}
    rest = [university for university in own["universities"] if university["id"] not in ids]
    return {
        **given,
        "regulations": {**own["regulations"], **given.get("regulations", {})},
        "skins": {**own["skins"], **given.get("skins", {})},
        "universities": [*given["universities"], *rest],
    }


def founded(new_store: NewStore, data: Path | None) -> Store:
    """Make a store and fill it; the demo data are read once in a process."""
    store = new_store()
    if data in _beginnings:
        store.transact(lambda work: [work.add(record) for record in _beginnings[data]])
    else:
        fill_if_new(store, Beginning(seed=SEED, now=NOW, data=data), NOW)
        _beginnings[data] = store.read(_everything)
    return store


def _everything(view: View) -> tuple[Record, ...]:
    return tuple(record for kind in KINDS.values() for record in view.select(kind))
