"""What differs between two pictures, for a person to read."""

from __future__ import annotations

from difflib import unified_diff

LINES = 60
"""The most lines that a comparison shows."""


def differences(kept: str, taken: str, *, limit: int = LINES) -> list[str]:
    """Give the changed lines (`-` as kept, `+` as taken), the last saying how many are left out.

    The rows carry their own numbers, so there is no context; an empty list means equal pictures.
    """
    if kept == taken:
        return []
    changes = [
        line
        for line in unified_diff(kept.splitlines(), taken.splitlines(), n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    if not changes:
        return ["! same lines, but other line ends"]
    hidden = len(changes) - limit
    return changes if hidden <= 0 else [*changes[:limit], f"… {hidden} more lines"]
