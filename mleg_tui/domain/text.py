"""Texts of the data, which bring both of their languages along."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.messages import N_, MessageId

__all__ = ["N_", "LocalText", "MessageId"]


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
