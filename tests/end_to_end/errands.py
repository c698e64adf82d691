"""What the errands at all universities have in common: wait, go on with a key, and time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from tests.end_to_end.program import command, log_in, program
from tests.end_to_end.terminal import Cell, Terminal

SIZES = [(80, 24), (120, 40)]
PASSWORD = "Mocne-haslo1"
"""The password of the app on the phone."""
WIDTH = 36
"""Of the narrowest field."""
MACHINES_NEED = "15m"
"""After that time an order that was placed is ready."""


def go(terminal: Terminal, key: str, text: str) -> None:
    """Press a key and wait for what it leads to."""
    terminal.press(key)
    terminal.wait_for(text)


def at_field(terminal: Terminal, label: str) -> None:
    """Wait until the field below a label, of which the last words will do, shows its cursor."""

    def below(screen: Terminal) -> bool:
        for number, line in enumerate(screen.lines):
            if label in line:
                before = line[: line.index(label)]
                start = max(before.rfind("  "), before.rfind("┃")) + 2  # behind the pane's edge
                return _has_cursor(screen.cells()[number + 1][start : start + WIDTH])
        return False

    terminal.wait_for(below)


def _has_cursor(cells: list[Cell]) -> bool:
    """Tell whether a single blank cell stands out from both its neighbours."""
    return any(
        cell.char == " " and cell.background not in (before.background, after.background)
        for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False)
    )


def fill(terminal: Terminal, text: str, *, hidden: bool = False) -> None:
    """Type into the field that has the focus, and submit it once it has taken everything."""
    terminal.type(text)
    terminal.wait_for("•" * len(text) if hidden else text)
    terminal.press("enter")


def student(store: Path, login: str, name: str, size: tuple[int, int]) -> Terminal:
    """Have a student log in at a window of a size."""
    with ExitStack() as open_still:
        terminal = open_still.enter_context(
            program(store, size=size, environ={"DISPLAY": None, "WAYLAND_DISPLAY": None})
        )
        log_in(terminal, login)
        terminal.wait_for(name)
        open_still.pop_all()
    return terminal


def tick(terminal: Terminal, labels: Iterable[str]) -> None:
    """Checkbox the boxes that come next."""
    for label in labels:
        go(terminal, "tab", f"[ ] {label}")
        go(terminal, "space", f"[✓] {label}")


def until_ready(store: Path) -> None:
    command(store, f"time forward {MACHINES_NEED}")


def set_up(terminal: Terminal) -> None:
    """Give mObywatel, which is open for the first time, its password."""
    go(terminal, "enter", "Nowe hasło aplikacji:")  # which installs it
    at_field(terminal, "Nowe hasło aplikacji:")
    fill(terminal, PASSWORD, hidden=True)
    at_field(terminal, "Powtórz hasło:")
    terminal.type(PASSWORD)
    terminal.wait_for(lambda screen: screen.text.count("•" * len(PASSWORD)) == 2)
    go(terminal, "enter", "Nie masz jeszcze dokumentów.")


def to_camera(terminal: Terminal) -> None:
    """Go from the documents to the question about the camera, through the terms."""
    go(terminal, "d", "Który dokument chcesz dodać?")
    go(terminal, "enter", "mLegitymacja studencka to legitymacja w")
    go(terminal, "space", "[✓] Akceptuję regulamin")
    terminal.wait_for("[ Dalej ]")
    go(terminal, "enter", "[ Zezwól ]")
