"""``mleg-tui doctor``: what a bug report needs, without secrets, names or the home directory."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from mleg_tui import __version__, preflight
from mleg_tui.cli import output
from mleg_tui.cli.config import chosen_keymap, config_in_use
from mleg_tui.cli.options import sole
from mleg_tui.cli.output import exit_status
from mleg_tui.cli.plain import Plain
from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, message_of, speech

_PACKAGES = ("textual", "rich", "tinydb", "msgspec", "filelock", "argon2-cffi", "qrcode")
_LABELS = {
    "program": N_("program"),
    "python": N_("Python"),
    "packages": N_("pakiety"),
    "system": N_("system"),
    "terminal": N_("terminal"),
    "screen": N_("pełny ekran"),
    "language": N_("język"),
    "config": N_("konfiguracja"),
    "store": N_("magazyn danych"),
    "log": N_("dziennik"),
}
_FINE = ("ok", "StoreMissing")


def _run(arguments: Plain) -> int:
    """Tell how things stand here, changing nothing; the exit status tells of an unusable store."""
    facts = _facts(arguments, os.environ)
    if arguments.json:
        output.show_json(facts)
    else:
        output.show(f"{_(_LABELS[name])}: {_in_a_line(fact)}" for name, fact in facts.items())
    return exit_status(StoreUnusable()) if facts["store"]["state"] not in _FINE else 0


def _facts(arguments: Plain, environ: Mapping[str, str]) -> dict[str, Any]:
    from mleg_tui.cli.crash import log_path

    refusal = preflight.check(environ)
    return {
        "program": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": {name: _version(name) for name in _PACKAGES},
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "terminal": _terminal(environ),
        "screen": refusal.message if refusal else "ok",
        "language": speech().code,
        "config": _config(environ),
        "store": _store(arguments, environ),
        "log": output.without_home(str(log_path())),
    }


def _terminal(environ: Mapping[str, str]) -> dict[str, object]:
    columns, rows = shutil.get_terminal_size((0, 0))
    return {
        **{name: environ.get(name) for name in ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL")},
        "encoding": [_encoding(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)],
        "tty": [_is_tty(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)],
        "size": f"{columns}x{rows}" if columns else None,
        "colours": _colours(environ),
        "tmux": "TMUX" in environ,
        "ssh": "SSH_CONNECTION" in environ or "SSH_TTY" in environ,
    }


def _colours(environ: Mapping[str, str]) -> str:
    """Return how many colours a screen would have, by the rules that Textual goes by."""
    if environ.get("NO_COLOR"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return "truecolor"
    return "256" if environ.get("TERM", "").endswith("-256color") else "16"


def _config(environ: Mapping[str, str]) -> str | None:
    """Return the configuration file in use, and what is wrong with it."""
    path = config_in_use(None, environ)
    if path is None:
        return None
    try:
        chosen_keymap(None)
    except MlegError as error:
        return output.without_home(message_of(error))
    return output.without_home(str(path))


def _store(arguments: Plain, environ: Mapping[str, str]) -> dict[str, object]:
    from mleg_tui.cli.store import contents
    from mleg_tui.compose import location, settings_from

    where: str | None = None
    try:
        url = settings_from(environ, arguments.store).store
        where = output.without_home(location(url))
        counts, revision = contents(url)
    except MlegError as error:
        return {
            "path": where,
            "state": type(error).__name__,
            "why": output.without_home(message_of(error)),
        }
    return {"path": where, "state": "ok", "revision": revision, "records": counts}


def _version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _encoding(stream: TextIO | None) -> str | None:
    return None if stream is None else stream.encoding


def _is_tty(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _in_a_line(fact: object) -> str:
    match fact:
        case None:
            return "–"
        case bool():
            return _("tak") if fact else _("nie")
        case dict():
            return ", ".join(f"{name} {_in_a_line(part)}" for name, part in fact.items())
        case list():
            return "/".join(_in_a_line(part) for part in fact)
        case _:
            return str(fact)


COMMAND = sole(Plain, _run)
