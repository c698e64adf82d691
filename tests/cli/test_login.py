from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui.cli import person
from tests.cli.conftest import Run

STATUS = "order status --user"


def test_who_is_unknown_and_who_is_wrong_hear_the_same(
    on_store: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "secret-guess")
    wrong = on_store(f"{STATUS} anna.nowak")
    unknown = on_store(f"{STATUS} nobody")
    assert wrong == unknown
    assert (wrong.status, wrong.out) == (5, "")
    assert wrong.err.startswith("Dostarczone dane uwierzytelniania")
    assert "secret-guess" not in wrong.err


def test_without_a_password_and_a_terminal_nobody_is_let_in(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MLEG_TUI_PASSWORD")
    fresh = tmp_path / "fresh" / "store.json"
    result = cli(f"{STATUS} anna.nowak --store {fresh}")
    assert result.status == 5
    assert "MLEG_TUI_PASSWORD" in result.err
    assert not fresh.parent.exists()


def test_a_person_is_asked_for_the_password(on_store: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLEG_TUI_PASSWORD")
    monkeypatch.setattr(person, "_is_there", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt, **_stream: "demo")
    assert on_store(f"{STATUS} anna.nowak").status == 0


def test_a_password_is_no_argument(on_store: Run) -> None:
    assert on_store(f"{STATUS} anna.nowak --password demo").status == 2


def test_an_empty_password_is_refused(on_store: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "")
    assert on_store(f"{STATUS} anna.nowak").status == 5
