"""TinyDB's two extension points: where its tables are kept, and how a table is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from mleg_tui.stores.tinydb.storage import FileStorage

Storage.register(FileStorage)


class DocumentTable(Table):
    """A table of documents under text ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB takes any class, its hint int

    def put(self, changes: Mapping[str, bytes | None]) -> None:
        """Put lines under their ids; ``None`` removes one."""
        cast("FileStorage", self._storage).put(self.name, changes)

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        with cast("FileStorage", self.storage).transaction():
            super()._update_table(updater)


class Database(TinyDB):
    """TinyDB with tables of documents."""

    table_class = DocumentTable
