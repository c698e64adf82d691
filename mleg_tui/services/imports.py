"""What is said of a file that somebody wants to import: every bad line, by its number."""

from __future__ import annotations

from collections.abc import Sequence

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

MOST_TOLD = 20


class BadLine(BadInput):
    """A line of a file that is to be imported cannot be used."""

    message = N_("wiersz {line}: {problem}")
    advice = N_("Popraw ten wiersz.")


class NothingImported(BadInput):
    """A file has lines that cannot be used, so none of it was imported.

    ``count`` says how many if that are more than the ``reasons``.
    """

    message = N_("Niczego nie zaimportowano. Błędnych wierszy: {count}")
    advice = N_("Popraw plik i zaimportuj go ponownie.")

    def __init__(self, reasons: Sequence[BadLine], count: int | None = None) -> None:
        super().__init__(count=count or len(reasons), told=len(reasons))
        self.reasons = tuple(reasons)


class MuchIsWrong(NothingImported):
    """The same where only the first of them are told."""

    message = N_(
        "Niczego nie zaimportowano. Błędnych wierszy: {count}, pierwszych {told} z nich to:"
    )


class BadLines:
    """What is wrong with a file; of more than a person reads only the number is kept."""

    def __init__(self) -> None:
        self._told: list[BadLine] = []
        self._count = 0

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, line: int, problem: object) -> None:
        """Take note of a bad line."""
        self._count += 1
        if self._count <= MOST_TOLD:
            self._told.append(BadLine(line=line, problem=problem))

    def check(self) -> None:
        """Raise ``NothingImported`` if there is anything wrong."""
        if self._count:
            kind = MuchIsWrong if self._count > MOST_TOLD else NothingImported
            raise kind(self._told, self._count)
