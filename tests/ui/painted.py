"""What stands on the terminal after all that was painted, next to the screen painted at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unicodedata import normalize

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from mleg_tui.textual_internals.settle import strips


class Painted:
    """A terminal that takes whatever an app paints."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._screen = pyte.Screen(1, 1)

    @property
    def stale(self) -> list[str]:
        """The lines that would be others if all were painted now: as they are, as they would be."""
        anew = self._empty()
        self._write(anew, "\r\n".join(line.render(self._app.console) for line in strips(self._app)))
        return [
            f"{y}:\n{_text(self._screen, y)}\n{_text(anew, y)}"
            for y in range(anew.lines)
            if _cells(self._screen, y) != _cells(anew, y)
        ]

    def take(self, update: CompositorUpdate) -> None:
        """Take what is painted; a window that has another size is empty before."""
        if (self._screen.columns, self._screen.lines) != self._app.size:
            self._screen = self._empty()
        self._write(self._screen, update.render_segments(self._app.console))

    def _empty(self) -> pyte.Screen:
        screen = pyte.Screen(*self._app.size)
        screen.reset_mode(pyte.modes.DECAWM)
        return screen

    @staticmethod
    def _write(screen: pyte.Screen, text: str) -> None:
        pyte.Stream(screen).feed(text)


def _text(screen: pyte.Screen, y: int) -> str:
    return "".join(cell.data for cell in _cells(screen, y))


def _cells(screen: pyte.Screen, y: int) -> list[pyte.screens.Char]:
    """Return a line without accents: one typed behind its letter is not always painted with it."""
    row = [screen.buffer[y][x] for x in range(screen.columns)]
    return [cell._replace(data=normalize("NFD", cell.data)[:1]) for cell in row]


@contextmanager
def painted(app: App[Any]) -> Iterator[Painted]:
    """Let what an app paints from now on go to a terminal, which shows all of it at first."""
    terminal = Painted(app)
    display = App._display

    def displayed(by: App[Any], screen: Screen[Any], update: Any) -> None:
        display(by, screen, update)
        if by is app and isinstance(update, CompositorUpdate) and not by._batch_count:
            terminal.take(update)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "_display", displayed)
        app.screen._compositor._dirty_regions.add(app.size.region)
        app.screen._compositor_refresh()
        yield terminal
