"""How each kind of step is performed: with keys, in the program, where anybody could press them."""

from __future__ import annotations

from functools import partial, singledispatch

from textual.widgets import Input, OptionList
from textual.widgets.option_list import OptionDoesNotExist

from mleg_tui.demo import steps
from mleg_tui.demo.hands import Hands, Stuck
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.verification import Verification
from mleg_tui.locale import _, local, message_of
from mleg_tui.services.scenarios.perform import perform as perform_action
from mleg_tui.services.scenarios.stage import Stage
from mleg_tui.services.services import Services
from mleg_tui.simulation.duration import parse_duration
from mleg_tui.ui.availability import offered
from mleg_tui.ui.commands import COMMANDS, shown_key
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.widgets.translated import TranslatedButton

FAST = 120
"""How many simulated seconds a second takes while one waits."""
GLIMPSE = 0.25
"""How long each picture stays meanwhile."""
PASSWORD = "demo"  # noqa: S105 - the login page tells it to everybody
LOG_OUT = steps.Give(command="usosweb.logout")


@singledispatch
async def perform(step: steps.Step, _hands: Hands) -> None:
    """Perform a step. Raises ``Stuck``."""
    message = f"nobody knows how to {type(step).__name__}"
    raise TypeError(message)


@perform.register
async def look(step: steps.Look, hands: Hands) -> None:
    """Let the audience look."""
    await hands.hold(step.seconds)


@perform.register
async def log_in(step: steps.LogIn, hands: Hands) -> None:
    """Fill the form, from the session before if there is one."""
    if hands.app.session is not None:
        await give(LOG_OUT, hands)
    await fill(steps.Fill(field="login", text=step.login, submit=True), hands)
    await fill(steps.Fill(field="password", text=PASSWORD, submit=True), hands)
    session = hands.app.session
    if session is None or session.login != step.login:
        raise Stuck(login=step.login)


@perform.register
async def give(step: steps.Give, hands: Hands) -> None:
    """Press the command's key, if it is one of those here and no field would take it."""
    command, screen = COMMANDS[step.command], hands.app.screen
    here = isinstance(screen, MlegScreen) and command in offered(screen.situation())
    key = command.keys[0]
    if not here or (len(key) == 1 and isinstance(hands.app.focused, Input)):
        raise Stuck(command=step.command)
    await hands.press(key, shown_key(key), _(command.label))


@perform.register
async def push(step: steps.Push, hands: Hands) -> None:
    """Go to the button and press it."""
    button = await hands.go_to("button", step.button)
    label = _(button.message) if isinstance(button, TranslatedButton) else ""
    await hands.press("enter", "Enter", label)


@perform.register
async def fill(step: steps.Fill, hands: Hands) -> None:
    """Go to the field and type."""
    field = await hands.go_to("field", step.field)
    if not isinstance(field, Input):
        raise Stuck(field=step.field)
    said = step.text if isinstance(step.text, str) else local(LocalText(step.text))
    services = hands.app.services
    await hands.type(field, await hands.behind(lambda: _meant(said, services)))
    if step.submit:
        await hands.press("enter", "Enter")


@perform.register
async def choose(step: steps.Choose, hands: Hands) -> None:
    """Go to the entry and open it."""
    options = hands.app.focused
    if step.option is not None:
        if not isinstance(options, OptionList):
            raise Stuck(option=step.option)
        await _mark(options, step.option, hands)
    await hands.press("enter", "Enter")


async def _mark(options: OptionList, id: str, hands: Hands) -> None:
    try:
        wanted = options.get_option_index(id)
    except OptionDoesNotExist:
        raise Stuck(option=id) from None
    for _row in range(options.option_count):
        before = options.highlighted or 0
        if before == wanted:
            return
        await hands.arrow("down" if before < wanted else "up")
    raise Stuck(option=id)


@perform.register
async def scroll(step: steps.Scroll, hands: Hands) -> None:
    """Press the key for a page, or for a line."""
    for _line in range(step.lines):
        await hands.arrow("up" if step.up else "down")
    if not step.lines:
        await hands.press(*(("pageup", "PgUp") if step.up else ("pagedown", "PgDn")))


@perform.register
async def back(_step: steps.Back, hands: Hands) -> None:
    """Press Escape."""
    await hands.press("escape", "Esc")


@perform.register
async def wait_for(step: steps.WaitFor, hands: Hands) -> None:
    """Let time run fast, as the simulation desk would."""
    app, services = hands.app, hands.app.services
    who = step.who or (app.session.login if app.session else "")
    before = await hands.behind(services.time.timeline)
    await hands.show("»", _("czas ×{speed}").format(speed=FAST))
    await hands.behind(partial(services.time.set_speed, FAST))
    try:
        await hands.look_again()
        while await hands.behind(partial(status_of, services, who)) is not step.status:
            due = await hands.behind(services.progression.next_due)
            if before.paused or due is None:
                raise Stuck(status=step.status.name)
            await hands.hold(GLIMPSE, GLIMPSE)
    finally:
        await hands.behind(partial(services.time.set_speed, before.speed))
    await hands.look_again()


@perform.register
async def forward(step: steps.Forward, hands: Hands) -> None:
    """Move the timeline."""
    await hands.show("»", step.by)
    forward = hands.app.services.time.forward
    await hands.behind(partial(forward, parse_duration(step.by)))
    await hands.look_again()


@perform.register
async def elsewhere(step: steps.Elsewhere, hands: Hands) -> None:
    """Let the services do what somebody does at another screen."""
    services = hands.app.services
    await hands.show("⇄", _("gdzie indziej"))

    def act() -> None:
        stage = Stage(services, step.action.who or "")
        checks = services.store.read(lambda view: view.select(Verification))
        stage.check = checks[0].id if checks else None
        perform_action(step.action, stage)

    try:
        await hands.behind(act)
    except MlegError as error:
        raise Stuck(action=message_of(error)) from error
    await hands.look_again()


def status_of(services: Services, login: str) -> OrderStatus | None:
    """Return the status of a student's newest order, ``None`` without one."""
    orders = services.store.read(lambda view: view.select(Order, student=login))
    return max(orders, key=lambda order: order.order_date).status if orders else None


def _meant(text: str, services: Services) -> str:
    """Return what is to be typed: itself, or what people read off another screen."""
    if text in ("{token}", "{code}"):
        orders = services.store.read(lambda view: view.select(Order))
        codes = [order.codes for order in orders if order.codes]
        if not codes:
            raise Stuck(text=text)
        return codes[-1].token if text == "{token}" else codes[-1].distribution_pass
    if text == "{check}":
        checks = services.store.read(lambda view: view.select(Verification))
        if not checks:
            raise Stuck(text=text)
        return checks[0].id
    return text
