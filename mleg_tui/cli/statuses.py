"""Exit statuses are an interface: scripts and tests tell outcomes apart by them."""

from __future__ import annotations

from mleg_tui.cli.output import OutputLost
from mleg_tui.domain.errors import BadInput, LoginRefused, MlegError, Refused, StoreUnusable

CRASHED = 70
_PIPE_CLOSED = 141

_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Refused, 1),
    (BadInput, 2),
    (StoreUnusable, 3),
    (LoginRefused, 5),
    (OutputLost, 1),
    (MlegError, CRASHED),
    (BrokenPipeError, _PIPE_CLOSED),  # as if SIGPIPE had ended the program, like other tools
)


def exit_status(error: Exception) -> int:
    """Return the exit status that tells of an error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), CRASHED)
