"""The default store: one readable JSON file, kept by TinyDB, shared by many processes."""

from mleg_tui.stores.tinydb.store import TinyDbStore

__all__ = ["TinyDbStore"]
