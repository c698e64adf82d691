"""Every problem that people really meet is played to its outcome; and the file of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.domain.order import NotYours, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.scenarios import FILE, Scenario, UnknownScenario, read
from mleg_tui.services.demo_data import BadDemoData, own_directory
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.switches import Machine
from tests.factories import TODAY, House, house

BY = Administrator()
SCENARIOS = {scenario.id: scenario for scenario in read(own_directory(), TODAY)}
DOCS = Path(__file__).parents[2] / "mleg_tui" / "docs"
PROBLEMS = """
blocked by exactly one condition · blocked by several · photo waiting for approval ·
paid today, data migrate tonight · wrong amount or account → unsettled → no ELS ·
paid after the deadline → interest · hologram glued but not recorded · surname changed · no PESEL ·
doctoral student · stuck `oczekujący` (agent down) · never refreshed the page ·
`błąd` after hand-over · ordered twice · cancelled by mistake ·
copied the token with a space or line break, or lost a character · swapped token and code ·
O/0, l/I, wrong case · codes older than 30 days · same codes on a second phone ·
new phone, forgot to revoke · camera refused · no network while adding / verifying ·
terms not accepted · already has a school card · phone idle log-out in the middle ·
confuses app password with activation code · session expired with the QR open · outage window ·
31 March passed · over 26 · graduate · wrong login id / throttled ·
English-speaking exchange student · first year before the oath · photo rejected with a reason ·
tuition late → ELS not extended · validity extended for a whole university ·
plastic card on application (rules of 2025)
"""
"""The list of docs/domain.md §12."""


def playing() -> tuple[House, Scenarios]:
    usos = house()
    usos.services.time.pause()
    return usos, Scenarios(usos.services)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_scenario_ends_as_it_is_told(scenario: Scenario) -> None:
    outcome = playing()[1].play(BY, scenario)
    wrong = [mismatch for played in outcome.played for mismatch in played.mismatches]
    assert (wrong, outcome.at_the_end) == ([], ())
    assert outcome.as_told
    assert len(outcome.played) == len(scenario.setup) + len(scenario.steps)


def test_every_problem_has_a_scenario() -> None:
    listed = [problem.strip() for problem in " ".join(PROBLEMS.split()).split("·")]
    told = [scenario.problem for scenario in SCENARIOS.values()]
    assert set(told) == set(listed)
    assert told.count("blocked by exactly one condition") == 7


def test_each_has_an_account_of_its_own_and_disturbs_nobody() -> None:
    students = [student.id for one in SCENARIOS.values() for student in one.students]
    assert len(set(students)) == len(students)
    demo = {s.id for s in house().services.store.read(lambda view: view.select(Student))}
    assert demo.isdisjoint(students)
    numbers = [
        (student.university, student.student_number)
        for one in SCENARIOS.values()
        for student in one.students
        if student.student_number
    ]
    assert len(set(numbers)) == len(numbers)


def test_all_of_them_can_be_set_up_in_one_store_one_after_the_other() -> None:
    usos, scenarios = playing()
    for scenario in scenarios.all():
        assert not any(played.mismatches for played in scenarios.set_up(BY, scenario))
        assert usos.services.simulation.show(BY).scenario == scenario.id
        assert usos.session(scenario.account).student() == scenario.account


def test_a_scenario_can_be_set_up_again_and_again() -> None:
    usos, scenarios = playing()
    for _ in range(3):
        scenarios.set_up(BY, scenarios.named("new-phone"))
        assert scenarios.play(BY, scenarios.named("new-phone")).as_told
    assert len(usos.orders()) == 2


def test_setting_up_puts_every_switch_back() -> None:
    usos, scenarios = playing()
    usos.services.simulation.switch(BY, Machine.MINISTRY, down=True)
    usos.services.simulation.set_slowdown(BY, 5)
    scenarios.set_up(BY, scenarios.named("stuck-pending"))
    desk = usos.services.simulation.show(BY)
    assert desk.down == {Machine.AGENT}
    assert desk.slowdown == 1
    assert usos.orders()[0].status is OrderStatus.PENDING


@pytest.mark.parametrize("login", ["anna.nowak", "kontroler"])
def test_only_the_office_sets_one_up(login: str) -> None:
    usos, scenarios = playing()
    revision = usos.services.store.revision()
    with pytest.raises(NotYours):
        scenarios.set_up(usos.session(login), SCENARIOS["outage"])
    assert usos.services.store.revision() == revision
    scenarios.set_up(usos.session("dziekanat"), SCENARIOS["outage"])


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UnknownScenario):
        playing()[1].named("nothing")


def test_a_scenario_that_does_not_go_as_told_says_where(tmp_path: Path) -> None:
    wrong = own_document()
    entry = next(one for one in wrong["scenarios"] if one["id"] == "ordered-twice")
    entry["steps"][1]["refused"] = ["NO_PESEL"]
    entry["expect"]["orders"] = 7
    found = read(written(tmp_path, wrong), TODAY)
    scenario = next(one for one in found if one.id == "ordered-twice")
    outcome = playing()[1].play(BY, scenario)
    assert not outcome.as_told
    (mismatch,) = outcome.played[1].mismatches
    assert (mismatch.what, mismatch.found) == ("refused", ("LIVE_ORDER_EXISTS",))
    assert [(one.what, one.expected, one.found) for one in outcome.at_the_end] == [("orders", 7, 1)]


def written(directory: Path, document: object) -> Path:
    (directory / FILE).write_text(json.dumps(document), encoding="utf-8")
    return directory


def own_document() -> Any:
    return json.loads((own_directory() / FILE).read_text(encoding="utf-8"))


MISTAKES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda d: d["scenarios"][0].update(colour="red"), "$.scenarios[0]"),
    (lambda d: d["scenarios"][3]["steps"][2].update(do="dance"), "$.scenarios[3].steps[2]"),
    (lambda d: d["scenarios"][3]["steps"][2].update(loudly=True), "$.scenarios[3].steps[2]"),
    (lambda d: d["scenarios"][1]["steps"][1].update(act="sing"), "$.scenarios[1].steps[1].act"),
    (lambda d: d["scenarios"][0]["expect"].update(status="NICE"), "$.scenarios[0].expect.status"),
    (lambda d: d["scenarios"][0].update(account="nobody"), "$.scenarios[0].account"),
    (
        lambda d: d["scenarios"][0]["students"][0].update(like="x"),
        "$.scenarios[0].students[0].like",
    ),
    (lambda d: d["scenarios"][0]["students"][0].update(pesel="44051401359"), "students[0]"),
    (lambda d: d["scenarios"][0]["students"][0].update(shoe=44), "$.scenarios[0].students[0].shoe"),
    (lambda d: d["scenarios"][1].update(id=d["scenarios"][0]["id"]), "$.scenarios[1].id"),
    (lambda d: d.pop("scenarios"), "scenarios"),
]


@pytest.mark.parametrize(("spoil", "place"), MISTAKES)
def test_a_mistake_names_the_file_and_the_place(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], place: str
) -> None:
    document = own_document()
    spoil(document)
    with pytest.raises(BadDemoData) as caught:
        read(written(tmp_path, document), TODAY)
    details = caught.value.details
    assert details["file"] == FILE
    assert place in f"{details['place']} {details['reason']}"


@pytest.mark.parametrize(("page", "language"), [("scenarios.md", "en"), ("scenarios.pl.md", "pl")])
def test_the_documentation_lists_them_all(page: str, language: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for scenario in SCENARIOS.values():
        title = scenario.title.in_language(language)
        assert f"| `{scenario.id}` | `{scenario.account}` | {title} |" in text
