"""``mleg-tui scenario``: the situations that people really meet, listed, loaded and played.

Most of them are exercises, too: a trainer's script asks with ``check`` whether one is solved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from mleg_tui import exercise_words
from mleg_tui.cli import output
from mleg_tui.cli.options import argument, command, option, path_of
from mleg_tui.cli.plain import Document, Plain, instant, services_at_one_moment, show
from mleg_tui.compose import Settings, open_services, open_store, settings_from
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.exercise import Difficulty, Exercise, Player
from mleg_tui.domain.messages import N_, NOTICE, MessageId
from mleg_tui.errands import steps
from mleg_tui.errands.on_services import Performed
from mleg_tui.errands.play import Outcome, Scenarios
from mleg_tui.errands.scenarios import Scenario, named, read
from mleg_tui.locale import _, in_all, local, message_of
from mleg_tui.services.clock import StandingClock, SystemClock
from mleg_tui.services.columns import folded
from mleg_tui.services.demo_data import BadDemoData, own_directory
from mleg_tui.services.exercise_progress import Progress
from mleg_tui.services.exercises import Exercises
from mleg_tui.services.facts import Mismatch
from mleg_tui.services.initial_data import SEEDED_START, Beginning
from mleg_tui.services.plain_values import to_plain
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.switches import MACHINE_LABELS

_SEED = 7
_NOT_AS_TOLD = 1
_UNIVERSITIES = "universities.json"
"""What a folder has that stands for all demo data, not for the scenarios alone."""
_TOLD: Mapping[type[steps.OnServices], MessageId] = {
    steps.LogIn: N_("{who} loguje się jako {login}"),
    steps.Idle: N_("{who} nic nie robi przez {time}"),
    steps.WaitFor: N_("mija czas, aż zamówienie {who} będzie miało status {status}"),
    steps.Order: N_("{who} zamawia mLegitymację"),
    steps.Cancel: N_("{who} anuluje zamówienie"),
    steps.Revoke: N_("{who} unieważnia mLegitymację"),
    steps.Refresh: N_("{who} odświeża stronę"),
    steps.SendPhoto: N_("{who} wysyła zdjęcie ({picture})"),
    steps.ApplyEls: N_("{who} składa wniosek o legitymację plastikową"),
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


class ExerciseUnsolved(Refused):
    """The exercise is not solved yet."""

    message = N_("Ćwiczenie „{id}” nie jest jeszcze rozwiązane. Brakuje: {missing}.")
    advice = N_("Podpowiedzi są w programie, w oknie ćwiczenia.")


@dataclass(frozen=True, kw_only=True)
class OfData(Plain):
    """Whose scenarios are meant."""

    data: str | None = option(
        "--data", N_("własne dane: katalog ze scenarios.json"), metavar=N_("KATALOG")
    )

    @property
    def directory(self) -> Path:
        """The folder that the scenarios are in."""
        return own_directory() if self.data is None else path_of(self.data)


@dataclass(frozen=True, kw_only=True)
class Listed(OfData):
    """Which scenarios are listed."""

    difficulty: str | None = option(
        "--difficulty",
        N_("tylko ćwiczenia tak trudne"),
        choices=[one.name.lower() for one in Difficulty],
    )
    played_by: str | None = option(
        "--played-by",
        N_("tylko ćwiczenia, w których gra się tę rolę"),
        choices=[one.name.lower() for one in Player],
    )
    find: str | None = option("--find", N_("tylko te, w których są te słowa"), metavar=N_("SŁOWA"))


@dataclass(frozen=True, kw_only=True)
class NamedHere(Plain):
    """Which exercise of the store is meant."""

    name: str = argument(N_("nazwa z listy"), metavar=N_("NAZWA"))


@dataclass(frozen=True, kw_only=True)
class Named(OfData):
    """Which scenario is meant."""

    name: str = argument(N_("nazwa z listy"), metavar=N_("NAZWA"))


def _list(arguments: Listed) -> int:
    known = read(arguments.directory, warsaw_date(datetime.now(UTC)))
    found = [scenario for scenario in known if _is_meant(scenario, arguments)]
    solved = _solved(arguments)
    document = {
        "simulation": str(NOTICE),
        "scenarios": [{**_summary(one), "solved": one.id in solved} for one in found],
    }
    show(arguments, document, (_listed(one, solved=one.id in solved) for one in found))
    return 0


def _is_meant(scenario: Scenario, arguments: Listed) -> bool:
    """Tell whether a scenario is to be listed."""
    exercise = scenario.exercise
    asked = {"difficulty": arguments.difficulty, "played_by": arguments.played_by}
    for name, value in asked.items():
        if value is not None and getattr(exercise, name, None) != value.upper():
            return False
    texts = [scenario.id, scenario.account, scenario.problem]
    for text in (scenario.title, scenario.teaches, exercise.task if exercise else None):
        texts += text.values() if text else ()
    whole = folded(" ".join(texts))
    return all(word in whole for word in folded(arguments.find or "").split())


def _solved(arguments: Plain) -> set[str]:
    """Return what was solved in the store; one that is not there yet is not made."""
    with closing(open_store(settings_from(os.environ, arguments.store).store)) as store:
        known = Exercises(store, SystemClock()).started()
    return {started.id for started in known if started.was_solved}


def _listed(scenario: Scenario, *, solved: bool) -> str:
    parts = [scenario.id, scenario.account, local(scenario.title)]
    if scenario.exercise is not None:
        parts += exercise_words.kind_of(scenario.exercise)
    if solved:
        parts.append(_("✓ rozwiązane"))
    return " · ".join(parts)


def _show(arguments: Named) -> int:
    scenario = named(arguments.directory, warsaw_date(datetime.now(UTC)), arguments.name)
    show(arguments, _whole(scenario), _lines(scenario))
    return 0


def _check(arguments: NamedHere) -> int:
    """Tell how far an exercise is. Raises ``ExerciseUnsolved`` once that is told."""
    with services_at_one_moment(arguments) as services:
        found = services.exercises.progress(Administrator(), arguments.name)
    show(arguments, _progress(found), _progress_lines(found))
    if not found.is_solved:
        output.flush()
        missing = "; ".join(exercise_words.missing_lines(found))
        raise ExerciseUnsolved(id=found.started.id, missing=missing)
    return 0


def _load(arguments: Named) -> int:
    with services_at_one_moment(arguments) as services:
        scenarios = Scenarios(services, arguments.directory)
        scenario = scenarios.named(arguments.name)
        scenarios.set_up(Administrator(), scenario)
    show(arguments, _whole(scenario), _lines(scenario))
    if not arguments.json:
        output.tell(_("Scenariusz jest przygotowany; zaloguj się na podane konto."))
    return 0


def _play(arguments: Named) -> int:
    """Play in memory, so that no store is touched and the outcome is the same every time."""
    whole = arguments.directory if (arguments.directory / _UNIVERSITIES).is_file() else None
    beginning = Beginning(seed=_SEED, now=SEEDED_START, data=whole)
    services = open_services(Settings("memory:", beginning), StandingClock(SEEDED_START))
    with closing(services.store):
        scenarios = Scenarios(services, arguments.directory)
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
        "difficulty": scenario.exercise and scenario.exercise.difficulty.name,
        "played_by": scenario.exercise and scenario.exercise.played_by.name,
    }


def _whole(scenario: Scenario) -> Document:
    """Return all that is to be told of a scenario."""
    return {
        "simulation": str(NOTICE),
        **_summary(scenario),
        "setup": [_plain(step) for step in scenario.setup],
        "steps": [_plain(step) for step in scenario.steps],
        "expect": _plain(scenario.expect),
        "exercise": scenario.exercise and _exercise(scenario.exercise),
    }


def _lines(scenario: Scenario) -> Iterator[str]:
    """Yield what a scenario teaches and what happens in it."""
    yield _(NOTICE)
    yield f"{scenario.id} · {local(scenario.title)}"
    yield from local(scenario.teaches).splitlines()
    yield _("Konto: {login}").format(login=scenario.account)
    if scenario.exercise is not None:
        kind = ", ".join(exercise_words.kind_of(scenario.exercise))
        task = _("Ćwiczenie ({kind}): {task}")
        yield task.format(kind=kind, task=local(scenario.exercise.task))
        hints = len(scenario.exercise.hints)
        yield _("Podpowiedzi: {count}").format(count=hints)
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
        "faults": [
            {"file": fault.details["file"], "place": fault.details["place"], "reason": _why(fault)}
            for fault in played.faults
        ],
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
    yield from (f"✗ {message_of(fault)}" for fault in played.faults)
    yield _("✓ zgodnie ze scenariuszem") if played.as_told else _("✗ niezgodnie ze scenariuszem")


def _why(fault: BadDemoData) -> str:
    reason = fault.details["reason"]
    return message_of(reason) if isinstance(reason, MlegError) else str(reason)


def _exercise(exercise: Exercise) -> Document:
    """Return an exercise as it stands in the file, with its texts in all languages."""
    return {
        "task": in_all(exercise.task),
        "difficulty": exercise.difficulty.name,
        "played_by": exercise.played_by.name,
        "goal": [_plain(condition) for condition in exercise.goal],
        "hints": [in_all(hint) for hint in exercise.hints],
        "wrong_ways": [
            {"when": _plain(way.when), "says": in_all(way.says)} for way in exercise.wrong_ways
        ],
    }


def _progress(found: Progress) -> Document:
    """Return how far an exercise is; times are real."""
    attempt, took = found.started.attempt, found.took
    return {
        "simulation": str(NOTICE),
        "id": found.started.id,
        "account": found.started.student,
        "solved": found.is_solved,
        "started_at": instant(attempt.started_at),
        "solved_at": instant(attempt.solved_at) if attempt.solved_at else None,
        "seconds": None if took is None else int(took.total_seconds()),
        "hints": len(found.hints),
        "hints_left": found.hints_left,
        "reached": len(found.stages) if found.is_solved else found.reached,
        "conditions": len(found.stages),
        "missing": [_mismatch(one) for one in found.missing],
        "astray": [in_all(says) for says in found.astray],
    }


def _progress_lines(found: Progress) -> Iterator[str]:
    """Yield the result as one line, and what is said of wrong ways."""
    yield f"{found.started.id} · {exercise_words.result_line(found)}"
    yield from (f"! {local(says)}" for says in found.astray)


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
    "list": command(N_("wymienia scenariusze i ćwiczenia"), Listed, _list),
    "show": command(N_("pokazuje, czego scenariusz uczy i co się w nim dzieje"), Named, _show),
    "check": command(
        N_("mówi, czy ćwiczenie jest rozwiązane, a jeśli nie, czego brakuje"), NamedHere, _check
    ),
    "load": command(N_("przygotowuje scenariusz w magazynie danych"), Named, _load),
    "play": command(
        N_("rozgrywa scenariusz w pamięci i sprawdza, czy kończy się jak powinien"), Named, _play
    ),
}
