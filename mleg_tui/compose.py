"""The only place that names adapters: settings to services."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mleg_tui.domain.calendar import WARSAW, utc
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.services.clock import Clock, SystemClock
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.services import Services
from mleg_tui.services.store import KeepCopy, PlacedStore, StoreUnsupported, View
from mleg_tui.simulation.timeline import EARLIEST, LATEST

if TYPE_CHECKING:
    from mleg_tui.services.worlds import Worlds

_SEED = r"-?[0-9]{1,18}"
_SHOWN = 40
_LARGEST_WORLD = 5_000
"""Changes in a world of one's own: some hours of practice, and about 15 MB."""


class BadSetting(BadInput):
    """An environment variable that cannot be understood."""

    message = N_("Zmienna {name} ma niezrozumiałą wartość „{value}”.")
    advice = N_("Oczekiwano: {expected}")


class Settings(NamedTuple):
    """Where the store is, and how a new one begins."""

    store: str
    beginning: Beginning = Beginning()


def settings_from(environ: Mapping[str, str], store: str | None = None) -> Settings:
    """Read ``MLEG_TUI_STORE``, ``MLEG_TUI_SEED`` and ``MLEG_TUI_NOW``. Raises ``BadSetting``."""
    return Settings(
        store=store or environ.get("MLEG_TUI_STORE") or default_store(),
        beginning=Beginning(seed=_seed(environ), now=_now(environ)),
    )


def default_store() -> str:
    """Return the path of the store in the user's data directory."""
    from platformdirs import user_data_path

    return str(user_data_path("mleg-tui", appauthor=False) / "store.json")


def open_store(url: str) -> PlacedStore:
    """Return the adapter for a store's URL; a file is not made yet. Raises ``StoreUnusable``."""
    scheme, colon, rest = url.partition(":")
    if not colon or "/" in scheme or os.sep in scheme or len(scheme) == 1:
        scheme, rest = "tinydb", url
    if scheme == "memory" and not rest:
        from mleg_tui.stores.memory import MemoryStore

        return MemoryStore()
    if scheme == "tinydb":
        from mleg_tui.stores.tinydb import TinyDbStore

        return TinyDbStore(_file(scheme, rest))
    if scheme in ("sqlite", "postgresql", "postgres"):
        return _sql_store(scheme, rest)
    raise StoreUnsupported(path=f"{scheme}:", reason=scheme)


def location(url: str) -> str:
    """Return where a store is: a whole path if it is a file, and never a password.

    Raises ``StoreUnsupported``.
    """
    with closing(open_store(url)) as store:
        return store.place


def open_services(settings: Settings, clock: Clock | None = None) -> Services:
    """Open the store, fill it if it is new, and return the services over it."""
    clock = clock or SystemClock()
    store = open_store(settings.store)
    try:
        fill_if_new(store, settings.beginning, clock.now())
    except BaseException:
        store.close()
        raise
    copy = copying(store.place, "reset") if is_file(store.place) else None
    return Services(store, clock, copy)


def own_worlds(shared: Services, beginning: Beginning, data: str | None = None) -> Worlds:
    """Return what makes worlds of one's own beside a store; how a new store begins, do they.

    They may have a folder of demo ``data`` of their own. Those of participants are kept in it.
    """
    from mleg_tui.services.worlds import Worlds  # noqa: PLC0415 - a server's only
    from mleg_tui.stores.kept_world import KeptWorld
    from mleg_tui.stores.memory import MemoryStore

    return Worlds(
        partial(MemoryStore, _LARGEST_WORLD),
        partial(KeptWorld, shared.participants, most=_LARGEST_WORLD),
        shared.clock,
        shared.off_loop,
        beginning if data is None else beginning._replace(data=Path(data)),
    )


def is_file(place: str) -> bool:
    """Tell whether a store is a file, so that a copy can be put beside it."""
    return Path(place.removeprefix("sqlite:")).is_file()


def copying(place: str, occasion: str) -> KeepCopy:
    """Return what puts all that is in a store aside: beside it if it is a file, else here."""

    def keep(view: View) -> Path:
        from mleg_tui.stores import transfer

        copy = transfer.place_of_copy(place, occasion)
        transfer.write(copy, transfer.exported(view))
        return copy

    return keep


def _file(scheme: str, path: str) -> Path:
    if not path:
        raise StoreUnsupported(path=f"{scheme}:", reason=f"{scheme}:PATH")
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # nobody has this home directory
        raise StoreUnsupported(path=path, reason=reason_of(error)) from error


def _sql_store(scheme: str, rest: str) -> PlacedStore:
    try:
        from mleg_tui.stores.sql import postgresql_store, sqlite_store
    except ModuleNotFoundError as error:
        raise StoreUnsupported(path=f"{scheme}:", reason="pip install mleg-tui[sql]") from error
    if scheme == "sqlite":
        return sqlite_store(_file(scheme, rest))
    return postgresql_store(f"postgresql:{rest}")


def _seed(environ: Mapping[str, str]) -> int | None:
    text = environ.get("MLEG_TUI_SEED")
    if not text:
        return None
    if not re.fullmatch(_SEED, text):
        raise BadSetting(name="MLEG_TUI_SEED", value=text[:_SHOWN], expected="7")
    return int(text)


def _now(environ: Mapping[str, str]) -> datetime | None:
    """Read ``MLEG_TUI_NOW``, in 1900 or later; without a zone it is Warsaw's time."""
    text = environ.get("MLEG_TUI_NOW")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = utc(moment if moment.tzinfo else moment.replace(tzinfo=WARSAW))
    except (ValueError, OverflowError):
        moment = LATEST
    if not EARLIEST <= moment < LATEST:
        example = "2026-10-05T09:00:00+02:00"
        raise BadSetting(name="MLEG_TUI_NOW", value=text[:_SHOWN], expected=example)
    return moment
