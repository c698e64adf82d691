"""``mleg-tui phone``."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Run

NOTICE = "SYMULACJA — NIE JEST DOKUMENTEM"
ANNA = "--user anna.nowak"
KONTROLER = "--user kontroler"
FIELDS = [
    "simulation", "order", "first_name", "second_name", "last_name", "birth_date", "pesel",
    "university", "student_number", "picture", "issued_on", "expiration_date", "validity",
    "shown_at", "updated_at",
]  # fmt: skip

Add = Callable[..., Result]


@pytest.fixture
def codes(on_store: Run) -> tuple[str, str]:
    """Have anna.nowak's mLegitymacja ready, and return its token and activation code."""
    on_store(f"order place {ANNA}")
    on_store("time forward 15m")
    document = on_store(f"order status {ANNA} --json").json
    return document["token"], document["distribution_pass"]


@pytest.fixture
def add(on_store: Run, codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Add:
    """Add the mLegitymacja with what is typed; the right codes if nothing is said."""

    def run(options: str = "--accept-terms", typed: str | None = None) -> Result:
        right = "\n".join(codes) if typed is None else typed
        monkeypatch.setattr("sys.stdin", io.StringIO(right))
        return on_store(f"phone add {ANNA} {options}")

    return run


def test_the_document_comes_onto_the_phone(add: Add, on_store: Run) -> None:
    document = add("--accept-terms --json").json
    assert list(document) == FIELDS
    assert document["validity"] == "VALID"
    assert document["shown_at"] == "2026-10-05T07:15:00Z"
    assert on_store(f"phone show {ANNA} --json").json == document
    on_store("time forward 5m")
    lines = on_store(f"phone show {ANNA}").out.splitlines()
    assert lines[0] == NOTICE
    assert NOTICE in lines[2:-2]
    assert "Status: ✓ ważna" in lines
    assert "Okazano: 2026-10-05 09:20:00" in lines
    assert "Ostatnia aktualizacja: 2026-10-05 09:15:00" in lines
    status = on_store(f"order status {ANNA} --json").json
    assert (status["status"], status["history"][-1]["actor"]) == ("COLLECTED", "PHONE")


def test_without_the_terms_nothing_is_read_or_done(add: Add, store: Path) -> None:
    before = store.read_bytes()
    result = add("")
    assert (result.status, result.out) == (1, "")
    assert "Regulamin usługi mLegitymacja studencka" in result.err
    assert "Nie zaakceptowano regulaminu" in result.err
    assert store.read_bytes() == before


def test_mistakes_are_told_and_change_nothing(
    add: Add, codes: tuple[str, str], store: Path
) -> None:
    token, code = codes
    before = store.read_bytes()
    for typed, told in (
        ("", "Nie podano tokenu."),
        (token, "Nie podano kodu aktywacyjnego."),
        (f"{code}\n{token}", "To wygląda na kod aktywacyjny"),
        (f"{token}\n{token}", "To wygląda na token"),
        (f"{token[1:]}\n{code}", "podano 31, a ma 32"),
        (f"g{'0' * 31}\n{code}", "mLegitymacja nie istnieje"),
        (f"{token}\n{code.swapcase()}", "wielkością liter"),
    ):
        result = add(typed=typed)
        assert (result.status, result.out) == (1, "")
        assert told in result.err
        assert code not in result.err
    assert store.read_bytes() == before
    assert add("--accept-terms --lang en", "").err.startswith("No token was given.")


def test_blank_lines_and_spaces_are_forgiven(add: Add, codes: tuple[str, str]) -> None:
    assert add(typed=f"\n  {codes[0][:16]} {codes[0][16:]} \n\n{codes[1]}").status == 0


def test_a_second_phone(add: Add, on_store: Run) -> None:
    add()
    assert "jest już na innym telefonie" in add("--accept-terms --phone 2").err
    assert on_store(f"phone show {ANNA} --phone 2").status == 1
    assert on_store(f"phone show {ANNA} --phone 3").status == 2


def test_a_revoked_document_turns_invalid_at_its_update(add: Add, on_store: Run) -> None:
    add()
    on_store(f"order revoke {ANNA} --yes")
    assert on_store(f"phone show {ANNA} --json").json["validity"] == "VALID"
    assert on_store(f"phone update {ANNA} --json").json["validity"] == "REVOKED"
    assert "Status: ✗ unieważniona" in on_store(f"phone show {ANNA}").out


def test_removing_needs_a_yes(add: Add, on_store: Run) -> None:
    assert on_store(f"phone remove {ANNA} --yes").status == 1
    add()
    refused = on_store(f"phone remove {ANNA}")
    assert (refused.status, refused.out) == (1, "")
    assert on_store(f"phone remove {ANNA} --yes --json").json["removed"] == "anna.nowak-001"
    assert "W tym telefonie nie ma" in on_store(f"phone show {ANNA}").err


def test_a_check_from_the_question_to_its_end(add: Add, on_store: Run) -> None:
    add()
    asked = on_store(f"phone verify {KONTROLER} --json").json
    code = asked["code"]
    assert (len(code), asked["ends_at"], asked["validity"]) == (6, "2026-10-05T07:18:00Z", None)
    waiting = on_store(f"phone verify {KONTROLER} --code {code}").out
    assert "Okaziciel jeszcze nie udostępnił danych." in waiting
    pending = on_store(f"phone verify {ANNA} --code {code}").out
    assert "O Twoje dane prosi: " in pending
    shared = on_store(f"phone verify {ANNA} --code {code} --share --json").json
    assert (shared["shared"], shared["code"]) == (True, code)
    result = on_store(f"phone verify {KONTROLER} --code {code} --json").json
    assert result["validity"] == result["document"]["validity"] == "VALID"
    lines = on_store(f"phone verify {KONTROLER} --code {code}").out.splitlines()
    assert "Status: ✓ ważna" in lines
    assert lines.count(NOTICE) == 2
    on_store("time forward 3m")
    gone = on_store(f"phone verify {KONTROLER} --code {code}")
    assert (gone.status, gone.out) == (1, "")
    assert "Czas tego sprawdzenia minął" in gone.err


@pytest.mark.parametrize("line", ["time show", "office orders --user dziekanat", "store export"])
def test_whoever_comes_later_finds_nothing_that_was_shared(
    add: Add, on_store: Run, store: Path, tmp_path: Path, line: str
) -> None:
    add()
    code = on_store(f"phone verify {KONTROLER} --json").json["code"]
    on_store(f"phone verify {ANNA} --code {code} --share")
    text = store.read_text(encoding="utf-8")
    assert '"validity": "VALID", "document": {' in text
    text = text.replace("2026-10-05T07:18:00Z", "2026-10-05T07:15:00Z")  # as if time had run
    store.write_text(text, encoding="utf-8")
    exported = tmp_path / "all.jsonl"
    exports = line == "store export"
    assert on_store(f"{line} {exported if exports else ''}").status == 0
    kept = (exported if exports else store).read_text(encoding="utf-8").splitlines()
    assert not [row for row in kept if '"inspector": "kontroler"' in row and "Nowak" in row]


def test_who_may_verify_and_how(on_store: Run) -> None:
    assert on_store(f"phone verify {ANNA}").status == 2
    assert on_store(f"phone verify {ANNA} --code 123456 --share").status == 1
    assert on_store("phone verify --user dziekanat").status == 1
    assert on_store(f"phone show {KONTROLER}").status == 1
    assert on_store("phone show").status == 2
