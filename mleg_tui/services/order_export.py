"""Rows of orders as files for other programs, under the warning (docs/domain.md §13)."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.inert import visible, visible_json
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
_FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would compute; blanks before it and wide forms count."""


def as_csv(rows: Iterable[OrderRow]) -> Iterator[str]:
    """Yield the rows as CSV, line by line, under the warning and the names of the fields."""
    return csv_table(_FIELDS, map(_values, rows))


def as_json(rows: Iterable[OrderRow]) -> Iterator[str]:
    """Yield the rows as one JSON document, piece by piece, which begins with the warning."""
    orders = (dict(zip(_FIELDS, _values(row), strict=True)) for row in rows)
    return json_list("orders", orders)


def csv_table(fields: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a CSV file of the warning, the names of the fields and rows, however many there are."""
    yield _csv_line([f"# {NOTICE}"])
    yield _csv_line(fields)
    for row in rows:
        yield _csv_line(map(_harmless, row))


def json_list(name: str, items: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield a JSON document of the warning and a list, piece by piece, however long it is."""
    yield f'{{\n  "simulation": {_as_json(str(NOTICE))},\n  "{name}": ['
    apart = "\n"
    for item in items:
        yield apart + indent(_as_json(item), "    ")
        apart = ",\n"
    yield "]\n}\n" if apart == "\n" else "\n  ]\n}\n"


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _as_json(value: object) -> str:
    return visible_json(json.dumps(value, ensure_ascii=False, indent=2))


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
    begins = unicodedata.normalize("NFKC", value.lstrip()[:1])
    return visible(f"'{value}" if begins.startswith(_FORMULA) else value)
