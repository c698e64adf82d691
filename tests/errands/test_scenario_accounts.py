"""The account that a scenario is about: there once it is set up, with the demo password."""

from __future__ import annotations

import pytest

from mleg_tui.domain.account import Account
from mleg_tui.domain.errors import LoginRefused
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.scenarios import Scenario, read
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.session import Administrator
from tests.factories import TODAY, House, house

SCENARIOS = read(own_directory(), TODAY)


def accounts(home: House) -> set[str]:
    return {account.id for account in home.services.store.read(lambda view: view.select(Account))}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_its_student_logs_in_once_it_is_set_up(scenario: Scenario) -> None:
    home = house()
    scenarios = Scenarios(home.services)
    scenarios.set_up(Administrator(), scenarios.named(scenario.id))
    session = home.services.login.sign_in(scenario.account, "demo")
    assert session.login == scenario.account
    assert {student.id for student in scenario.students} <= accounts(home)


def test_nobody_of_a_scenario_is_there_before() -> None:
    home = house()
    shown = {account.login for account in home.services.campus.first_sight("agh").demo_accounts}
    for scenario in SCENARIOS:
        for student in scenario.students:
            assert (student.id in accounts(home)) <= (student.id in shown), student.id
    with pytest.raises(LoginRefused):
        home.services.login.sign_in(
            next(s.account for s in SCENARIOS if s.account not in shown), "demo"
        )


def test_a_reset_takes_them_away_again() -> None:
    home = house()
    before = accounts(home)
    scenarios = Scenarios(home.services)
    scenarios.set_up(Administrator(), scenarios.named(SCENARIOS[0].id))
    home.services.simulation.reset(Administrator())
    assert accounts(home) == before
