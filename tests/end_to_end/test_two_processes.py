"""Two real processes on one store: what one does, the other shows by itself."""

from __future__ import annotations

import json
from pathlib import Path

from tests.end_to_end.program import command, program

SCENARIO = "photo-waiting"
WAITING = "niespełniony  Masz zdjęcie w USOS"
APPROVED = "✓ spełniony  Masz zdjęcie w USOS"


def test_a_photo_that_the_office_approves_turns_the_students_open_page(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    told = command(store, f"scenario load {SCENARIO} --json")
    login = json.loads(told)["account"]
    with program(store, "--user", login, environ={"MLEG_TUI_PASSWORD": "demo"}) as terminal:
        terminal.wait_for("Zalogowany użytkownik")
        terminal.press("l")
        terminal.wait_for(WAITING)
        command(store, f"office approve-photo --user dziekanat --student {login}")
        terminal.wait_for(APPROVED, timeout=5)
        terminal.press("ctrl+q")
