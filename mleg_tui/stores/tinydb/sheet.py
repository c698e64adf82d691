"""A table as it stands in the file: one line for each document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from mleg_tui.stores.codec import Document
from mleg_tui.stores.lines import one_line

Changes = Mapping[str, bytes | None]
"""Id → the line as it is now, ``None`` if it is gone."""

_FEW = 16


class Sheet(Mapping[str, Document]):
    """Documents by id, for TinyDB; each is read from its line when it is asked for.

    A sheet never changes. ``lines`` has each document's JSON, without a line break; ``before``
    are the lines of the sheet that this one came from, and ``changes`` what was done to them.
    """

    def __init__(
        self,
        lines: Mapping[str, bytes],
        before: Mapping[str, bytes] | None = None,
        changes: Changes | None = None,
        text: bytes | None = None,
    ) -> None:
        self.lines = lines
        self.before = before
        self.changes = changes or {}
        self._text = text

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Sheet:
        """Return the sheet of a table; of a sheet, itself. Raises ``TypeError`` for odd values."""
        if isinstance(table, Sheet):
            return table
        return cls({id_: one_line(msgspec.json.encode(table[id_])) for id_ in table})

    def __getitem__(self, id_: str) -> Document:
        document: Document = msgspec.json.decode(self.lines[id_])
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def changed(self, changes: Changes) -> Sheet:
        """Return the sheet with these lines instead."""
        lines = dict(self.lines)
        for id_, line in changes.items():
            if line is None:
                del lines[id_]
            else:
                lines[id_] = line
        return type(self)(lines, self.lines, changes, self._patched(changes))

    @property
    def text(self) -> bytes:
        """The sheet as a part of the file: kept, because most sheets outlive a transaction."""
        if self._text is None:
            entries = b",".join(_entry(id_, line) for id_, line in self.lines.items())
            self._text = b"{%b\n  }" % entries if entries else b"{}"
        return self._text

    def _patched(self, changes: Changes) -> bytes | None:
        """Return the text with a few lines replaced, which is cheaper than to put it together.

        An entry begins with a line break, and nothing else in the text has one before it, so what
        is found is the entry.
        """
        text = self._text
        if text is None or len(changes) > _FEW or not self.lines:
            return None
        for id_, line in changes.items():
            known = self.lines.get(id_)
            if line is None:
                return None
            if known is None:
                text = b"%b,%b\n  }" % (text[: -len(b"\n  }")], _entry(id_, line))
            else:
                text = text.replace(_entry(id_, known), _entry(id_, line), 1)
        return text


EMPTY = Sheet({})


def _entry(id_: str, line: bytes) -> bytes:
    return b"\n    %b: %b" % (msgspec.json.encode(id_), line)
