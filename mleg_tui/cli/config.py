"""The configuration file: which one is used, and the keys that it chooses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mleg_tui.ui.keymap import Keymap

CONFIG_VARIABLE = "MLEG_TUI_CONFIG"


def default_config() -> Path:
    """Return where the file is looked for, in the user's configuration directory."""
    from platformdirs import user_config_path

    return user_config_path("mleg-tui", appauthor=False) / "config.toml"


def config_in_use(named: str | None, environ: Mapping[str, str]) -> Path | None:
    """Return the file that was named, or the user's own if there is one."""
    named = named or environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    own = default_config()
    try:
        return own if own.exists() else None
    except OSError:  # who may not look there has no file there
        return None


def chosen_keymap(named: str | None, *, own: bool = True) -> Keymap | None:
    """Return the keymap of the file in use; ``None`` without a file, as nearly always.

    Not ``own`` leaves the user's own file aside: whoever is served is not the server's user.
    Raises ``BadInput`` for a file that cannot be used.
    """
    path = config_in_use(named, os.environ) if own else named and Path(named)
    if not path:
        return None
    from mleg_tui.ui.keymap_file import read_keymap

    return read_keymap(path)
