"""A pytest plugin that runs TinyDB's own tests on our storage and table.

``MLEG_TUI_SUITE_LEVEL`` says how far: at 1 the suite's ``db`` fixture is ours, at 2 every
``TinyDB`` that names no storage, and every table in our storage, is ours, too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from mleg_tui.stores.tinydb.database import DocumentTable
from mleg_tui.stores.tinydb.files import StoreFile
from mleg_tui.stores.tinydb.storage import FileStorage


class SuiteStorage(FileStorage):
    """Our storage, called as TinyDB calls its own."""

    def __init__(self, path: str | Path, **_: object) -> None:
        super().__init__(StoreFile(Path(path), timeout=10))


class SuiteTable(DocumentTable):
    """Our table, with TinyDB's numbers for ids."""

    document_id_class = int  # type: ignore[assignment]  # here as TinyDB's hint has it


def table_for(storage: Storage, name: str, **options: Any) -> Table:
    """Return our table where the storage is ours, else TinyDB's."""
    kind = SuiteTable if isinstance(storage, SuiteStorage) else Table
    return kind(storage, name, **options)


def pytest_plugin_registered(plugin: object) -> None:
    """Give the suite's ``conftest`` our storage."""
    if hasattr(plugin, "JSONStorage"):
        plugin.JSONStorage = SuiteStorage


if os.environ.get("MLEG_TUI_SUITE_LEVEL") == "2":
    TinyDB.default_storage_class = SuiteStorage  # type: ignore[assignment]
    TinyDB.table_class = staticmethod(table_for)  # type: ignore[assignment]
