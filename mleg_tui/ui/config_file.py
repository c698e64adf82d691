"""The user's own settings, in a TOML file that is taken whole or not at all.

Imported only where there is such a file, or where one is to be written.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.locale import _, advice_of
from mleg_tui.services.files import EVERYBODY, contents, replacing
from mleg_tui.ui.keys import BadKeymap
from mleg_tui.ui.settings import CHOICES, Settings

_LARGEST = 1
"""Megabytes."""
_AT = re.compile(r"at line (\d+), column (\d+)")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class ConfigUnreadable(BadInput):
    """The file cannot be opened, or is not text."""

    message = N_("Nie można odczytać pliku konfiguracji {path}: {why}")
    advice = N_("Podaj inny plik albo uruchom program bez --config.")


class ConfigUnwritable(BadInput):
    """A setting cannot be kept."""

    message = N_("Nie można zapisać pliku konfiguracji {path}: {why}")
    advice = N_("Ustawienie obowiązuje do końca tej sesji.")


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
    advice = N_("Plik ma wpisy {known} i tabelę [keys].")


class WrongType(BadKeymap):
    """A value of another kind than is needed."""

    message = N_("Wpis „{id}” ma zły typ.")
    advice = N_('preset to tekst, klawisze to lista tekstów, np. ["f5", "r"].')


class WrongValue(BadKeymap):
    """A value that cannot be chosen."""

    message = N_("Wpis „{id}” nie może mieć wartości {key}.")
    advice = N_("Może mieć: {known}.")


def read_settings(path: Path) -> Settings:
    """Return the settings of a file.

    Raises ``ConfigUnreadable``, ``NotToml``, and ``BadConfig`` with the line that is wrong.
    """
    text = _text(path)
    try:
        settings = _settings(_content(path, text))
        settings.keymap  # noqa: B018 - whether its keys can be used
    except BadKeymap as error:
        id_, key = str(error.details["id"]), str(error.details["key"])
        line = _line(text, id_, key)
        raise BadConfig(path=path, line=line, why=error, repair=advice_of(error)) from error
    return settings


def keep_setting(path: Path, name: str, value: object) -> None:
    """Write an entry of ``CHOICES`` into a file, and leave the rest of it as it is.

    Raises ``ConfigUnwritable``, and for a file that is there what reading it raises.
    """
    try:
        path = path.resolve()  # who keeps such files elsewhere has a link here
        before = _text(path) if path.exists() else ""
        after = _with_entry(before, name, value)
        if _content(path, after).get(name) != value:
            raise ConfigUnwritable(
                path=path, why=_("wpis {id} stoi w niezwykłym miejscu").format(id=name)
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, mode=EVERYBODY) as file:
            file.write(after.encode())
    except OSError as error:
        raise ConfigUnwritable(path=path, why=reason_of(error)) from error


def _with_entry(text: str, name: str, value: object) -> str:
    """Return the file with another value for an entry, which stands before the first table."""
    entry = f"{name} = {json.dumps(value)}"  # whose strings and truths are TOML's, too
    first_table = _TABLE.search(text)
    head = text[: first_table.start()] if first_table else text
    tables = text[len(head) :]
    changed, number = re.subn(
        rf"^[ \t]*{name}[ \t]*=.*$", lambda _old: entry, head, flags=re.MULTILINE
    )
    if number:
        return changed + tables
    begun = head.rstrip("\n")
    gap = "\n\n" if tables else "\n"
    return (f"{begun}\n" if begun else "") + entry + gap + tables


def _text(path: Path) -> str:
    try:
        return contents(path, _LARGEST).decode()
    except OSError as error:
        raise ConfigUnreadable(path=path, why=reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise NotToml(path=path, why=_("nie jest w UTF-8")) from error


def _content(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotToml(path=path, why=_where(error)) from error


def _where(error: Exception) -> str:
    """Say where a file is no TOML any more; tomllib's words are English."""
    at = _AT.search(str(error))
    if at is None:
        return _("nie da się odczytać do końca")
    return _("wiersz {line}, kolumna {column}").format(line=at[1], column=at[2])


def _settings(content: Mapping[str, object]) -> Settings:
    chosen = {name: value for name, value in content.items() if name != "keys"}
    for name, value in chosen.items():
        if name not in CHOICES:
            raise UnknownEntry(id=name, known=", ".join(CHOICES))
        if type(value) is not type(CHOICES[name][0]):
            raise WrongType(id=name)
        if value not in CHOICES[name] and name != "preset":  # of which the nearest is told
            known = ", ".join(map(json.dumps, CHOICES[name]))
            raise WrongValue(id=name, key=value, known=known)
    keys = content.get("keys", {})
    if not isinstance(keys, dict):
        raise WrongType(id="keys")
    return Settings(**chosen, keys=dict(_entries(keys)))  # type: ignore[arg-type]


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
