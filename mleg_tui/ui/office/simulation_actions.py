"""The actions of the simulation desk: each asks for what it needs, and sets it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mleg_tui.domain.calendar import WARSAW, shown
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.exercise_words import choice_line
from mleg_tui.locale import _
from mleg_tui.services.session import Session
from mleg_tui.services.simulation_desk import Desk, Stepped
from mleg_tui.services.time_desk import TimeShown
from mleg_tui.simulation.switches import MACHINE_LABELS, Machine
from mleg_tui.simulation.typed import parse_duration, parse_moment, parse_number, parse_speed
from mleg_tui.ui.office.asking import Done, fill
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.widgets.dialogs import ask
from mleg_tui.ui.widgets.form import Field

if TYPE_CHECKING:
    from mleg_tui.errands.scenarios import Scenario

_RESET_WITH_COPY = N_(
    "Studenci, zamówienia, wpłaty i telefony wracają do danych demonstracyjnych; czas i dziennik "
    "zmian zostają. Kopia tego, co jest, zostanie zapisana obok magazynu danych."
)
_RESET = N_(
    "Studenci, zamówienia, wpłaty i telefony wracają do danych demonstracyjnych; czas i dziennik "
    "zmian zostają. Ten magazyn danych nie zachowuje kopii: obecne zamówienia przepadną. Kopię "
    "bazy PostgreSQL zrób najpierw poleceniem mleg-tui store export."
)
_SETS_UP = N_(
    "Zamówienia, wpłaty i telefony jego studentów zostaną zastąpione, a przełączniki wrócą do "
    "zwykłego stanu; czas może pójść naprzód. Nikogo innego to nie dotyczy."
)


class SimulationActions:
    """Steers the simulation as it was last shown."""

    def __init__(
        self,
        program: Program,
        session: Session,
        shown_desk: Desk,
        done: Callable[[Callable[[], str]], None],
    ) -> None:
        """``done`` says what was done, as it is composed in each language."""
        self._program = program
        self._session = session
        self._shown = shown_desk
        self._done = done
        self._desk = program.services.simulation

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        return {
            "simulation.pause": self._pause,
            "simulation.step": self._step,
            "simulation.forward": self._forward,
            "simulation.forward_to": self._forward_to,
            "simulation.speed": self._speed,
            "simulation.agent": partial(self._switch, Machine.AGENT),
            "simulation.ministry": partial(self._switch, Machine.MINISTRY),
            "simulation.network": partial(self._switch, Machine.PHONE_NETWORK),
            "simulation.usosweb": partial(self._switch, Machine.USOSWEB),
            "simulation.rejections": self._rejections,
            "simulation.slowdown": self._slowdown,
            "simulation.scenario": self._choose_scenario,
            "simulation.reset": self._reset,
        }

    async def _set(
        self, told: Callable[[Any], str], act: Callable[..., object], *values: object
    ) -> None:
        """Set something, and say how it is by now."""
        answer = await self._program.change_store(partial(act, self._session, *values))
        if answer is not None:
            self._done(partial(told, answer))

    async def _pause(self) -> None:
        await self._set(_runs, self._desk.resume if self._shown.paused else self._desk.pause)

    async def _step(self) -> None:
        await self._set(_now, self._desk.step)

    async def _switch(self, machine: Machine) -> None:
        act = partial(self._desk.switch, machine=machine, down=machine not in self._shown.down)
        await self._set(partial(machine_told, machine), act)

    def _forward(self) -> None:
        field = Field(N_("O ile:"), "1h", parse_duration)
        note = N_("Na przykład 90s, 10m, 2h, 1d albo 1h30m. Czas nie cofa się.")
        act = partial(self._set, _now, self._desk.forward)
        self._fill(N_("Naprzód"), note, field, parse_duration, act)

    def _forward_to(self) -> None:
        today = self._shown.now.astimezone(WARSAW).date().isoformat()
        field = Field(N_("Do kiedy:"), today, parse_moment)
        note = N_("Data albo data z godziną, na przykład 2027-04-01T09:30.")
        act = partial(self._set, _now, self._desk.forward_to)
        self._fill(N_("Naprzód do daty"), note, field, parse_moment, act)

    def _speed(self) -> None:
        field = Field(N_("Sekund symulacji na sekundę:"), f"{self._shown.speed:g}", parse_speed)
        note = N_(
            "1 to tempo prawdziwego czasu, 60 to minuta na sekundę. Kończy się z tym programem."
        )
        act = partial(self._set, speed_told, self._desk.set_speed)
        self._fill(N_("Ustal tempo"), note, field, parse_speed, act)

    def _rejections(self) -> None:
        number = str(self._shown.rejections_per_mille)
        field = Field(N_("Ile z tysiąca:"), number, parse_number)
        note = N_("Tyle zamówień z tysiąca odrzuci system mObywatel: od 0 do 1000.")
        act = partial(self._set, rejections_told, self._desk.set_rejections)
        self._fill(N_("Ustal odrzucenia"), note, field, parse_number, act)

    def _slowdown(self) -> None:
        field = Field(N_("Ile razy wolniej:"), str(self._shown.slowdown), parse_number)
        note = N_("1 znaczy, że systemy pracują jak zwykle; najwięcej 1000.")
        act = partial(self._set, slowdown_told, self._desk.set_slowdown)
        self._fill(N_("Ustal spowolnienie"), note, field, parse_number, act)

    def _fill(
        self,
        title: MessageId,
        note: MessageId,
        field: Field,
        parse: Callable[[str], object],
        act: Callable[[object], Awaitable[None]],
    ) -> None:
        async def filled(typed: str) -> None:
            await act(parse(typed))

        fill(self._program, title, note, field, filled)

    def _reset(self) -> None:
        kept = self._program.services.keep_copy is not None
        text = _RESET_WITH_COPY if kept else _RESET
        title = N_("Wróć do danych demonstracyjnych")
        ask(self._program, title, text, self._do_reset, N_("Zastąp dane"))

    async def _do_reset(self) -> None:
        done = await self._program.change_store(self._reset_store)
        if done is None:
            return
        (copy,) = done
        if copy is None:
            self._done(lambda: _("Są znowu dane demonstracyjne."))
            return
        told = partial(_kept, copy)
        self._program.push_screen(Done(N_("Są znowu dane demonstracyjne."), told))

    def _reset_store(self) -> tuple[object | None]:
        """Return where the copy is, in a tuple: ``None`` would be a refusal."""
        keep = self._program.services.keep_copy
        return (self._desk.reset(self._session, keep=keep),)

    async def _choose_scenario(self) -> None:
        from mleg_tui.errands.play import Scenarios

        scenarios = Scenarios(self._program.services)
        known = await self._program.ask_store(scenarios.by_difficulty) or ()
        by_id = {scenario.id: scenario for scenario, _solved in known}

        async def set_up(scenario: Scenario) -> None:
            acted = partial(scenarios.set_up, self._session, scenario)
            if await self._program.change_store(acted) is not None:
                told = N_("Scenariusz jest gotowy. Konto studenta: {login}.")
                self._done(lambda: _(told).format(login=scenario.account))

        def answered(id_: str | None) -> None:
            if id_ is not None:
                title = N_("Ustaw scenariusz")
                ask(self._program, title, _SETS_UP, partial(set_up, by_id[id_]))

        def choices() -> Choices:
            return [
                (one.id, choice_line(one.title, one.exercise, solved=solved))
                for one, solved in known
            ]

        choice = Choice(N_("Ustaw scenariusz"), choices, self._shown.scenario)
        self._program.push_screen(choice, answered)


def _kept(copy: object) -> str:
    kept = _("Kopia tego, co było: {path}").format(path=copy)
    way_back = _("Wraca się do niej poleceniem mleg-tui store import --replace.")
    return f"{kept}\n{way_back}"


def speed_told(timed: Desk | TimeShown) -> str:
    """Say how fast time runs."""
    return _("Tempo: ×{speed}").format(speed=f"{timed.speed:g}")


def machine_told(machine: Machine, desk: Desk) -> str:
    """Say whether a system works."""
    told = _("{name}: nie działa") if machine in desk.down else _("{name}: działa")
    return told.format(name=_(MACHINE_LABELS[machine]))


def rejections_told(desk: Desk) -> str:
    """Say how many orders are rejected."""
    rejected = _("Odrzucane zamówienia: {number} z 1000")
    return rejected.format(number=desk.rejections_per_mille)


def slowdown_told(desk: Desk) -> str:
    """Say how much slower the systems are."""
    return _("Spowolnienie: ×{times}").format(times=desk.slowdown)


def _now(timed: TimeShown | Stepped) -> str:
    return _("Jest teraz {moment}.").format(moment=shown(timed.now))


def _runs(timed: TimeShown) -> str:
    return _("Czas stoi.") if timed.paused else _("Czas płynie.")
