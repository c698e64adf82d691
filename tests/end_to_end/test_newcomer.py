"""A newcomer's walk without documentation: from the start to the document that is shown."""

from __future__ import annotations

import re
from pathlib import Path

from tests.end_to_end.errands import PASSWORD, at_field, fill
from tests.end_to_end.program import program
from tests.end_to_end.terminal import Terminal

MOST_KEYS = 14
"""So many keys at most, besides what is typed into fields and the Enter behind it."""


class Walk:
    """Goes on only with keys that the screen tells, and counts them."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.keys = 0

    def go(self, key: str, text: str) -> None:
        self._terminal.wait_for(lambda screen: "SYMULACJA" in screen.text)
        self._terminal.press(key)
        self._terminal.wait_for(text)
        self.keys += 1


def test_a_newcomer_comes_from_the_start_to_the_document_in_few_keys(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", size=(80, 24)) as terminal:
        walk = Walk(terminal)
        terminal.wait_for("SYMULATOR: kim jesteś?")
        walk.go("down", "anna.nowak")
        walk.go("enter", "Zalogowany użytkownik: Anna Nowak")
        walk.go("l", "Możesz zamówić mLegitymację")
        walk.go("z", "przekazanie")
        walk.go(".", "wydanie kodów")
        walk.go(".", "Kod aktywacyjny: ")
        code = re.search(r"Kod aktywacyjny: (\w{10})", terminal.text)
        assert code is not None
        walk.go("f8", "[ Zainstaluj ]")
        walk.go("enter", "Nowe hasło aplikacji:")
        at_field(terminal, "Nowe hasło aplikacji:")
        fill(terminal, PASSWORD, hidden=True)
        at_field(terminal, "Powtórz hasło:")
        terminal.type(PASSWORD)
        terminal.wait_for(lambda screen: screen.text.count("•" * len(PASSWORD)) == 2)
        terminal.press("enter")
        terminal.wait_for("Inny dokument")
        walk.go("enter", "Który dokument chcesz dodać?")
        walk.go("enter", "[ ] Akceptuję regulamin")
        walk.go("enter", "[ Dalej ]")
        walk.go("enter", "[ Zezwól ]")
        walk.go("enter", "[ Zeskanuj kod QR ]")
        walk.go("enter", "Wpisz kod aktywacyjny")
        terminal.type(code[1])
        terminal.wait_for(lambda screen: code[1] in screen.text)
        terminal.press("enter")
        terminal.wait_for("Okazano:")
        assert "Nowak" in terminal.text
        assert "SYMULACJA — NIE JEST DOKUMENTEM" in terminal.text
        assert walk.keys <= MOST_KEYS
