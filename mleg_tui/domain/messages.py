"""Messages of the catalogue: named where they belong, translated where they are shown."""

from __future__ import annotations


class MessageId(str):
    """A Polish message of the catalogue, to be translated where it is shown."""

    __slots__ = ()


def N_(message: str) -> MessageId:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a Polish message for the catalogue."""
    return MessageId(message)


NOTICE = N_("SYMULACJA — NIE JEST DOKUMENTEM")
"""Stands on every screen, in every document and in every export (docs/domain.md §13)."""
