"""The one language of steps: where a step makes sense, and what it does on the services."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from mleg_tui.automation import perform as perform_in_program
from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands import on_services, steps
from mleg_tui.errands.on_services import attempt
from mleg_tui.errands.people import People
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.scenarios import FILE, read
from mleg_tui.errands.steps import (
    AnyStep,
    AppUnlock,
    BreakStore,
    CheckShare,
    Give,
    OnServices,
    Order,
    PhoneAdd,
    Step,
    WaitFor,
    kind_of,
    see_that_program_can,
)
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.services.mistakes import Mistake
from mleg_tui.services.session import Administrator
from tests.errands.test_scenarios import own_document, written
from tests.factories import TODAY, house

KINDS: tuple[type[Step], ...] = get_args(AnyStep)
ANNA = "anna.nowak"


def test_every_kind_of_step_is_in_the_language_and_has_a_performer() -> None:
    defined = {
        kind
        for _name, kind in inspect.getmembers(steps, inspect.isclass)
        if issubclass(kind, Step) and kind not in (Step, OnServices, steps.OnScreen, steps.OnStage)
    }
    assert defined == {*KINDS}
    for kind in defined - {*steps.OnStage.__subclasses__()}:
        assert perform_in_program.dispatch(kind) is not perform_in_program.dispatch(object)
        if issubclass(kind, OnServices):
            nobody = on_services.perform.dispatch(object)
            assert on_services.perform.dispatch(kind) is not nobody


MISPLACED: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda s: s["steps"].insert(0, {"do": "give", "command": "app.help"}), "steps[0].do: „give”"),
    (lambda s: s["steps"].insert(0, {"do": "break-store"}), "steps[0].do: „break-store”"),
    (
        lambda s: s["steps"][0].update(sees={"pl": "a", "en": "b"}),
        "steps[0].sees: „sees” wymaga ekranu",
    ),
    (
        lambda s: s.update(setup=[{"do": "idle", "time": "1m"}]),
        "setup[0].do: „idle” da się tylko odegrać",
    ),
    (lambda s: s["expect"].update(page="usosweb.qr"), "expect.page: „page” wymaga ekranu"),
    (lambda s: s["expect"].pop("status"), "expect: brakuje pola status"),
]


@pytest.mark.parametrize(("spoil", "told"), MISPLACED)
def test_a_scenario_says_which_step_needs_the_program(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], told: str
) -> None:
    document = own_document()
    spoil(document["scenarios"][0])
    with pytest.raises(BadDemoData) as caught:
        read(written(tmp_path, document), TODAY)
    assert _said(caught.value).startswith(f"{FILE}: $.scenarios[0].{told}")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (BreakStore(), "steps[1].do: „break-store” jest tylko dla zdjęć ekranów"),
        (Give("app.nope"), "steps[1].command: command: nieznana wartość „app.nope”"),
    ],
)
def test_a_step_that_the_program_cannot_do_is_told(step: Step, told: str) -> None:
    with pytest.raises(BadDemoData) as caught:
        see_that_program_can([Order(), step], {"app.help"}, "steps", file="x.json")
    assert _said(caught.value) == f"x.json: {told}"


def _said(error: BadDemoData) -> str:
    reason = error.details["reason"]
    assert isinstance(reason, Mistake)
    told = reason.message.format_map(reason.details)
    return f"{error.details['file']}: {error.details['place']}: {told}"


def test_one_waits_on_the_services_too_and_is_told_what_never_comes() -> None:
    people = People(house().services, ANNA)
    assert attempt(Order(), people).mismatches == ()
    assert attempt(WaitFor(OrderStatus.READY), people).mismatches == ()
    newest = people.newest_order(ANNA)
    assert newest is not None
    assert newest.status is OrderStatus.READY
    never = attempt(WaitFor(OrderStatus.CANCELLED, refused=("NEVER_REACHED",)), people)
    assert never.mismatches == ()


@pytest.mark.parametrize(
    ("step", "code"),
    [(PhoneAdd(), "NO_CODES_YET"), (AppUnlock(), "NO_CODES_YET"), (CheckShare(), "UNKNOWN_CHECK")],
    ids=kind_of,
)
def test_what_is_not_there_to_be_typed_is_a_refusal(step: OnServices, code: str) -> None:
    (wrong,) = attempt(step, People(house().services, ANNA)).mismatches
    assert (wrong.what, wrong.found) == ("refused", (code,))


def test_each_student_types_their_own_codes() -> None:
    people = People(house().services, ANNA)
    for who in (ANNA, "ola.wisniewska"):
        attempt(Order(who=who), people)
        attempt(WaitFor(OrderStatus.READY, who=who), people)
    assert attempt(PhoneAdd(who="ola.wisniewska"), people).mismatches == ()
    assert attempt(PhoneAdd(who=ANNA), people).mismatches == ()


def test_what_is_missing_can_be_asked_on_the_way() -> None:
    usos = house()
    scenarios = Scenarios(usos.services)
    scenario = scenarios.named("ordered-twice")
    scenarios.set_up(Administrator(), scenario)
    missing = {wrong.what: wrong.found for wrong in scenarios.missing(scenario)}
    assert missing == {"status": None, "orders": 0}
    people = People(usos.services, scenario.account)
    for step in scenario.steps:
        assert scenarios.missing(scenario)
        attempt(step, people)
        if isinstance(step, steps.Forward):
            break
    assert scenarios.missing(scenario) == ()
