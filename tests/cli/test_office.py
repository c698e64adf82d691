from __future__ import annotations

import pytest

from tests.cli.conftest import Run

STAFF = "--user dziekanat"
PIOTR = "--student piotr.zielinski"


def test_orders_as_lines_and_as_json(on_store: Run) -> None:
    assert on_store(f"office orders {STAFF}").out.splitlines()[1] == "Nie ma zamówień."
    on_store("order place --user anna.nowak")
    line = on_store(f"office orders {STAFF}").out.splitlines()[1]
    assert line == "2026-10-05 09:00:00 · anna.nowak · AGH (symulacja) · oczekujący"
    (order,) = on_store(f"office orders {STAFF} --json").json["orders"]
    assert (order["id"], order["status"]) == ("anna.nowak-001", "PENDING")
    assert not {"token", "distribution_pass"} & order.keys()


def test_students_with_what_they_lack(on_store: Run) -> None:
    lines = on_store(f"office students {STAFF}").out.splitlines()
    assert "jan.kowalski · Jan Kowalski · AGH (symulacja)" in lines
    assert any("Ważność Twojej ELS w USOS minęła." in line for line in lines)
    rows = {row["id"]: row for row in on_store(f"office students {STAFF} --json").json["students"]}
    assert rows["jan.kowalski"]["unmet"] == ["ELS_EXTENDED"]
    assert rows["anna.nowak"]["unmet"] == []


def test_a_card_is_refused_until_the_fee_is_settled(on_store: Run) -> None:
    refused = on_store(f"office issue-els {STAFF} {PIOTR}")
    assert (refused.status, refused.out) == (1, "")
    assert "Opłata za ELS nie jest rozliczona" in refused.err
    english = on_store(f"office issue-els {STAFF} {PIOTR} --lang en")
    assert "not settled" in english.err


def test_a_card_is_extended_once(on_store: Run) -> None:
    line = f"office extend-els {STAFF} --student jan.kowalski"
    document = on_store(f"{line} --json").json
    assert document["els"]["valid_until"] == "2027-03-31"
    again = on_store(line)
    assert again.status == 1
    assert "2027-03-31" in again.err
    assert on_store("order place --user jan.kowalski").status == 0


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("approve-photo --user anna.nowak --student anna.nowak", 1, "Nie masz uprawnień"),
        ("orders --user kontroler", 1, "Nie masz uprawnień"),
        (f"approve-photo {STAFF} --student anna.nowak", 1, "nie czeka na decyzję"),
        (f"approve-photo {STAFF} --student nobody", 1, "nobody"),
        (f"reject-photo {STAFF} --student anna.nowak", 1, "wymaga podania powodu"),
        (f"issue-els {STAFF}", 2, "--student"),
        ("orders", 2, "--user"),
        (f"sing {STAFF}", 2, "sing"),
        ("orders --user nobody", 5, "uwierzytelniania"),
    ],
)
def test_what_is_refused(on_store: Run, line: str, status: int, told: str) -> None:
    result = on_store(f"office {line}")
    assert (result.status, result.out) == (status, "")
    assert told in result.err
