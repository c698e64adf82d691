"""The office's plain lines: lists, files, decisions about orders, the audit; and who may."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mleg_tui.cli.plain import instant
from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.audit import FieldChange
from mleg_tui.domain.messages import NOTICE
from mleg_tui.services.clock import StandingClock
from mleg_tui.stores.tinydb import TinyDbStore
from tests.cli.conftest import MONDAY, Run
from tests.factories import event

STAFF = "--user dziekanat"
ANNA = "anna.nowak-001"
LEAVES = (
    "orders", "students", f"order --order {ANNA}", "student --student anna.nowak", "export",
    "counters", "audit", "approve-photo --student anna.nowak", "extend-els --student jan.kowalski",
    "reject-photo --student anna.nowak --reason x", "issue-els --student anna.nowak",
    "record-hologram --student anna.nowak", "book-payment --student piotr.zielinski",
    "change-surname --student anna.nowak --surname Kot", "suspend --student anna.nowak",
    "set-pesel --student anna.nowak --number 04251712488", "strike-off --student anna.nowak",
    "set-student-number --student anna.nowak --number 1", "graduate --student anna.nowak",
    "reinstate --student anna.nowak", f"fail --order {ANNA} --reason x", f"retry --order {ANNA}",
    "revoke --ids anna.nowak --reason x --yes", "revoke --ids anna.nowak --preview",
)  # fmt: skip


@pytest.mark.parametrize("line", LEAVES)
def test_a_student_reaches_none_of_it(on_store: Run, line: str) -> None:
    for user in ("anna.nowak", "kontroler"):
        result = on_store(f"office {line} --user {user}")
        assert (result.status, result.out) == (1, "")
        assert "Nie masz uprawnień" in result.err


@pytest.mark.parametrize("line", LEAVES)
def test_a_wrong_password_gets_nobody_in(
    on_store: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "wrong")
    result = on_store(f"office {line} {STAFF}")
    assert (result.status, result.out) == (5, "")


def test_orders_are_filtered_sorted_counted_and_exported(on_store: Run) -> None:
    on_store("order place --user anna.nowak")
    on_store("time forward 1h")
    on_store("order place --user ewa.lis")

    def students(line: str) -> list[str]:
        document = on_store(f"office orders {STAFF} --json {line}").json
        return [order["student"] for order in document["orders"]]

    assert students("") == ["ewa.lis", "anna.nowak"]
    assert students("--text NOWÁK") == ["anna.nowak"]
    assert students("--status pending") == ["ewa.lis"]
    assert students("--of umcs") == ["ewa.lis"]
    assert students("--older 30m") == ["anna.nowak"]
    assert students("--sort student --descending") == ["anna.nowak", "ewa.lis"]
    counted = on_store(f"office counters {STAFF} --json").json
    assert (counted["total"], counted["by_status"]["READY"]) == (2, 1)
    assert counted["by_day"] == [{"day": "2026-10-05", "orders": 2}]
    assert "READY: 1" in on_store(f"office counters {STAFF}").out
    lines = list(csv.reader(io.StringIO(on_store(f"office export {STAFF} --status READY").out)))
    assert lines[0] == ["# SYMULACJA — NIE JEST DOKUMENTEM"]
    assert [line[1] for line in lines[2:]] == ["anna.nowak"]
    exported = json.loads(on_store(f"office export {STAFF} --json").out)
    assert len(exported["orders"]) == 2


def test_one_order_and_one_student(on_store: Run) -> None:
    on_store("order place --user anna.nowak")
    on_store("time forward 1h")
    file = on_store(f"office order {STAFF} --order {ANNA} --json")
    assert [entry["status"] for entry in file.json["history"]] == [
        "PENDING",
        "IN_PROGRESS",
        "READY",
    ]
    card = on_store("order status --user anna.nowak --json").json
    for line in (f"order --order {ANNA}", "student --student anna.nowak", "audit", "orders"):
        shown = (
            on_store(f"office {line} {STAFF}").out + on_store(f"office {line} {STAFF} --json").out
        )
        assert card["token"] not in shown
        assert card["distribution_pass"] not in shown
        assert "SYMULACJA" in shown
    assert on_store(f"office student {STAFF} --student anna.nowak --json").json["unmet"] == []


def test_an_order_is_failed_and_placed_again(on_store: Run) -> None:
    on_store("order place --user anna.nowak")
    assert on_store(f"office fail {STAFF} --order {ANNA}").status == 1
    failed = on_store(f"office fail {STAFF} --order {ANNA} --json --reason", "złe dane").json
    assert (failed["status"], failed["history"][-1]["reason"]) == ("ERROR", "złe dane")
    again = on_store(f"office retry {STAFF} --order {ANNA} --json").json
    assert (again["id"], again["status"]) == ("anna.nowak-002", "PENDING")
    assert on_store(f"office retry {STAFF} --order {ANNA}").status == 1


def test_a_list_is_invalidated_once_somebody_says_yes(on_store: Run) -> None:
    on_store("order place --user anna.nowak")
    pasted = ["--ids", "401237, nobody"]
    preview = on_store(f"office revoke {STAFF} --preview", *pasted)
    assert "✓ 401237: zostanie unieważnione anna.nowak-001" in preview.out
    assert "✗ nobody" in preview.out
    refused = on_store(f"office revoke {STAFF} --reason koniec", *pasted)
    assert refused.status == 1
    assert "✓ 401237" in refused.err
    assert on_store("order status --user anna.nowak --json").json["status"] == "PENDING"
    done = on_store(f"office revoke {STAFF} --reason koniec --yes --json", *pasted).json
    assert [order["refused"] for order in done["orders"]] == [None, "NOT_FOUND"]
    assert on_store("order status --user anna.nowak --json").json["status"] == "REVOKED"


def test_the_audit_tells_who_did_what(on_store: Run) -> None:
    on_store(f"office change-surname {STAFF} --student anna.nowak --surname", "Żuk")
    events = on_store(f"office audit {STAFF} --json --text zuk").json["events"]
    assert {event["table"] for event in events} == {"students", "accounts"}
    assert {event["actor"] for event in events} == {"dziekanat"}
    line = on_store(f"office audit {STAFF} --record anna.nowak --until 2027-01-01 --limit 1").out
    assert "dziekanat · " in line
    assert on_store(f"office audit {STAFF} --since 2027-01-01 --json").json["events"] == []


def test_the_audit_is_exported_whole(on_store: Run, store: Path) -> None:
    change = FieldChange("last_name", "=1+1", "Żuk\nNowa")
    events = [event(datetime.now(UTC), f"{n:05}", changes=(change, change)) for n in range(250)]
    with closing(TinyDbStore(store)) as opened:
        opened.transact(lambda work: work.restore(events))
    assert len(on_store(f"office audit {STAFF} --json").json["events"]) == 250
    assert on_store(f"office audit {STAFF}").out.count("students/anna.nowak") == 200
    table = on_store(f"office audit {STAFF} --csv").out
    warning, *rows = csv.reader(io.StringIO(table))
    assert warning == [f"# {NOTICE}"]
    assert len(rows) == 501
    first = dict(zip(*rows[:2], strict=True))
    assert first.pop("real_at") == instant(events[0].real_at)
    assert first == {
        "at": "2026-10-05T07:00:00Z", "actor": "dziekanat", "table": "students",
        "record": "anna.nowak", "reason": "", "field": "last_name", "before": "'=1+1",
        "after": "Żuk␊Nowa",
    }  # fmt: skip
    few = on_store(f"office audit {STAFF} --csv --limit 3 --text zuk").out
    assert few.count("\n") == 2 + 6


def test_the_audit_that_is_too_old_is_exported_before_it_goes(on_store: Run, store: Path) -> None:
    with closing(TinyDbStore(store)) as opened:
        opened.transact(lambda work: work.add(event(datetime(2020, 1, 1, tzinfo=UTC))))
    exported = [on_store(f"office audit {STAFF} --csv").out.count("anna.nowak") for _ in range(2)]
    assert exported == [1, 0]


def test_money_is_booked_and_a_card_issued(on_store: Run) -> None:
    line = f"{STAFF} --student piotr.zielinski"
    assert on_store(f"office issue-els {line}").status == 1
    assert on_store(f"office book-payment {line}").status == 0
    assert on_store(f"office issue-els {line}").status == 0
    assert on_store("order place --user piotr.zielinski").status == 0


def test_all_cards_of_a_university_are_extended_once_somebody_agrees(on_store: Run) -> None:
    line = f"office extend-els {STAFF} --university agh"
    preview = on_store(f"{line} --preview --json").json
    assert (preview["done"], preview["extended"]) == (False, ["jan.kowalski"])
    assert on_store("order place --user jan.kowalski").status == 1
    done = on_store(f"{line} --yes")
    assert (done.status, "✓ jan.kowalski" in done.out) == (0, True)
    assert on_store("order place --user jan.kowalski").status == 0
    assert on_store(f"{line} --yes --json").json["extended"] == []
    assert on_store(f"office extend-els {STAFF} --university nowhere --yes").status == 2
    assert on_store(f"{line} --student jan.kowalski").status == 2


def test_an_instalment_behind_another_is_not_booked(on_store: Run) -> None:
    line = f"{STAFF} --student piotr.zielinski"
    refused = on_store(f"office book-payment {line} --due piotr.zielinski-rate-3")
    assert refused.status == 1
    assert "piotr.zielinski-rate-2" in refused.err


def test_a_payment_that_is_too_little_is_moved_and_told(on_store: Run, store: Path) -> None:
    services = open_services(Settings(str(store)), StandingClock(MONDAY))
    with closing(services.store):
        piotr = services.login.vouch("piotr.zielinski")
        astray = services.payments.pay(piotr, "10", "0" * 26)
    line = f"{STAFF} --student piotr.zielinski --payment {astray.id}"
    booked = on_store(f"office book-payment {line}")
    assert booked.status == 0
    assert "piotr.zielinski-els" in booked.err
    assert "12,00 PLN" in booked.err


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("orders --status NICE", 2, "NICE"),
        ("orders --older soon", 2, "soon"),
        ("order", 2, "--order"),
        ("order --order nobody-001", 1, "nobody-001"),
        ("revoke --reason x", 2, "--ids"),
        ("audit --since yesterday", 2, "yesterday"),
        ("audit --limit many", 2, "many"),
        ("audit --csv --json", 2, "--csv"),
        ("change-surname --student anna.nowak", 2, "--surname"),
        ("set-pesel --student anna.nowak --number 44051401359", 2, "cyfrę kontrolną"),
        ("graduate --student nobody", 1, "nobody"),
    ],
)
def test_what_is_wrong_is_told(on_store: Run, line: str, status: int, told: str) -> None:
    result = on_store(f"office {line} {STAFF}")
    assert (result.status, result.out) == (status, "")
    assert told in result.err
