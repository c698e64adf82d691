"""Stores in SQL databases: one adapter for SQLite and PostgreSQL, with SQLAlchemy Core.

Records are documents beside columns that repeat what they are looked for by (``layout``), and a
query is answered along the indexes of these (``lookup``, ``search``); words have an index of each
database's own (``full_text``). What a transaction changed is written at its end, with all that
follows from it in other records (``transaction``), and is named in a log (``change_log``).

Tried: SQLite 3.40 and PostgreSQL 15. Only read about: CockroachDB and YugabyteDB. For them there
are no advisory locks, no serial keys and no extensions; an inverted index on an array and a
trigger in PL/pgSQL are all that is special. Writers take turns by updating one row, and errors
that ask for a retry get one. CockroachDB has no LISTEN and NOTIFY, so there a change is found by
asking for the revision.
"""

from mleg_tui.stores.sql.postgresql import postgresql_store
from mleg_tui.stores.sql.sqlite import sqlite_store

__all__ = ["postgresql_store", "sqlite_store"]
