"""Texts that the domain names and somebody else translates."""

from __future__ import annotations

from dataclasses import dataclass


class MessageId(str):
    """A Polish message of the catalogue, to be translated where it is shown."""

    __slots__ = ()


def N_(message: str) -> MessageId:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a Polish message for the catalogue; it is translated where it is shown."""
    return MessageId(message)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text that comes from data and brings both of its languages along."""

    pl: str
    en: str

    def __post_init__(self) -> None:
        if not self.pl.strip() or not self.en.strip():
            message = "both languages must be there"
            raise ValueError(message)

    def in_language(self, code: str) -> str:
        """Return the English text for ``en``, else the Polish one."""
        return self.en if code == "en" else self.pl
