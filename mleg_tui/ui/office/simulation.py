"""``Symulacja``: time, switches and what comes next. Not a part of the real systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import PRESENTED
from mleg_tui.locale import _
from mleg_tui.services.feed import Interest
from mleg_tui.services.simulation_desk import Desk
from mleg_tui.simulation.forecast import Coming
from mleg_tui.simulation.switches import MACHINE_LABELS, Machine
from mleg_tui.ui.commands import COMMANDS, Place, shown_key
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.office.simulation_actions import (
    SimulationActions,
    rejections_told,
    slowdown_told,
    speed_told,
)
from mleg_tui.ui.program import Handler, program_of
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import TranslatedLabel

Row = Callable[[Desk], str]
"""What is said of a command in its row: how it is set, or else what it is called."""


class SimulationPage(Page):
    """A card each for time, for the machines and their faults, and for scenarios and data."""

    DEFAULT_CSS = """
    SimulationPage #notice { color: $warning; text-style: bold; }
    SimulationPage Answer { width: 100%; }
    SimulationPage .row { height: auto; }
    SimulationPage .row > TitledCard { width: 1fr; }
    SimulationPage .row > TitledCard:first-of-type { margin-right: 1; }
    SimulationPage Switches, SimulationPage Switches:focus {
        height: auto; padding: 0; border: none;
        background: $simulator-background; background-tint: transparent;
        color: $simulator-foreground; text-wrap: nowrap; text-overflow: ellipsis;
    }
    SimulationPage Switches > .option-list--option-highlighted,
    SimulationPage Switches > .option-list--option-hover {
        background: $simulator-background; color: $simulator-foreground;
    }
    SimulationPage Switches:focus > .option-list--option-highlighted {
        background: $simulator-marked-background; color: $simulator-marked-foreground;
        text-style: bold;
    }
    SimulationPage #why { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    places = frozenset({Place.SIMULATION})
    topic = Topic(
        "office.simulation",
        N_(
            "Tego pulpitu nie ma w prawdziwych systemach. Stąd prowadzący zatrzymuje i przesuwa "
            "czas, wyłącza systemy i ustawia scenariusze. Zmiany widzą wszystkie sesje."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._explained: str | None = None

    def compose(self) -> ComposeResult:
        """Draw the cards, each with what can be done in it, and a line about what is marked."""
        yield TranslatedLabel(N_("Symulacja"), classes="title")
        yield TranslatedLabel(N_("To nie jest część prawdziwych systemów."), id="notice")
        yield Answer()
        yield Static(id="why", markup=False)
        with Horizontal(classes="row"):
            with TitledCard(N_("Czas"), simulator=True):
                yield Static(id="time", markup=False)
                yield Switches(_TIME)
            with TitledCard(N_("Systemy i awarie"), simulator=True):
                yield Switches(_MACHINES)
        with Horizontal(classes="row"):
            with TitledCard(N_("Scenariusz i dane"), simulator=True):
                yield Switches(_DATA)
            with TitledCard(N_("Co się teraz wydarzy"), simulator=True):
                yield Static(id="next", markup=False)

    def arrive(self, command: str) -> None:
        """Put the focus on what can be done."""
        del command
        self.query(Switches).first().focus()

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("orders")

    async def load(self) -> None:
        """Read how everything is set, and what comes."""
        program, session = self.portal.program, self.portal.session
        desk = await program.ask_store(partial(program.services.simulation.show, session))
        if desk is not None and is_alive(self):
            self._desk, self.holds_until = desk, desk.holds_until
            self.say()

    def say(self) -> None:
        """Say it in the session's present language."""
        if self._desk is None:
            return
        self.query_one("#time", Static).update(_time(self._desk))
        self.query_one("#next", Static).update(
            "\n".join(map(_coming, self._desk.ahead)) or _("Nic się samo nie wydarzy.")
        )
        for switches in self.query(Switches):
            switches.show(self._desk)
        self._explain(self._explained)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        if self._desk is None:
            return {}
        program, session = self.portal.program, self.portal.session
        return SimulationActions(program, session, self._desk, self._done).handlers()

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_list.has_focus:
            self._explain(event.option_id)

    def on_descendant_focus(self) -> None:
        """Explain what is marked where the focus has come."""
        for switches in self.query(Switches):
            if switches.has_focus and switches.highlighted_option is not None:
                self._explain(switches.highlighted_option.id)

    def _explain(self, command: str | None) -> None:
        """Say what the marked command does, in the place of what was done before."""
        told = _(COMMANDS[command].help) if command else ""
        self.query_one("#why", Static).update(told)
        if command != self._explained:
            self._explained = command
            self._done(None)

    def _done(self, told: Callable[[], str] | None) -> None:
        """Say what was done, in the place of what the marked command does; or no more."""
        answer = self.query_one(Answer)
        if told is None:
            answer.clear()
        else:
            answer.done(told)
        self.query_one("#why", Static).display = told is None

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            await self.portal.desk.perform(event.option_id)


class Switches(MlegOptionList):
    """Some of the desk's commands, each told with how it is set now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "app.focus_next", show=False),
        Binding("left", "app.focus_previous", show=False),
    ]

    def __init__(self, rows: Mapping[str, Row]) -> None:
        super().__init__(*(Option("", id=id_) for id_ in rows), compact=True)
        self._rows = rows

    def show(self, desk: Desk) -> None:
        """Tell how everything is set, in the session's present language."""
        keymap = program_of(self).keymap
        for id_, row in self._rows.items():
            key = next(map(shown_key, keymap.keys(id_)), " ")
            self.replace_option_prompt(id_, Content.assemble((key, "bold"), f"  {row(desk)}"))


def _called(command: str) -> Row:
    return lambda _desk: _(COMMANDS[command].label)


def _machine(machine: Machine, desk: Desk) -> str:
    sign = _("✗ nie działa") if machine in desk.down else _("✓ działa")
    return f"{sign}  {_(MACHINE_LABELS[machine])}"


def _scenario(desk: Desk) -> str:
    return _("Scenariusz: {name}").format(name=desk.scenario or _("brak"))


_TIME: Mapping[str, Row] = MappingProxyType(
    {
        "simulation.pause": _called("simulation.pause"),
        "simulation.step": _called("simulation.step"),
        "simulation.forward": _called("simulation.forward"),
        "simulation.forward_to": _called("simulation.forward_to"),
        "simulation.speed": speed_told,
    }
)
_MACHINES: Mapping[str, Row] = MappingProxyType(
    {
        "simulation.agent": partial(_machine, Machine.AGENT),
        "simulation.ministry": partial(_machine, Machine.MINISTRY),
        "simulation.network": partial(_machine, Machine.PHONE_NETWORK),
        "simulation.usosweb": partial(_machine, Machine.USOSWEB),
        "simulation.rejections": rejections_told,
        "simulation.slowdown": slowdown_told,
    }
)
_DATA: Mapping[str, Row] = MappingProxyType(
    {"simulation.scenario": _scenario, "simulation.reset": _called("simulation.reset")}
)


def _time(desk: Desk) -> str:
    state = _("zatrzymany") if desk.paused else _("płynie")
    return f"{shown(desk.now)} ({state})"


def _coming(one: Coming) -> str:
    what = _(PRESENTED[one.status].coming)
    return f"{shown(one.at)[:-3]}  {one.order}\n  {what}"
