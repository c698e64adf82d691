"""The environment in which a snapshot is the same on every machine.

Textual and Rich read these variables while they are imported, hence before everything else.
"""

from __future__ import annotations

import os
import time

_PINNED = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TZ": "Europe/Warsaw",
    "LC_ALL": "C.UTF-8",
    "UNICODE_VERSION": "15.1.0",
}
_REMOVED = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "ESCDELAY",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
_REMOVED_PREFIXES = ("TEXTUAL", "CLICOLOR")


def pin() -> None:
    """Remove from `os.environ` what alters a picture, and set what keeps it.

    It must run before Textual or Rich is imported for the first time; later it is too late for
    some of the variables, and nothing tells.
    """
    for name in [*os.environ]:
        if name in _REMOVED or name.startswith(_REMOVED_PREFIXES):
            del os.environ[name]
    os.environ.update(_PINNED)
    time.tzset()
