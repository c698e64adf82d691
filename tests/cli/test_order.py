from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui import qr
from mleg_tui.cli import person
from tests.cli.conftest import Run

NOTICE = "SYMULACJA — NIE JEST DOKUMENTEM"
ANNA = "--user anna.nowak"
FIELDS = [
    "simulation", "id", "student", "university", "student_number", "status", "status_label",
    "order_date", "expiration_date", "token", "distribution_pass", "codes_expiration", "consents",
    "history", "why_cannot_order", "why_cannot_revoke", "orders",
]  # fmt: skip


@pytest.fixture
def ready(on_store: Run) -> Run:
    """Have anna.nowak's mLegitymacja ready."""
    assert on_store(f"order place {ANNA}").status == 0
    assert on_store("time forward 15m").status == 0
    return on_store


def test_conditions_carry_a_sign_a_word_a_cause_and_a_repair(on_store: Run) -> None:
    lines = on_store("order conditions --user jan.kowalski").out.splitlines()
    assert lines[0] == NOTICE
    assert "✓ spełniony: Masz numer PESEL" in lines
    failing = lines.index("✗ niespełniony: Twoja (plastikowa) ELS została przedłużona w USOS")
    assert lines[failing + 1].strip() == "Ważność Twojej ELS w USOS minęła."
    assert lines[failing + 2].strip().startswith("→ Zgłoś się do dziekanatu")


def test_conditions_as_json(on_store: Run) -> None:
    document = on_store("order conditions --user jan.kowalski --json").json
    assert (document["university"], document["regulation"]) == ("agh", "2020")
    assert document["can_order"] is False
    assert [condition["met"] for condition in document["conditions"]].count(False) == 1
    assert [reason["code"] for reason in document["why_cannot_order"]] == ["ELS_NOT_EXTENDED"]
    assert on_store(f"order conditions {ANNA} --json").json["can_order"] is True


def test_a_refused_order_tells_every_reason_and_its_repair(on_store: Run) -> None:
    result = on_store("order place --user piotr.zielinski")
    assert (result.status, result.out) == (1, "")
    assert "ELS) — nie:" not in result.err
    assert "Nie wydano Ci legitymacji plastikowej." in result.err
    assert (
        "Opłać ELS, jeśli nie jest opłacona, poczekaj na wydruk i odbierz ją w dziekanacie."
        in result.err
    )
    assert "Najpierw odbierz legitymację plastikową." in result.err


def test_nothing_ordered(on_store: Run) -> None:
    assert on_store(f"order status {ANNA}").out.splitlines()[-1] == "Brak mLegitymacji"
    document = on_store(f"order status {ANNA} --json").json
    assert list(document) == FIELDS
    assert document["status"] is None
    assert document["why_cannot_revoke"]["code"] == "NOTHING_ORDERED"
    for command in ("cancel --yes", "revoke --yes", "qr"):
        result = on_store(f"order {command} {ANNA}")
        assert (result.status, result.out) == (1, "")
        assert "Brak mLegitymacji" in result.err


def test_the_page_follows_the_order(on_store: Run) -> None:
    placed = on_store(f"order place {ANNA} --json").json
    assert list(placed) == FIELDS
    assert placed["status"] == "PENDING"
    assert placed["order_date"] == "2026-10-05T07:00:00Z"
    assert on_store(f"order place {ANNA}").status == 1
    seen = []
    for _minute in range(15):
        document = on_store(f"order status {ANNA} --json").json
        assert (document["token"] is None) == (document["status"] != "READY")
        seen.append(document["status"])
        on_store("time forward 1m")
    assert list(dict.fromkeys(seen)) == ["PENDING", "IN_PROGRESS", "READY"]
    assert [entry["actor"] for entry in document["history"]] == ["STUDENT", "AGENT", "MINISTRY"]


def test_the_page_has_usoswebs_labels(ready: Run) -> None:
    lines = ready(f"order status {ANNA}").out.splitlines()
    assert lines[0] == NOTICE
    assert "Twoja mLegitymacja jest gotowa do pobrania" in lines
    assert "Data zamówienia: 2026-10-05 09:00:00" in lines
    assert "Termin ważności: 2027-03-31" in lines
    assert "Status: gotowy do pobrania" in lines
    code = ready(f"order status {ANNA} --json").json["distribution_pass"]
    assert f"Kod aktywacyjny: {code}" in lines
    assert sum("agent USOS" in line for line in lines) == 1


def test_the_code_can_be_drawn(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    document = ready(f"order qr {ANNA} --json").json
    code = qr.encode(document["token"])
    assert document["modules"] == ["".join(map(str, map(int, row))) for row in code.modules]
    plain = ready(f"order qr {ANNA}").out
    assert plain.startswith(NOTICE)
    assert qr.ansi_text(code, colour=False) in plain
    assert f"Kod aktywacyjny: {document['distribution_pass']}" in plain
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert qr.ansi_text(code, colour=True) in ready(f"order qr {ANNA}").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in ready(f"order qr {ANNA}").out


@pytest.mark.parametrize(("columns", "quiet_zone"), [(80, 4), (70, 2)])
def test_a_large_code_is_as_wide_as_the_terminal_allows(
    ready: Run, monkeypatch: pytest.MonkeyPatch, columns: int, quiet_zone: int
) -> None:
    code = qr.encode(ready(f"order qr {ANNA} --json").json["token"])
    monkeypatch.setattr("mleg_tui.cli.order._columns", lambda: columns)
    drawn = qr.ansi_text(code, colour=False, large=True, quiet_zone=quiet_zone)
    assert drawn in ready(f"order qr {ANNA} --large").out


def test_a_code_that_the_terminal_would_break_is_not_drawn(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mleg_tui.cli.order._columns", lambda: 60)
    told = "Kod QR potrzebuje 66 kolumn, a okno ma 60; przepisz tekst."
    assert told in ready(f"order qr {ANNA} --large").out
    assert told not in ready(f"order qr {ANNA}").out


def test_there_is_no_code_before_the_order_is_ready(on_store: Run) -> None:
    on_store(f"order place {ANNA}")
    result = on_store(f"order qr {ANNA}")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("Kodu QR i kodu aktywacyjnego jeszcze nie ma.")


def test_without_a_yes_and_a_terminal_nothing_changes(on_store: Run, store: Path) -> None:
    on_store(f"order place {ANNA}")
    before = store.read_bytes()
    result = on_store(f"order cancel {ANNA}")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("Nie potwierdzono")
    assert store.read_bytes() == before
    cancelled = on_store(f"order cancel {ANNA} --yes --json").json
    assert (cancelled["status"], cancelled["why_cannot_order"]) == ("CANCELLED", [])


def test_revoking_kills_the_codes_and_a_new_order_lists_the_old_one(ready: Run) -> None:
    assert ready(f"order cancel {ANNA} --yes").status == 1
    revoked = ready(f"order revoke {ANNA} --yes --json").json
    assert (revoked["status"], revoked["token"]) == ("REVOKED", None)
    lines = ready(f"order status {ANNA}").out.splitlines()
    assert "Od: 2026-10-05 09:15:00" in lines
    assert "Możesz zamówić mLegitymację ponownie." in lines
    again = ready(f"order place {ANNA} --json").json
    assert again["id"] == "anna.nowak-002"
    assert [order["status"] for order in again["orders"]] == ["REVOKED"]


@pytest.mark.parametrize(("answer", "status"), [("t\n", 0), ("tak\n", 0), ("n\n", 1), ("", 1)])
def test_a_person_is_asked(
    on_store: Run, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    on_store(f"order place {ANNA}")
    monkeypatch.setattr(person, "_is_there", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: answer, raising=False)
    result = on_store(f"order cancel {ANNA}")
    assert result.status == status
    assert result.err.startswith("Anulować zamówienie? [t/N]")


def test_consents_are_asked_for_and_named(on_store: Run) -> None:
    ola = "--user ola.wisniewska"
    result = on_store(f"order place {ola} --consent dane,regulamin")
    assert result.status == 1
    assert "Oświadczenie o prawdziwości danych" in result.err
    assert "przekazanie danych" not in result.err
    assert on_store(f"order place {ola} --consent nope").status == 2
    assert "- oswiadczenie: " in on_store(f"order conditions {ola}").out
    placed = on_store(f"order place {ola} --consent dane,regulamin --consent oswiadczenie --json")
    assert [consent["id"] for consent in placed.json["consents"]] == [
        "dane",
        "regulamin",
        "oswiadczenie",
    ]


def test_all_consents_at_once_also_where_none_is_asked_for(on_store: Run) -> None:
    assert on_store("order place --user ola.wisniewska --consent all").status == 0
    assert on_store(f"order place {ANNA} --consent all").status == 0


def test_an_expired_order_says_since_when(ready: Run) -> None:
    ready("time forward 30d")
    lines = ready(f"order status {ANNA}").out.splitlines()
    assert "Status: kody wygasły" in lines
    assert any(line.startswith("Od: 2026-11-04 ") for line in lines)
    document = ready(f"order status {ANNA} --json").json
    assert (document["status"], document["token"]) == ("CODES_EXPIRED", None)
    assert ready(f"order qr {ANNA}").status == 1


def test_the_english_page_uses_the_skins_own_words(on_store: Run) -> None:
    on_store(f"order place {ANNA}")
    assert "pending" in on_store(f"order status {ANNA} --lang en").out
    assert "oczekujący" not in on_store(f"order status {ANNA} --lang en").out


def test_the_office_has_no_order(on_store: Run) -> None:
    assert on_store("order status --user dziekanat").status == 1
