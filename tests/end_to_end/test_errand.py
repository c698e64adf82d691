"""From the login to the QR code by keys, in a terminal, as a student does it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.end_to_end.program import command, copied, log_in, order_of, program
from tests.end_to_end.qr_reader import scan

ANNA = "anna.nowak"


@dataclass(frozen=True, slots=True)
class Words:
    """What the screens say in one language."""

    page: str
    pending: str
    in_progress: str
    again: str
    code: str
    cancel: str
    cancelled: str
    revoke: str
    revoked: str


POLISH = Words(
    page="Możesz zamówić mLegitymację",
    pending="Status:  ● oczekujący",
    in_progress="Status:  ◐ w toku",
    again="1. Uruchomić aplikację mObywatel",
    code="Kod aktywacyjny: ",
    cancel="Zamówienie zostanie anulowane.",
    cancelled="Status:  – anulowany",
    revoke="Tego nie można cofnąć",
    revoked="Status:  ⊘ unieważniony",
)
ENGLISH = Words(
    page="You can order an mLegitymacja",
    pending="Status:  ● pending",
    in_progress="Status:  ◐ in progress",
    again="1. Start the mObywatel app",
    code="Activation code: ",
    cancel="The order will be cancelled.",
    cancelled="Status:  – cancelled",
    revoke="This cannot be undone",
    revoked="Status:  ⊘ revoked",
)


def until_next_step(store: Path) -> str:
    """Return the time until the machines' next step, as ``time forward`` takes it."""
    shown = json.loads(command(store, "time show --json"))
    now, due = (datetime.fromisoformat(at) for at in (shown["now"], shown["next"]["at"]))
    return f"{round((due - now).total_seconds())}s"


@pytest.mark.parametrize(
    ("language", "size", "words"),
    [("pl", (80, 24), POLISH), ("en", (120, 40), ENGLISH)],
    ids=["pl-80x24", "en-120x40"],
)
def test_the_whole_errand_by_keys(
    tmp_path: Path, language: str, size: tuple[int, int], words: Words
) -> None:
    store = tmp_path / "store.json"
    # No helper program may take the text instead of the terminal.
    plain: Mapping[str, str | None] = {"DISPLAY": None, "WAYLAND_DISPLAY": None}
    with program(store, "--lang", language, size=size, environ=plain) as terminal:
        log_in(terminal, ANNA)
        terminal.wait_for("Anna Nowak")
        terminal.press("l")
        terminal.wait_for(words.page)

        terminal.press("z")
        terminal.wait_for(words.pending)
        command(store, f"time forward {until_next_step(store)}")
        terminal.wait_for(words.in_progress)
        command(store, f"time forward {until_next_step(store)}")
        terminal.wait_for(words.code)

        order = order_of(store, ANNA)
        assert order["status"] == "READY"
        terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        assert order["token"] in terminal.text
        assert words.code + order["distribution_pass"] in terminal.text

        terminal.press("t")
        terminal.wait_for(lambda screen: copied(screen) == [order["token"]])
        terminal.press("k")
        terminal.wait_for(lambda screen: copied(screen)[1:] == [order["distribution_pass"]])

        terminal.press("b")
        terminal.wait_for(lambda screen: words.again not in screen.text)
        terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        terminal.press("escape")
        terminal.wait_for(words.again)

        terminal.press("U")
        terminal.wait_for(words.revoke)
        terminal.press("left", "enter")
        terminal.wait_for(words.revoked)
        terminal.wait_for(lambda screen: order["token"] not in screen.text)

        terminal.press("z")
        terminal.wait_for(words.pending)
        terminal.press("a")
        terminal.wait_for(words.cancel)
        terminal.press("left", "enter")
        terminal.wait_for(words.cancelled)

        terminal.press("w")
        terminal.wait_for("piotr.zielinski")
        assert "Anna Nowak" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == set()


def test_a_student_who_may_not_order_is_told_why(tmp_path: Path) -> None:
    with program(tmp_path / "store.json") as terminal:
        log_in(terminal, "jan.kowalski")
        terminal.wait_for("Jan Kowalski")
        terminal.press("l")
        terminal.wait_for("✗ niespełniony  Twoja (plastikowa) ELS została przedłużona w USOS")
        terminal.press("z")
        terminal.wait_for("Nie możesz teraz zamówić mLegitymacji.")
        terminal.wait_for("→ Zgłoś się do dziekanatu po przedłużenie ELS")
        terminal.press("escape")
        terminal.wait_for(lambda screen: "Nie możesz teraz" not in screen.text)
        terminal.press("f10")
        assert terminal.wait() == 0


def test_what_was_due_while_the_program_was_closed_has_happened_at_its_time(
    tmp_path: Path,
) -> None:
    store = tmp_path / "store.json"
    with program(store) as terminal:
        log_in(terminal, ANNA)
        terminal.wait_for("Anna Nowak")
        terminal.press("l")
        terminal.wait_for(POLISH.page)
        terminal.press("z")
        terminal.wait_for(POLISH.pending)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0

    command(store, "time forward 1h")
    history = order_of(store, ANNA)["history"]
    assert [entry["status"] for entry in history] == ["PENDING", "IN_PROGRESS", "READY"]
    pending, in_progress, ready = (datetime.fromisoformat(entry["at"]) for entry in history)
    assert 60 <= (in_progress - pending).total_seconds() <= 300
    assert 120 <= (ready - in_progress).total_seconds() <= 600

    with program(store) as terminal:
        log_in(terminal, ANNA)
        terminal.wait_for("Anna Nowak")
        terminal.press("l")
        terminal.wait_for(POLISH.code)
        assert "13:00" in terminal.lines[0]
