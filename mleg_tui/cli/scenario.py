"""``mleg-tui scenario``: the situations that people really meet, listed, loaded and played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from mleg_tui.cli import output
from mleg_tui.cli.options import argument, command
from mleg_tui.cli.plain import Document, Plain, services_at_one_moment, show
from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.messages import N_, NOTICE, MessageId
from mleg_tui.errands import steps
from mleg_tui.errands.expectation import Mismatch
from mleg_tui.errands.on_services import Performed
from mleg_tui.errands.play import Outcome, Scenarios
from mleg_tui.errands.scenarios import Scenario, named, read
from mleg_tui.locale import _, in_all, local, message_of
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.initial_data import SEEDED_START, Beginning
from mleg_tui.services.plain_values import to_plain
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.switches import MACHINE_LABELS

_SEED = 7
_NOT_AS_TOLD = 1
_TOLD: Mapping[type[steps.OnServices], MessageId] = {
    steps.LogIn: N_("{who} loguje się jako {login}"),
    steps.Idle: N_("{who} nic nie robi przez {time}"),
    steps.WaitFor: N_("mija czas, aż zamówienie {who} będzie miało status {status}"),
    steps.Order: N_("{who} zamawia mLegitymację"),
    steps.Cancel: N_("{who} anuluje zamówienie"),
    steps.Revoke: N_("{who} unieważnia mLegitymację"),
    steps.Refresh: N_("{who} odświeża stronę"),
    steps.SendPhoto: N_("{who} wysyła zdjęcie ({picture})"),
    steps.Pay: N_("{who} wpłaca {amount} PLN"),
    steps.PhoneSet: N_("{who} zmienia coś w telefonie {phone}"),
    steps.PhoneAdd: N_("{who} dodaje mLegitymację w telefonie {phone}"),
    steps.PhoneUpdate: N_("{who} aktualizuje dokument w telefonie {phone}"),
    steps.PhoneRemove: N_("{who} usuwa dokument z telefonu {phone}"),
    steps.AppSetUp: N_("{who} ustawia hasło aplikacji"),
    steps.AppUnlock: N_("{who} loguje się do aplikacji"),
    steps.CheckAsk: N_("kontroler rozpoczyna sprawdzenie"),
    steps.CheckShare: N_("{who} udostępnia dane kontrolerowi"),
    steps.CheckResult: N_("kontroler patrzy na wynik"),
    steps.Rejections: N_("system mObywatel odrzuca {number} z 1000 zamówień"),
    steps.Slowdown: N_("systemy pracują {times} razy wolniej"),
}
_OFFICE: Mapping[str, MessageId] = {
    "approve-photo": N_("dziekanat zatwierdza zdjęcie"),
    "reject-photo": N_("dziekanat odrzuca zdjęcie"),
    "issue-els": N_("dziekanat wydaje ELS"),
    "extend-els": N_("dziekanat przedłuża ELS"),
    "extend-all": N_("dziekanat przedłuża ELS wszystkim"),
    "record-hologram": N_("dziekanat odnotowuje hologram"),
    "book-payment": N_("dziekanat księguje wpłatę"),
    "change-surname": N_("dziekanat zmienia nazwisko"),
    "set-pesel": N_("dziekanat zapisuje PESEL"),
    "set-student-number": N_("dziekanat zapisuje numer albumu"),
    "suspend": N_("dziekanat zawiesza w prawach studenta"),
    "strike-off": N_("dziekanat skreśla z listy studentów"),
    "graduate": N_("dziekanat zapisuje ukończenie studiów"),
    "reinstate": N_("dziekanat przywraca status aktywnego studenta"),
    "fail": N_("dziekanat kończy zamówienie błędem"),
    "retry": N_("dziekanat zamawia ponownie w imieniu studenta"),
    "revoke": N_("dziekanat unieważnia mLegitymację"),
}


@dataclass(frozen=True, kw_only=True)
class Named(Plain):
    """Which scenario is meant."""

    name: str = argument(N_("nazwa z listy"), metavar=N_("NAZWA"))


def _list(arguments: Plain) -> int:
    found = read(own_directory(), warsaw_date(datetime.now(UTC)))
    document = {"simulation": str(NOTICE), "scenarios": [_summary(one) for one in found]}
    show(arguments, document, (f"{one.id} · {one.account} · {local(one.title)}" for one in found))
    return 0


def _show(arguments: Named) -> int:
    scenario = named(own_directory(), warsaw_date(datetime.now(UTC)), arguments.name)
    show(arguments, _whole(scenario), _lines(scenario))
    return 0


def _load(arguments: Named) -> int:
    with services_at_one_moment(arguments) as services:
        scenarios = Scenarios(services)
        scenario = scenarios.named(arguments.name)
        scenarios.set_up(Administrator(), scenario)
    show(arguments, _whole(scenario), _lines(scenario))
    if not arguments.json:
        output.tell(_("Scenariusz jest przygotowany; zaloguj się na podane konto."))
    return 0


def _play(arguments: Named) -> int:
    """Play in memory, so that no store is touched and the outcome is the same every time."""
    beginning = Beginning(seed=_SEED, now=SEEDED_START)
    services = open_services(Settings("memory:", beginning), StandingClock(SEEDED_START))
    with closing(services.store):
        scenarios = Scenarios(services)
        played = scenarios.play(Administrator(), scenarios.named(arguments.name))
    show(arguments, _outcome(played), _outcome_lines(played))
    return 0 if played.as_told else _NOT_AS_TOLD


def _summary(scenario: Scenario) -> Document:
    """Return what a list tells of a scenario."""
    return {
        "id": scenario.id,
        "title": in_all(scenario.title),
        "teaches": in_all(scenario.teaches),
        "problem": scenario.problem,
        "account": scenario.account,
    }


def _whole(scenario: Scenario) -> Document:
    """Return all that is to be told of a scenario."""
    return {
        "simulation": str(NOTICE),
        **_summary(scenario),
        "setup": [_plain(step) for step in scenario.setup],
        "steps": [_plain(step) for step in scenario.steps],
        "expect": _plain(scenario.expect),
    }


def _lines(scenario: Scenario) -> Iterator[str]:
    """Yield what a scenario teaches and what happens in it."""
    yield _(NOTICE)
    yield f"{scenario.id} · {local(scenario.title)}"
    yield from local(scenario.teaches).splitlines()
    yield _("Konto: {login}").format(login=scenario.account)
    if scenario.setup:
        yield _("Co było wcześniej:")
        yield from (f"  {_line(step, scenario.account)}" for step in scenario.setup)
    yield _("Co się dzieje:")
    for number, step in enumerate(scenario.steps, 1):
        yield f"  {number}. {_line(step, scenario.account)}"


def _outcome(played: Outcome) -> Document:
    """Return how a scenario went."""
    return {
        "simulation": str(NOTICE),
        **_summary(played.scenario),
        "as_told": played.as_told,
        "played": [_played(one) for one in played.played],
        "mismatches": [_mismatch(one) for one in played.at_the_end],
    }


def _outcome_lines(played: Outcome) -> Iterator[str]:
    """Yield how a scenario went, step by step."""
    yield _(NOTICE)
    yield f"{played.scenario.id} · {local(played.scenario.title)}"
    for one in played.played:
        sign = "✗" if one.mismatches else "✓"
        yield f"{sign} {_line(one.step, played.scenario.account)}"
        if one.refusal is not None:
            yield f"    {message_of(one.refusal)} ({', '.join(one.refusal.codes)})"
        yield from map(_mismatch_line, one.mismatches)
    yield from map(_mismatch_line, played.at_the_end)
    yield _("✓ zgodnie ze scenariuszem") if played.as_told else _("✗ niezgodnie ze scenariuszem")


def _line(step: steps.OnServices, account: str) -> str:
    who = step.who or account
    match step:
        case steps.Office():
            return _(_OFFICE[step.act])
        case steps.Switch():
            state = _("przestaje działać") if step.down else _("działa znowu")
            return f"{_(MACHINE_LABELS[step.machine])}: {state}"
        case steps.Forward():
            return _("mija czas: {time}").format(time=step.by or step.to)
        case _:
            return _(_TOLD[type(step)]).format(**{**msgspec.structs.asdict(step), "who": who})


def _played(one: Performed) -> Document:
    return {
        "action": _plain(one.step),
        "found": one.found,
        "refused": list(one.refusal.codes) if one.refusal else [],
        "mismatches": [_mismatch(mismatch) for mismatch in one.mismatches],
    }


def _mismatch(one: Mismatch) -> Document:
    return {"what": one.what, "expected": one.expected, "found": one.found}


def _mismatch_line(one: Mismatch) -> str:
    told = _("{what}: miało być {expected}, jest {found}")
    return "    " + told.format(what=one.what, expected=one.expected, found=one.found)


def _plain(value: Any) -> Any:
    """Return a part of a scenario as it stands in the file, without what is not said there."""
    plain = to_plain(value)
    return {key: part for key, part in plain.items() if part not in (None, (), [], {}, "")}


COMMANDS = {
    "list": command(N_("wymienia scenariusze"), Plain, _list),
    "show": command(N_("pokazuje, czego scenariusz uczy i co się w nim dzieje"), Named, _show),
    "load": command(N_("przygotowuje scenariusz w magazynie danych"), Named, _load),
    "play": command(
        N_("rozgrywa scenariusz w pamięci i sprawdza, czy kończy się jak powinien"), Named, _play
    ),
}
