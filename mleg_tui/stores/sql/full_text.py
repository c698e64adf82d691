"""Finding rows by the beginnings of their words: each database has an index of its own for that.

Both keep themselves up to date by triggers on the column ``words``. Tried, and slower by a factor
of ten where two frequent words meet: a table of terms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template
from types import MappingProxyType
from typing import Any

from sqlalchemy import ARRAY, Select, Text, bindparam, column, func, literal_column, select, text
from sqlalchemy import table as named

from mleg_tui.stores.sql.layout import ID, PREFIX, ROW, SORTED

_LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24)
"""How long the beginnings are by which PostgreSQL finds words; longer ones are looked at."""
_NO_LETTERS = "".join(chr(code) for code in range(1, 128) if not chr(code).isalnum() and code != 32)  # noqa: PLR2004 - ASCII without its null and space

_FTS5 = (
    """CREATE VIRTUAL TABLE ${table}_words USING fts5(
        words, content='$table', content_rowid='row', detail=none, columnsize=0,
        prefix='1 2 3 4 5 6 7 8', tokenize="ascii tokenchars '$characters'"
    )""",
    "INSERT INTO ${table}_words (${table}_words) VALUES ('rebuild')",
    "CREATE INDEX ${table}_sorted ON $table (row, id, $sorted)",
    """CREATE TRIGGER ${table}_added AFTER INSERT ON $table BEGIN
        INSERT INTO ${table}_words (rowid, words) VALUES (new.row, new.words);
    END""",
    """CREATE TRIGGER ${table}_removed AFTER DELETE ON $table BEGIN
        INSERT INTO ${table}_words (${table}_words, rowid, words)
        VALUES ('delete', old.row, old.words);
    END""",
    """CREATE TRIGGER ${table}_reworded AFTER UPDATE OF words ON $table BEGIN
        INSERT INTO ${table}_words (${table}_words, rowid, words)
        VALUES ('delete', old.row, old.words);
        INSERT INTO ${table}_words (rowid, words) VALUES (new.row, new.words);
    END""",
)
_GIN = (
    """CREATE OR REPLACE FUNCTION mleg_beginnings(words text) RETURNS text[]
    IMMUTABLE PARALLEL SAFE LANGUAGE sql AS '
        SELECT array_agg(DISTINCT left(word, size))
        FROM unnest(string_to_array(ltrim(words), '' '')) AS word,
            unnest(ARRAY[$lengths]) AS size
        WHERE size <= length(word)
    '""",
    """CREATE TABLE ${table}_words (
        id text COLLATE "C" PRIMARY KEY, words text COLLATE "C" NOT NULL, $columns
    )""",
    "INSERT INTO ${table}_words SELECT id, words, $sorted FROM $table",
    """CREATE INDEX ${table}_words_by_beginnings ON ${table}_words
    USING gin (mleg_beginnings(words))""",
    """CREATE OR REPLACE FUNCTION ${table}_reworded() RETURNS trigger
    LANGUAGE plpgsql AS '
        BEGIN
            IF TG_OP <> ''INSERT'' THEN
                DELETE FROM ${table}_words WHERE id = OLD.id;
            END IF;
            IF TG_OP <> ''DELETE'' THEN
                INSERT INTO ${table}_words VALUES (NEW.id, NEW.words, $new);
            END IF;
            RETURN NULL;
        END
    '""",
    """CREATE TRIGGER ${table}_reworded
    AFTER INSERT OR DELETE OR UPDATE OF words, $sorted ON $table
    FOR EACH ROW EXECUTE FUNCTION ${table}_reworded()""",
)


class Words(ABC):
    """How a database finds rows by the beginnings of their words."""

    key: str
    """The column by which rows are named: ``row`` or ``id``."""
    tells_how_many: bool
    """Whether it is cheap to ask for more than so many of very many."""
    _make: tuple[str, ...]
    _unmake: tuple[str, ...]
    _given: Mapping[str, str]

    def made(self, table: str) -> Iterator[str]:
        """Yield the statements that make the index of a table, with all that is in it."""
        names = [f"by_{name}" for name in SORTED[table.removeprefix(PREFIX)]]
        given = {
            **self._given,
            "table": table,
            "sorted": ", ".join(names),
            "columns": ", ".join(f'{name} text COLLATE "C" NOT NULL' for name in names),
            "new": ", ".join(f"NEW.{name}" for name in names),
        }
        return (Template(make).substitute(given) for make in self._make)

    def unmade(self, table: str) -> Iterator[str]:
        """Yield the statements that do away with it, if it is there."""
        return (Template(unmake).substitute(table=table) for unmake in self._unmake)

    @abstractmethod
    def found(self, table: str, count: int) -> Select[Any]:
        """Return what finds the keys of the rows that have so many words, by ``values``."""

    @abstractmethod
    def rows(self, table: str, count: int, names: Iterable[str]) -> Select[Any]:
        """Return what finds columns of these rows that are the id or ``SORTED``, without them."""

    @abstractmethod
    def values(self, words: Sequence[str]) -> Mapping[str, object]:
        """Return the values for what ``found`` returned."""


class SqliteWords(Words):
    """Finds them with FTS5."""

    key = ROW
    tells_how_many = True
    _make = _FTS5
    _unmake = (
        "DROP TRIGGER IF EXISTS ${table}_added",
        "DROP TRIGGER IF EXISTS ${table}_removed",
        "DROP TRIGGER IF EXISTS ${table}_reworded",
        "DROP INDEX IF EXISTS ${table}_sorted",
        "DROP TABLE IF EXISTS ${table}_words",
    )
    _given = MappingProxyType({"characters": _NO_LETTERS.replace("'", "''").replace('"', '""')})

    def found(self, table: str, count: int) -> Select[Any]:
        """Return what finds the keys of the rows that have some words."""
        del count
        index = name_of(table)
        matches = literal_column(index).op("MATCH")(bindparam("match", type_=Text))
        keys: Select[Any] = select(column("rowid").label("key")).select_from(named(index))
        return keys.where(matches)

    def rows(self, table: str, count: int, names: Iterable[str]) -> Select[Any]:
        """Return what finds columns of the rows with some words along an index that has them."""
        columns: list[Any] = [column(name, Text) for name in names]
        rows: Select[Any] = select(*columns).select_from(text(f"{table} INDEXED BY {table}_sorted"))
        return rows.where(column(ROW).in_(self.found(table, count)))

    def values(self, words: Sequence[str]) -> Mapping[str, object]:
        """Return the words as FTS5 has beginnings of them."""
        quoted = (word.replace('"', '""') for word in words)
        return {"match": " ".join(f'"{word}"*' for word in quoted)}


class PostgresqlWords(Words):
    """Finds them with an inverted index of the beginnings.

    It is of a table of its own, for the other table's rows move at each of their changes, and all
    their indexes have to follow.
    """

    key = ID
    tells_how_many = False
    _make = _GIN
    _unmake = (
        "DROP TRIGGER IF EXISTS ${table}_reworded ON $table",
        "DROP TABLE IF EXISTS ${table}_words",
    )
    _given = MappingProxyType({"lengths": ", ".join(map(str, _LENGTHS))})

    def found(self, table: str, count: int) -> Select[Any]:
        """Return what finds the keys of the rows that have some words."""
        has = func.mleg_beginnings(column("words")).op("@>")
        beginnings = has(bindparam("beginnings", type_=ARRAY(Text)))
        keys: Select[Any] = select(column(ID).label("key")).select_from(named(name_of(table)))
        return keys.where(beginnings, *are_there(count))

    def rows(self, table: str, count: int, names: Iterable[str]) -> Select[Any]:
        """Return what finds columns of the rows with some words in the table of words."""
        columns: list[Any] = [column(name, Text) for name in names]
        return self.found(table, count).with_only_columns(*columns)

    def values(self, words: Sequence[str]) -> Mapping[str, object]:
        """Return the longest beginnings of the words that are in the index."""
        longest = (max(size for size in _LENGTHS if size <= len(word)) for word in words)
        return {"beginnings": [word[:size] for word, size in zip(words, longest, strict=True)]}


def name_of(table: str) -> str:
    """Return what the index of a table is called."""
    return f"{table}_words"


def are_there(count: int) -> list[Any]:
    """Return the conditions that so many words begin in the column ``words``."""
    return [
        column("words", Text).like(bindparam(f"word_{number}"), escape="/")
        for number in range(count)
    ]


def patterns(words: Sequence[str]) -> dict[str, object]:
    """Return the values for what ``are_there`` returned."""
    return {f"word_{number}": _pattern(word) for number, word in enumerate(words)}


def _pattern(word: str) -> str:
    for special in "/%_":
        word = word.replace(special, f"/{special}")
    return f"% {word}%"
