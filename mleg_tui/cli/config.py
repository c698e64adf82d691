"""The configuration file: which one is used, and what it chooses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui.cli.parser import BadUsage
from mleg_tui.locale import _

if TYPE_CHECKING:
    from mleg_tui.ui.keymap import Keymap
    from mleg_tui.ui.settings import Settings

CONFIG_VARIABLE = "MLEG_TUI_CONFIG"


def default_config() -> Path:
    """Return where the file is looked for, in the user's configuration directory."""
    from platformdirs import user_config_path

    return user_config_path("mleg-tui", appauthor=False) / "config.toml"


def config_path(named: str | None, environ: Mapping[str, str]) -> Path:
    """Return the file that was named, or where the user's own is or would be."""
    named = named or environ.get(CONFIG_VARIABLE)
    return Path(named) if named else default_config()


def config_in_use(named: str | None, environ: Mapping[str, str]) -> Path | None:
    """Return the file that was named, or the user's own if there is one."""
    path = config_path(named, environ)
    if named or environ.get(CONFIG_VARIABLE):
        return path
    try:
        return path if path.exists() else None
    except OSError:  # who may not look there has no file there
        return None


def chosen_keymap(named: str | None, *, own: bool = True) -> Keymap | None:
    """Return the keymap of the file in use, like ``chosen_settings``."""
    settings = chosen_settings(named, own=own)
    return settings.keymap if settings else None


def chosen_settings(named: str | None, *, own: bool = True) -> Settings | None:
    """Return the settings of the file in use; ``None`` without a file, as nearly always.

    Not ``own`` leaves the user's own file aside: whoever is served is not the server's user.
    Raises ``BadInput`` for a file that cannot be used.
    """
    path = config_in_use(named, os.environ) if own else named and Path(named)
    if not path:
        return None
    from mleg_tui.ui.config_file import read_settings

    return read_settings(path)


def check_theme(name: str, command: str) -> None:
    """Raise ``BadUsage`` for a theme that there is not."""
    from mleg_tui.ui.settings import THEME_LABELS

    if name not in THEME_LABELS:
        problem = _("nie ma motywu „{name}”; motywy to: {known}")
        told = problem.format(name=name, known=", ".join(THEME_LABELS))
        raise BadUsage(problem=told, command=command)
