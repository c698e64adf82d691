"""``mleg-tui order els`` and ``apply-els``: the plastic card as plain lines."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from tests.cli.conftest import Run

MAJA = "--user maja.krol"


def els(cli: Run) -> Any:
    return json.loads(cli(f"order els {MAJA} --json").out)


def test_one_applies_and_sees_what_is_to_be_paid(cli: Run) -> None:
    assert els(cli)["due"] is None
    done = cli(f"order apply-els {MAJA} --yes")
    assert done.status == 0
    assert "Do zapłaty: 22,00 PLN, termin " in done.out
    shown = els(cli)
    assert shown["due"]["remaining"] == 2200
    applied, deadline = (
        date.fromisoformat(day) for day in (shown["els_applied_on"], shown["due"]["deadline"])
    )
    assert deadline - applied == timedelta(days=14)
    assert [reason["code"] for reason in shown["why_cannot_apply"]] == ["ALREADY_APPLIED"]
    again = cli(f"order apply-els {MAJA} --yes")
    assert again.status == 1
    assert "już złożono" in again.err


def test_without_a_yes_nothing_happens(cli: Run) -> None:
    assert cli(f"order apply-els {MAJA}").status == 1
    assert els(cli)["els_applied_on"] is None


def test_elsewhere_the_reason_is_told(cli: Run) -> None:
    done = cli("order apply-els --user anna.nowak --yes")
    assert done.status == 1
    assert "bez wniosku" in done.err


def test_the_office_sees_it_and_issues_the_card(cli: Run) -> None:
    office = "--user dziekanat --student maja.krol"
    refused = cli(f"office issue-els {office}")
    assert refused.status == 1
    assert "nie złożył wniosku" in refused.err
    cli(f"order apply-els {MAJA} --yes")
    assert "Wniosek o ELS z dnia: " in cli(f"office student {office}").out
    assert cli(f"office issue-els {office}").status == 1
    assert cli(f"office book-payment {office}").status == 0
    issued = cli(f"office issue-els {office} --json")
    assert json.loads(issued.out)["els_applied_on"] is None
    assert "✓ Rozliczona" in cli(f"order els {MAJA}").out
