"""What is in the file: JSON as TinyDB lays it out, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from mleg_tui.domain.text import N_
from mleg_tui.services.store import StoreForeign, StoreTooNew
from mleg_tui.stores import schema
from mleg_tui.stores.schema import Documents
from mleg_tui.stores.tinydb.files import StoreFile

_FORMAT = "mleg-tui"
_META = "_meta"
_META_ID = "store"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BAD_META = N_("tabela _meta jest niezrozumiała")


@dataclass(frozen=True, slots=True)
class Content:
    """The documents of a file, in today's schema.

    ``written_in`` is the schema that the file itself has; ``revision`` counts its transactions.
    """

    documents: Documents = field(default_factory=dict)
    written_in: int = field(default_factory=lambda: schema.CURRENT)
    revision: int = 0


class _Meta(msgspec.Struct):
    format: str
    schema: int
    revision: int


def parsed(raw: bytes, file: StoreFile) -> Content:
    """Return a file's content. Raises ``StoreCorrupt``, ``StoreForeign`` or ``StoreTooNew``."""
    try:
        value = msgspec.json.decode(raw.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        raise file.corrupt(str(error)) from error
    meta = _meta(value, file)
    documents = _documents(value, file)
    try:
        documents = schema.migrated(documents, meta.schema)
    except (LookupError, TypeError, ValueError) as error:
        raise file.corrupt(repr(error)) from error
    return Content(documents, meta.schema, meta.revision)


def rendered(content: Content) -> bytes:
    """Return content as JSON that a person can read and edit."""
    meta = {"format": _FORMAT, "schema": content.written_in, "revision": content.revision}
    tables = {_META: {_META_ID: meta}, **content.documents}
    return msgspec.json.format(msgspec.json.encode(tables), indent=2) + b"\n"


def _meta(value: Any, file: StoreFile) -> _Meta:
    match value:
        case {"_meta": {"store": {"format": str() as name} as raw}} if name == _FORMAT:
            pass
        case _:
            raise StoreForeign(path=file.path)
    try:
        meta = msgspec.convert(raw, _Meta)
    except msgspec.ValidationError as error:
        raise file.corrupt(_BAD_META) from error
    if meta.schema > schema.CURRENT:
        raise StoreTooNew(path=file.path, found=meta.schema)
    if meta.schema < 1:
        raise file.corrupt(_BAD_META)
    return meta


def _documents(value: dict[str, Any], file: StoreFile) -> Documents:
    tables = {name: table for name, table in value.items() if name != _META}
    odd = next(_not_documents(tables), None)
    if odd is not None:
        raise file.corrupt(odd)
    return tables


def _not_documents(tables: dict[str, Any]) -> Iterator[str]:
    for name, table in tables.items():
        if isinstance(table, dict):
            odd = (id_ for id_, document in table.items() if not isinstance(document, dict))
            yield from (f"{name}/{id_}" for id_ in odd)
        else:
            yield name
