"""Every scenario is an exercise, solved by its own steps and by nothing less; and their data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.exercise import Condition, Player
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import EnrolmentStatus, PhotoStatus
from mleg_tui.errands import steps
from mleg_tui.errands.on_services import attempt
from mleg_tui.errands.people import People
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.scenarios import FILE, Scenario, named, read
from mleg_tui.languages import LANGUAGES
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.services.exercise_progress import Progress
from mleg_tui.services.store import KINDS
from tests.errands.test_scenarios import BY, SCENARIOS, own_document, playing, written
from tests.factories import TODAY, House

_LOOKS = (steps.Refresh, steps.CheckResult)
"""Steps that change nothing, so that nothing is solved by them."""
_OF_THE_OFFICE = (steps.Office, steps.Switch, steps.Rejections, steps.Slowdown)


def last_step_that_matters(scenario: Scenario) -> int:
    """Return the number of the last step that is the part of whom the exercise is for.

    After the office's last act only the time belongs to it that passes before a student's.
    """
    assert scenario.exercise is not None
    numbered = list(enumerate(scenario.steps, 1))
    if scenario.exercise.played_by is not Player.OFFICE:
        return max(number for number, step in numbered if not isinstance(step, _LOOKS))
    last = max(number for number, step in numbered if isinstance(step, _OF_THE_OFFICE))
    while last < len(numbered) and isinstance(scenario.steps[last], steps.Forward):
        last += 1
    return last


def started(scenario: Scenario) -> tuple[House, Scenarios]:
    usos, scenarios = playing()
    scenarios.set_up(BY, scenario)
    return usos, scenarios


def seen(usos: House, scenario: Scenario) -> Progress:
    usos.services.progression.catch_up()
    return usos.services.exercises.progress(BY, scenario.id)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_it_is_solved_by_its_last_step_that_matters_and_not_before(scenario: Scenario) -> None:
    usos, _ = started(scenario)
    people, last = People(usos.services, scenario.account), last_step_that_matters(scenario)
    assert seen(usos, scenario).missing
    for number, step in enumerate(scenario.steps, 1):
        attempt(step, people)
        progress = seen(usos, scenario)
        assert progress.is_solved == (number >= last), number
        assert progress.astray == ()
    assert progress.missing == ()
    assert progress.started.attempt.solved_at is not None


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_its_texts_are_there_in_every_language_and_fit_the_rail(scenario: Scenario) -> None:
    exercise = scenario.exercise
    assert exercise is not None
    ways = [way.says for way in exercise.wrong_ways]
    for text in (exercise.task, *exercise.hints, *ways):
        assert set(text) == set(LANGUAGES)
        assert max(map(len, text.values())) <= 160
    assert exercise.hints


def test_all_kinds_of_exercises_are_there() -> None:
    kinds = [
        (s.exercise.difficulty, s.exercise.played_by) for s in SCENARIOS.values() if s.exercise
    ]
    assert len(kinds) == len(SCENARIOS)
    assert len(set(kinds)) >= 6


WRONG: list[tuple[str, Callable[[House, str], object]]] = [
    (
        "photo-waiting",
        lambda h, who: h.services.office_students.strike_off(h.session("dziekanat"), who),
    ),
    (
        "photo-waiting",
        lambda h, who: h.services.office.reject_photo(h.session("dziekanat"), who, "Bo tak."),
    ),
    ("stuck-pending", lambda h, who: h.services.ordering.cancel(h.session(who))),
    ("camera-refused", lambda h, who: h.services.ordering.revoke(h.session(who))),
    (
        "no-pesel",
        lambda h, who: h.services.office_students.set_pesel(
            h.session("dziekanat"), who, "04251712488"
        ),
    ),
]


@pytest.mark.parametrize(("name", "go_wrong"), WRONG)
def test_a_wrong_way_is_said_while_it_is_gone(
    name: str, go_wrong: Callable[[House, str], object]
) -> None:
    scenario = SCENARIOS[name]
    usos, _ = started(scenario)
    assert seen(usos, scenario).astray == ()
    go_wrong(usos, scenario.account)
    assert len(seen(usos, scenario).astray) == 1
    assert not seen(usos, scenario).is_solved


def test_who_comes_back_from_a_wrong_way_can_solve_it_yet() -> None:
    scenario = SCENARIOS["photo-waiting"]
    usos, _ = started(scenario)
    office = usos.session("dziekanat")
    usos.services.office_students.strike_off(office, scenario.account)
    usos.services.office.approve_photo(office, scenario.account)
    progress = seen(usos, scenario)
    assert (progress.reached, len(progress.astray), progress.is_solved) == (1, 1, False)
    usos.services.office_students.reinstate(office, scenario.account)
    progress = seen(usos, scenario)
    assert (progress.reached, progress.astray, progress.is_solved) == (2, (), True)


def test_what_is_solved_stays_solved_whatever_comes_after() -> None:
    scenario = SCENARIOS["photo-waiting"]
    usos, _ = started(scenario)
    office = usos.session("dziekanat")
    usos.services.office.approve_photo(office, scenario.account)
    usos.services.office_students.strike_off(office, scenario.account)
    assert seen(usos, scenario).is_solved
    assert seen(usos, scenario).astray == ()


MISTAKES: list[tuple[Callable[[dict[str, Any]], object], str, str]] = [
    (lambda e: e.pop("task"), "", "task"),
    (lambda e: e.update(goal=[]), "", "an exercise has a goal"),
    (lambda e: e.update(goal=[{}]), "", "a condition names something"),
    (lambda e: e["goal"][0].update(photo="NICE"), "", "goal[0].photo"),
    (lambda e: e["goal"][0].update(colour="red"), ".goal[0].colour", ""),
    (lambda e: e["goal"][0].update(who="nobody"), ".goal[0]", "nobody"),
    (lambda e: e["goal"][0].update(documents={"one": None}), ".goal[0]", "documents"),
    (lambda e: e["goal"][0].update(changed=["students.shoe"]), ".goal[0]", "students.shoe"),
    (lambda e: e.update(difficulty="AWFUL"), "", "difficulty"),
    (lambda e: e.update(played_by="DOG"), "", "played_by"),
    (lambda e: e.update(hints="do it"), "", "hints"),
    (lambda e: e.update(loudly=True), ".loudly", ""),
    (lambda e: e["wrong_ways"].append("nowhere"), ".wrong_ways[4]", "nowhere"),
    (lambda e: e["wrong_ways"].append({"when": {"photo": "NONE"}}), "", "wrong_ways[4]"),
]


@pytest.mark.parametrize(("spoil", "place", "reason"), MISTAKES)
def test_a_mistake_names_the_file_and_the_field(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], place: str, reason: str
) -> None:
    document = own_document()
    number, entry = next(
        (number, one)
        for number, one in enumerate(document["scenarios"])
        if one["id"] == "photo-waiting"
    )
    spoil(entry["exercise"])
    with pytest.raises(BadDemoData) as caught:
        read(written(tmp_path, document), TODAY)
    details = caught.value.details
    assert details["file"] == FILE
    assert str(details["place"]).startswith(f"$.scenarios[{number}].exercise{place}")
    assert reason in f"{details['reason']} {vars(details['reason'])}"


def spoilt(directory: Path, spoil: Callable[[dict[str, Any]], object]) -> Scenario:
    document = own_document()
    spoil(next(one for one in document["scenarios"] if one["id"] == "photo-waiting"))
    return named(written(directory, document), TODAY, "photo-waiting")


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda s: s["exercise"].update(goal=[{"photo": "WAITING"}]), "exercise.goal"),
        (lambda s: s["exercise"]["goal"].append({"owes": 5}), "exercise.goal[2]"),
        (
            lambda s: s["exercise"].update(
                wrong_ways=[{"when": {"photo": "WAITING"}, "says": {"pl": "x"}}]
            ),
            "exercise.wrong_ways[0]",
        ),
    ],
)
def test_playing_says_where_an_exercise_does_not_fit_its_steps(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], place: str
) -> None:
    outcome = playing()[1].play(BY, spoilt(tmp_path, spoil))
    assert not outcome.as_told
    places = [(fault.details["file"], str(fault.details["place"])) for fault in outcome.faults]
    assert (FILE, f"{outcome.scenario.place}.{place}") in places


def test_a_scenario_may_be_no_exercise(tmp_path: Path) -> None:
    scenario = spoilt(tmp_path, lambda s: s.pop("exercise"))
    usos, scenarios = playing()
    assert scenarios.play(BY, scenario).as_told
    assert usos.services.exercises.started() == ()


def test_students_are_at_a_university_that_there_is(tmp_path: Path) -> None:
    document = own_document()
    document["scenarios"][3]["students"][0]["university"] = "oxford"
    usos = playing()[0]
    with pytest.raises(BadDemoData) as caught:
        Scenarios(usos.services, written(tmp_path, document)).all()
    assert caught.value.details["place"] == "$.scenarios[3].students[0]"


CONDITIONS = st.builds(
    Condition,
    status=st.none() | st.sampled_from(OrderStatus),
    orders=st.integers(0, 3),
    owes=st.none() | st.integers(0, 5000),
    photo=st.none() | st.sampled_from(PhotoStatus),
    enrolment=st.none() | st.sampled_from(EnrolmentStatus),
    can_order=st.none() | st.booleans(),
    els_valid=st.none() | st.booleans(),
    documents=st.dictionaries(st.sampled_from(["1", "2"]), st.none()),
    changed=st.lists(st.sampled_from([f"{table}.id" for table in KINDS]), max_size=2).map(tuple),
)


@given(CONDITIONS)
def test_a_condition_asks_for_what_it_names_and_nothing_else(condition: Condition) -> None:
    facts = condition.facts()
    for name in ("status", "orders", "owes", "photo", "enrolment", "can_order", "els_valid"):
        value = getattr(condition, name)
        assert facts.get(name) == value
        assert (name in facts) == (value is not None)
    assert {f"phone {phone}" for phone in condition.documents} <= facts.keys()
    assert ("changed" in facts) == bool(condition.changed)
