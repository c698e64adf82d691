"""The folder of public keys: a file of OpenSSH's ``authorized_keys`` for each account.

What a line asks for is done, or the line is not used and the log says so; asyncssh would pass over
what it does not know. See sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import asyncssh

from mleg_tui.serve.log import log

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_LARGEST_FILE = 64 * 1024
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_OPTION = re.compile(r'([A-Za-z0-9-]+)(?:="((?:\\"|[^"])*+)")?')
_KEPT = frozenset({"cert-authority", "command", "from", "no-touch-required", "principals"})
"""What asyncssh does by itself."""
_ONCE = frozenset({"command", "from", "principals"})
_DONE = frozenset(
    f"{no}{what}"
    for no in ("", "no-")
    for what in ("agent-forwarding", "port-forwarding", "user-rc", "x11-forwarding")
) | {"permitlisten", "permitopen", "tunnel"}
"""About what nobody may do here."""
_ABOUT_TERMINALS = frozenset({"no-pty", "pty", "restrict"})
_ADDRESSES = re.compile(r"!?[0-9A-Fa-f.:*?]+(/\d+)?")
_TIME = re.compile(r"(\d{8})(\d{4}(?:\d\d)?)?(Z|UTC)?", re.IGNORECASE)


class _NotUsed(ValueError):
    """A file or a line that counts for nothing, and why."""


def authorized_keys(folder: Path, name: str, now: datetime) -> asyncssh.SSHAuthorizedKeys:
    """Return the keys that stand for an account; what cannot be used is told to the log."""
    usable: list[str] = []
    if _FILE_NAME.fullmatch(name):
        try:
            lines = _own(folder / name).splitlines()
        except FileNotFoundError:
            lines = []
        except (OSError, ValueError) as error:
            log.warning("the keys of %s are not used: %s", name, error)
            lines = []
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                usable.append(usable_line(line.strip(), now))
            except ValueError as error:
                log.warning("the keys of %s: line %d is not used: %s", name, number, error)
    return asyncssh.import_authorized_keys("\n".join(usable))


def usable_line(line: str, now: datetime) -> str:
    """Return a line without the options that asyncssh does not know.

    Raises ``ValueError`` for a line whose time is over, or with an option that is not honoured.
    """
    if _is_key(line):
        return line
    options, key = _taken_apart(line)
    if not _is_key(key):
        message = "no public key"
        raise _NotUsed(message)
    return f"{','.join(_honoured(options, now))} {key}".lstrip()


def _honoured(options: Iterable[tuple[str, str | None]], now: datetime) -> list[str]:
    """Return options in asyncssh's words. Raises ``ValueError`` for one that nobody honours."""
    has_terminal = True
    kept: dict[str, str | None] = {}
    for option, value in options:
        if option in _ABOUT_TERMINALS and value is None:
            has_terminal = option == "pty"
        elif option == "expiry-time" and value is not None:
            _check_time(value, now)
        elif option in _KEPT and (value is not None) is (option in _ONCE) and option not in kept:
            kept[option] = value
        elif option not in _DONE:
            message = f"the option {option} is not honoured like this"
            raise _NotUsed(message)
    _check_addresses(kept.get("from"))
    if not has_terminal:
        kept["no-pty"] = None
    return [option if value is None else _written(option, value) for option, value in kept.items()]


def _own(path: Path) -> str:
    """Return a file that nobody else could have written. Raises ``OSError``, ``ValueError``.

    It is looked at before it is opened, which would already do something to a device, and then
    again: a name may stand for something else by then. A pipe is not waited for.
    """
    _check(path.stat())
    descriptor = os.open(path, _OPEN)
    try:
        _check(os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(_LARGEST_FILE + 1)
    finally:
        os.close(descriptor)
    if len(content) > _LARGEST_FILE:
        message = "too large"
        raise _NotUsed(message)
    return content.decode()


def _check(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        message = "no file"
        raise _NotUsed(message)
    if status.st_uid not in (0, os.geteuid()) or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        message = "others may write it"
        raise _NotUsed(message)


def _is_key(text: str) -> bool:
    try:
        asyncssh.import_public_key(text)
    except asyncssh.KeyImportError:
        return False
    return True


def _taken_apart(line: str) -> tuple[list[tuple[str, str | None]], str]:
    """Return the options, names in small letters, and what follows them."""
    options: list[tuple[str, str | None]] = []
    position = 0
    while found := _OPTION.match(line, position):
        name, value = found.groups()
        options.append((name.lower(), None if value is None else value.replace('\\"', '"')))
        position = found.end() + 1
        if line[found.end() : position] != ",":
            break
    if not found or not line[found.end() : position].isspace():
        message = "neither a public key nor options before one"
        raise _NotUsed(message)
    return options, line[position:].strip()


def _check_time(value: str, now: datetime) -> None:
    """Raise where a time is over, which is the machine's own unless it says that it is UTC."""
    found = _TIME.fullmatch(value)
    if not found:
        message = f"no time: {value}"
        raise _NotUsed(message)
    day, clock, utc = found.groups()
    ends = datetime.strptime(f"{day}{clock or ''}".ljust(14, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007
    if now > (ends.replace(tzinfo=UTC) if utc else ends.astimezone()):
        message = f"its time was over {value}"
        raise _NotUsed(message)


def _check_addresses(patterns: str | None) -> None:
    """Raise where a pattern would never be true: a network that is none, a name of a host."""
    for pattern in () if patterns is None else patterns.split(","):
        if not _ADDRESSES.fullmatch(pattern):
            message = f"no address: {pattern} (names of hosts are not looked up)"
            raise _NotUsed(message)
        if "/" in pattern:
            ip_network(pattern.removeprefix("!"))


def _written(option: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{option}="{escaped}"'
