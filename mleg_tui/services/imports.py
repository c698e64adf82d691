"""What is said of a file that somebody wants to import: every bad line, by its number."""

from __future__ import annotations

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

MOST_TOLD = 20


class BadLine(BadInput):
    """A line of a file that is to be imported cannot be used."""

    message = N_("wiersz {line}: {problem}")
    advice = N_("Popraw ten wiersz.")


class NothingImported(BadInput):
    """A file has lines that cannot be used, so none of it was imported."""

    message = N_("Niczego nie zaimportowano. Błędnych wierszy: {count}")
    advice = N_("Popraw plik i zaimportuj go ponownie.")

    def __init__(self, reasons: list[BadLine]) -> None:
        super().__init__(count=len(reasons))
        self.reasons = tuple(reasons[:MOST_TOLD])
