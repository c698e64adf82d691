"""The lock of those who write, on all machines: they update the one row of ``meta``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from mleg_tui.domain.messages import N_
from mleg_tui.services.plain_values import from_plain
from mleg_tui.stores import schema
from mleg_tui.stores.sql.layout import FORMAT, META_ID, Layout
from mleg_tui.stores.sql.statements import Prepared

_BAD_META = N_("tabela meta jest niezrozumiała")
_REMEMBERED = 128
_MARK_LENGTH = 12
_KEPT = _REMEMBERED * _MARK_LENGTH


class UnlikeItsSchema(ValueError):
    """What a store holds is not what it says of itself."""


@dataclass(frozen=True, slots=True)
class MetaRow:
    """What ``meta`` says."""

    format: str
    schema_version: int
    layout: str
    revision: int
    recent: str = ""


@dataclass(slots=True)
class Attempt:
    """A transaction through all its tries, so that it cannot happen twice.

    ``mark`` names it in ``recent`` when it was committed. ``result`` is what the try returned that
    came as far as to commit, and ``revision`` the one it would have made.
    """

    mark: str = field(default_factory=lambda: secrets.token_hex(_MARK_LENGTH // 2))
    committing: bool = False
    result: Any = None
    revision: int = 0

    def happened(self, meta: MetaRow) -> bool:
        """Tell whether an earlier try was committed, from what ``meta`` says under the lock."""
        return self.committing and meta.recent.count(self.mark) > 1

    def is_forgotten(self, meta: MetaRow) -> bool:
        """Tell whether so much was written since an earlier try that nobody knows any more."""
        return self.committing and meta.revision - self.revision >= _REMEMBERED


class Meta:
    """The statements for the row of ``meta``.

    ``notify`` is something for the database to evaluate in every transaction that is committed.
    """

    def __init__(self, layout: Layout, dialect: Dialect, notify: ColumnElement[Any] | None) -> None:
        meta = layout.meta
        row = (meta.c.format, meta.c.schema_version, meta.c.layout, meta.c.revision)
        self._meta = meta
        self._look = Prepared(select(*row), dialect)
        take = (
            update(meta)
            .values(
                revision=meta.c.revision + 1,
                recent=func.substr(bindparam("mark", type_=Text) + meta.c.recent, 1, _KEPT),
            )
            .returning(*row, meta.c.recent, *(() if notify is None else (notify,)))
        )
        self._take = Prepared(take, dialect)

    def look(self, connection: Connection) -> MetaRow | None:
        """Return what is written there."""
        row = self._look.run(connection, {}).fetchone()
        return None if row is None else _meta_row(row)

    def take(self, connection: Connection, mark: str) -> MetaRow | None:
        """Wait for all others who write, then return what the row will say after the commit."""
        row = self._take.run(connection, {"mark": mark}).fetchone()
        return None if row is None else _meta_row(row[:5])

    def begin(self, connection: Connection, layout: Layout) -> None:
        """Write the row of a new store."""
        connection.execute(insert(self._meta), asdict(_first_row(layout)) | {"id": META_ID})

    def bring_up_to_date(self, connection: Connection, layout: Layout) -> None:
        """Write that the store now has today's schema and layout."""
        today = {"schema_version": schema.CURRENT, "layout": layout.text}
        connection.execute(update(self._meta), today)


def _meta_row(row: Iterable[object]) -> MetaRow:
    """Return a row as what it says, if it can be what we wrote: SQLite's columns hold anything."""
    told = dict(zip(MetaRow.__slots__, row, strict=False))
    try:
        return from_plain(told, MetaRow)
    except msgspec.ValidationError as error:
        raise UnlikeItsSchema(_BAD_META) from error


def _first_row(layout: Layout) -> MetaRow:
    return MetaRow(FORMAT, schema.CURRENT, layout.text, revision=0)
