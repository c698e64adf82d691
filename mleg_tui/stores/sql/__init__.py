"""Stores in SQL databases: one adapter for SQLite and PostgreSQL, with SQLAlchemy Core.

Tried: SQLite 3.40 and PostgreSQL 15. Only read about: CockroachDB and YugabyteDB. For them there
are no advisory locks, no serial keys and no extensions; writers take turns by updating one row,
and errors that ask for a retry get one. CockroachDB has no LISTEN and NOTIFY, so there a change
is found by asking for the revision.
"""

from mleg_tui.stores.sql.postgresql import postgresql_store
from mleg_tui.stores.sql.sqlite import sqlite_store

__all__ = ["postgresql_store", "sqlite_store"]
