"""``Symulacja``: time, switches and what comes next. Not a part of the real systems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import PRESENTED
from mleg_tui.locale import _
from mleg_tui.services.feed import Interest
from mleg_tui.services.simulation_desk import Desk
from mleg_tui.simulation.forecast import Coming
from mleg_tui.simulation.switches import MACHINE_LABELS
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.office.action_list import ActionList
from mleg_tui.ui.office.simulation_actions import SimulationActions
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.translated import TranslatedLabel


class SimulationPage(Page):
    """How everything is set, what happens next, and the hands on it."""

    DEFAULT_CSS = """
    SimulationPage #notice { color: $warning; text-style: bold; }
    SimulationPage #both { height: auto; }
    SimulationPage #state { width: 1fr; height: auto; margin-right: 1; }
    SimulationPage ActionList { width: 28; }
    SimulationPage #why { margin-top: 0; }
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

    def compose(self) -> ComposeResult:
        """Draw the state beside what can be done."""
        yield TranslatedLabel(N_("Symulacja"), classes="title")
        yield TranslatedLabel(N_("To nie jest część prawdziwych systemów."), id="notice")
        with Horizontal(id="both"):
            with Vertical(id="state"):
                yield Static(id="time", markup=False)
                yield TranslatedLabel(N_("Systemy"), classes="heading")
                yield Static(id="switches", markup=False)
                yield TranslatedLabel(N_("Co się teraz wydarzy"), classes="heading")
                yield Static(id="next", markup=False)
            yield ActionList(Place.SIMULATION)

    def arrive(self, command: str) -> None:
        """Put the focus on what can be done."""
        del command
        self.query_one(OptionList).focus()

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
        self.query_one("#switches", Static).update(_switches(self._desk))
        self.query_one("#next", Static).update(
            "\n".join(map(_coming, self._desk.ahead)) or _("Nic się samo nie wydarzy.")
        )
        self.query_one(ActionList).show(self.portal.situation())

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        if self._desk is None:
            return {}
        return SimulationActions(self.portal.program, self.portal.session, self._desk).handlers()

    @on(ActionList.Asked)
    async def _asked(self, event: ActionList.Asked) -> None:
        event.stop()
        await self.portal.desk.perform(event.command)


def _time(desk: Desk) -> str:
    state = _("zatrzymany") if desk.paused else _("płynie")
    return "\n".join(
        (
            _("Czas symulacji: {moment} ({state})").format(moment=shown(desk.now), state=state),
            _("Tempo: ×{speed}").format(speed=f"{desk.speed:g}"),
            _("Scenariusz: {name}").format(name=desk.scenario or _("brak")),
        )
    )


def _switches(desk: Desk) -> str:
    lines = []
    for machine, label in MACHINE_LABELS.items():
        sign, name = _("✗ nie działa") if machine in desk.down else _("✓ działa"), _(label)
        lines.append(f"{sign}  {name}")
    rejected = _("Odrzucane zamówienia: {number} z 1000")
    lines += [
        rejected.format(number=desk.rejections_per_mille),
        _("Spowolnienie: ×{times}").format(times=desk.slowdown),
    ]
    return "\n".join(lines)


def _coming(one: Coming) -> str:
    what = _(PRESENTED[one.status].coming)
    return f"{shown(one.at)}  {one.order}\n    {what}"
