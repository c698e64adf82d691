"""Rows of orders as files for other programs. The warning is part of both (domain.md §13)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.messages import NOTICE
from mleg_tui.services.order_rows import OrderRow

_FIELDS = (
    "id",
    "student",
    "name",
    "student_number",
    "university",
    "order_date",
    "expiration_date",
    "status",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


def as_csv(rows: Iterable[OrderRow]) -> str:
    """Return the rows as CSV, under the warning and the names of the fields."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f"# {NOTICE}"])
    writer.writerow(_FIELDS)
    writer.writerows([_harmless(value) for value in _values(row)] for row in rows)
    return text.getvalue()


def as_json(rows: Iterable[OrderRow]) -> str:
    """Return the rows as one JSON document, which begins with the warning."""
    orders = [dict(zip(_FIELDS, _values(row), strict=True)) for row in rows]
    document = {"simulation": str(NOTICE), "orders": orders}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _values(row: OrderRow) -> tuple[str, ...]:
    return (
        row.id,
        row.student_id,
        row.student,
        row.student_number,
        row.university_id,
        utc(row.order_date).replace(microsecond=0, tzinfo=None).isoformat() + "Z",
        row.expiration_date.isoformat(),
        row.status.name,
    )


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
