"""The user's own keys, from a TOML file that is taken whole or not at all.

Imported only where there is such a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.locale import _, advice_of
from mleg_tui.services.files import contents
from mleg_tui.ui.keymap import Keymap, keymap
from mleg_tui.ui.keys import BadKeymap

_LARGEST = 1
"""Megabytes."""
_AT = re.compile(r"at line (\d+), column (\d+)")
_ENTRIES = ("preset", "keys")


class ConfigUnreadable(BadInput):
    """The file cannot be opened, or is not text."""

    message = N_("Nie można odczytać pliku konfiguracji {path}: {why}")
    advice = N_("Podaj inny plik albo uruchom program bez --config.")


class NotToml(BadInput):
    """The file is not TOML."""

    message = N_("{path}: to nie jest TOML: {why}")
    advice = N_("Wzór daje: mleg-tui keys")


class BadConfig(BadInput):
    """An entry that cannot be used, and its line; ``why`` is the error, ``repair`` its advice."""

    message = N_("{path}, wiersz {line}: {why}")
    advice = MessageId("{repair}")


class UnknownEntry(BadKeymap):
    """Something in the file that means nothing."""

    message = N_("Nieznany wpis „{id}”.")
    advice = N_("Plik ma tylko wpis preset i tabelę [keys].")


class WrongType(BadKeymap):
    """A value of another kind than is needed."""

    message = N_("Wpis „{id}” ma zły typ.")
    advice = N_('preset to tekst, klawisze to lista tekstów, np. ["f5", "r"].')


def read_keymap(path: Path) -> Keymap:
    """Return the keymap of a file.

    Raises ``ConfigUnreadable``, ``NotToml``, and ``BadConfig`` with the line that is wrong.
    """
    try:
        text = contents(path, _LARGEST).decode()
        content = tomllib.loads(text)
    except OSError as error:
        raise ConfigUnreadable(path=path, why=reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise NotToml(path=path, why=_("nie jest w UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise NotToml(path=path, why=_where(error)) from error
    try:
        return _keymap(content)
    except BadKeymap as error:
        id_, key = str(error.details["id"]), str(error.details["key"])
        line = _line(text, id_, key)
        raise BadConfig(path=path, line=line, why=error, repair=advice_of(error)) from error


def _where(error: Exception) -> str:
    """Say where a file is no TOML any more; tomllib's words are English."""
    at = _AT.search(str(error))
    if at is None:
        return _("nie da się odczytać do końca")
    return _("wiersz {line}, kolumna {column}").format(line=at[1], column=at[2])


def _keymap(content: Mapping[str, object]) -> Keymap:
    for name in content:
        if name not in _ENTRIES:
            raise UnknownEntry(id=name)
    preset, keys = content.get("preset", "default"), content.get("keys", {})
    if not isinstance(preset, str):
        raise WrongType(id="preset")
    if not isinstance(keys, dict):
        raise WrongType(id="keys")
    return keymap(preset, dict(_entries(keys)))


def _entries(keys: Mapping[str, object], above: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the ids with their keys; ``app.help`` without quotes is a table in a table."""
    for name, value in keys.items():
        match value:
            case dict():
                yield from _entries(value, f"{above}{name}.")
            case str():
                yield above + name, [value]
            case list() if all(isinstance(key, str) for key in value):
                yield above + name, value
            case _:
                raise WrongType(id=above + name)


def _line(text: str, id_: str, key: str) -> int:
    """Return where an entry stands, and in it a key; one that a preset brought is its line's."""
    name = re.escape(id_).replace(r"\.", r"[\"']?\s*\.\s*[\"']?")
    begins = (
        re.search(rf"^[ \t]*[\"']?{name}[\"']?[ \t]*=", text, re.MULTILINE)
        or re.search(rf"=[ \t]*[\"']{name}[\"']", text)
        or re.search(rf"^[ \t]*\[?[\"']?{name.rpartition('.')[2]}\b", text, re.MULTILINE)
    )
    if begins is None:
        return 1
    quoted = re.compile(rf"[\"']{re.escape(key)}[\"']") if key else None
    inside = quoted.search(text, begins.end()) if quoted else None
    return text.count("\n", 0, inside.start() if inside else begins.end()) + 1
