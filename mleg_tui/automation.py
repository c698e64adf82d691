"""Steps in the program: with keys, where anybody could press them.

Pictures, demos and guides have one performer and one kind of hands. Those of a demo only take their
time, and let themselves be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, singledispatch
from typing import TypeVar

from textual import events
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea
from textual.widgets.option_list import OptionDoesNotExist

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.text import LocalText
from mleg_tui.errands import steps
from mleg_tui.errands.on_services import attempt
from mleg_tui.errands.people import People
from mleg_tui.locale import _, local, message_of
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.availability import offered
from mleg_tui.ui.commands import COMMANDS, UserCommand, shown_key
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.phone.banner import Banner
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.widgets.checkbox import Checkbox
from mleg_tui.ui.widgets.translated import TranslatedButton

T = TypeVar("T")
BEFORE_KEY = 0.7
"""For how many seconds a key is shown before it is pressed."""
BETWEEN_TABS = 0.15
BETWEEN_LETTERS = 0.07
_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}
_LOG_OUT = steps.Give("usosweb.logout")
Field = Input | TextArea


class Stuck(Exception):
    """A step cannot be done as one of its fields says: ``Stuck(button="scan")``."""

    def __init__(self, **said: object) -> None:
        [(self.field, self.value)] = said.items()
        super().__init__(f"{self.field}: {self.value}")


class Hands:
    """Press keys in a program that runs; the screen is at rest after each. Nobody looks on."""

    def __init__(self, app: MlegTui) -> None:
        self.app = app
        self._people = People(app.services)

    @property
    def people(self) -> People:
        """Everybody who takes part; a step that names nobody is about whoever is logged in."""
        session = self.app.session
        self._people.account = session.login if session else ""
        return self._people

    async def rest(self) -> None:
        """Wait until the screen is at rest."""
        await settle(self.app)

    async def show(self, key: str, label: str = "") -> None:
        """Have somebody see which key is pressed, and what for."""

    async def hold(self, seconds: float) -> None:
        """Have somebody look for so long."""

    def send(self, key: str) -> None:
        """Press a key, and do not wait for what happens."""
        self.app.post_message(as_event(key))

    async def strike(self, key: str) -> None:
        """Press a key."""
        self.send(key)
        await self.rest()

    async def press(self, key: str, shown: str, label: str = "") -> None:
        """Show a key for a while, then press it."""
        await self.show(shown, label)
        await self.hold(BEFORE_KEY)
        await self.strike(key)

    async def arrow(self, way: str) -> None:
        """Go ``up`` or ``down`` by one."""
        await self.show("↓" if way == "down" else "↑")
        await self.strike(way)
        await self.hold(BETWEEN_TABS)

    async def go_to(self, target: Widget) -> bool:
        """Go to a button or a field; tell whether one got there."""
        target.focus()
        await self.rest()
        return self.app.focused is target

    async def type(self, field: Field, text: str) -> None:
        """Type a text in place of what stands in a field that has the focus."""
        if _content(field) and field.selected_text != _content(field):
            await self.strike("end")
            await self.strike("ctrl+u")
        hidden = isinstance(field, Input) and field.password
        await self.show("…", "•" * len(text) if hidden else text)
        for letter in text:
            self.send(letter)
            await self.hold(BETWEEN_LETTERS)
        await self.rest()
        if _content(field) != text:
            raise Stuck(text=text)

    async def let(self, step: steps.OnServices) -> None:
        """Let happen what is not done on this screen, and take it up. Raises ``Stuck``."""
        performed = await self.behind(partial(attempt, step, self.people))
        for wrong in performed.mismatches:
            refusal = performed.refusal
            raise Stuck(**{wrong.what: message_of(refusal) if refusal else wrong.found})
        await self.look_again()

    async def wait_for(self, step: steps.WaitFor) -> None:
        """Let time pass until an order has a status."""
        await self.let(step)

    async def behind(self, act: Callable[[], T]) -> T:
        """Ask the services, or have done there, what nobody sees."""
        return await self.app.services.off_loop.ask(act)

    async def look_again(self) -> None:
        """Let the program take up what was done to the store elsewhere."""
        self.app.call_later(self.app.take_up_now)
        await self.rest()


def as_event(key: str) -> events.Key:
    """Return a key as a terminal would have it."""
    character = key if len(key) == 1 else _CHARACTERS.get(key)
    return events.Key({" ": "space"}.get(key, key), character)


def _content(field: Field) -> str:
    return field.value if isinstance(field, Input) else field.text


def see(app: MlegTui, text: LocalText) -> None:
    """See that a text is on the screen. Raises ``Stuck``."""
    if local(text) not in "\n".join(line.text for line in strips(app)):
        raise Stuck(sees=local(text))


def place_of(step: steps.Step, app: MlegTui) -> Region | None:
    """Return where on the screen a step is going to press or type, ``None`` if it only has a key.

    Raises ``Stuck`` if it cannot be done there.
    """
    target = target_of(step, app)
    if target is not None:
        return target.region
    match step:
        case steps.Give():
            return _place_of_link(app, _command(app, step).id)
        case steps.Choose(option=option) if app.focused is not None:
            return _row_of(app.focused, option)
        case steps.Fill() if app.focused is not None:
            return app.focused.region
        case _:
            return None


def target_of(step: steps.Step, app: MlegTui) -> Widget | None:
    """Return the button or the field that a step names, ``None`` if it names none.

    Raises ``Stuck`` if it is not there.
    """
    match step:
        case steps.Push():
            return _find(app, "button", step.button)
        case steps.Fill(field=str(field)):
            return _find(app, "field", field)
        case _:
            return None


def mark(step: steps.Choose, app: MlegTui) -> None:
    """Put the cursor on the entry that a step is going to open. Raises ``Stuck``."""
    if step.option is not None and isinstance(app.focused, OptionList):
        app.focused.highlighted = _index_of(app.focused, step.option)


def label_of(step: steps.Step, app: MlegTui) -> str:
    """Return what is written on that which a step is going to press, as it is shown.

    Raises ``Stuck`` if it cannot be done there.
    """
    match step:
        case steps.Push():
            return _text_of(_find(app, "button", step.button))
        case steps.Give():
            return _(_command(app, step).label)
        case steps.Choose(option=str(option)):
            return _text_of_entry(app, option)
        case steps.Back():
            return "Esc"
        case _:
            return ""


def key_of(step: steps.Step, app: MlegTui) -> str:
    """Return the key of a step that gives a command, as it is shown; of others nothing.

    Raises ``Stuck`` if it cannot be done there.
    """
    match step:
        case steps.Give():
            return shown_key(_command(app, step).keys[0])
        case steps.Choose(option=str(option)) if option in COMMANDS:
            return shown_key(_command(app, steps.Give(option)).keys[0])
        case _:
            return ""


def _text_of(target: Widget) -> str:
    match target:
        case TranslatedButton():
            return _(target.message)
        case Checkbox() | Banner():
            return target.text
        case _:
            return ""


def _row_of(target: Widget, option: str | None) -> Region:
    """Return where an entry is, or the row that the cursor is on; else the whole."""
    match target:
        case Table():
            row = target.cursor + 1
        case OptionList() if option is not None:
            row = _index_of(target, option)
        case OptionList(highlighted=int(row)):
            pass
        case _:
            return target.region
    inside = target.content_region
    place = Region(inside.x, inside.y + row - target.scroll_offset.y, inside.width, 1)
    return place.intersection(target.region)


def _text_of_entry(app: MlegTui, option: str) -> str:
    """Return what is written on an entry of the list that has the focus."""
    options = app.focused
    if not isinstance(options, OptionList):
        raise Stuck(option=option)
    if option in COMMANDS:
        return _(COMMANDS[option].label)
    return str(options.get_option_at_index(_index_of(options, option)).prompt).strip()


def _index_of(options: OptionList, id: str) -> int:
    try:
        return options.get_option_index(id)
    except OptionDoesNotExist:
        raise Stuck(option=id) from None


def _place_of_link(app: MlegTui, command: str) -> Region | None:
    """Return where one can click for a command: in the footer, or on the page."""
    for row, line in enumerate(strips(app)):
        column = 0
        cells = []
        for part in line:
            click = part.style.meta.get("@click") if part.style else None
            if click is not None and f"'{command}'" in str(click):
                cells += [column, column + part.cell_length]
            column += part.cell_length
        if cells:
            return Region(min(cells), row, max(cells) - min(cells), 1)
    return None


def _find(app: MlegTui, field: str, id: str) -> Widget:
    """Return what can be gone to under a name, in the active pane if it is there."""
    screen = app.screen
    known = [widget for widget in screen.focus_chain if widget.id == id]
    if not known:
        raise Stuck(**{field: id})
    active = screen.active if isinstance(screen, Desk) else screen
    return next((widget for widget in known if active in widget.ancestors), known[0])


def _command(app: MlegTui, step: steps.Give) -> UserCommand:
    """Return a command with its key, if it is one of those here and no field would take it."""
    here = offered(app.screen.situation()) if isinstance(app.screen, MlegScreen) else ()
    for command in (app.keymap.applied(command) for command in here):
        key = next(iter(command.keys), "") if command.id == step.command else ""
        if key and not (len(key) == 1 and isinstance(app.focused, Field)):
            return command
    raise Stuck(command=step.command)


@singledispatch
async def perform(step: steps.Step, _hands: Hands) -> None:
    """Perform a step. Raises ``Stuck``."""
    message = f"nobody knows how to {type(step).__name__}"
    raise TypeError(message)


@perform.register
async def elsewhere(step: steps.OnServices, hands: Hands) -> None:
    """Let the services do what somebody does at another screen."""
    await hands.show("⇄", _("gdzie indziej"))
    await hands.let(step)


@perform.register
async def forward(step: steps.Forward, hands: Hands) -> None:
    """Move the timeline."""
    await hands.show("»", step.by or "")
    await hands.let(step)


@perform.register
async def wait_for(step: steps.WaitFor, hands: Hands) -> None:
    """Let time pass, as fast as the hands have it."""
    await hands.wait_for(step)


@perform.register
async def log_in(step: steps.LogIn, hands: Hands) -> None:
    """Fill the form, after the session before if there is one; ``refused`` if that is told."""
    if hands.app.session is not None:
        await perform(_LOG_OUT, hands)
    await perform(steps.Fill(field="login", text=step.login, submit=True), hands)
    await perform(steps.Fill(field="password", text=step.password, submit=True), hands)
    session = hands.app.session
    if (session is not None and session.login == step.login) == bool(step.refused):
        raise Stuck(login=step.login)


@perform.register
async def look(step: steps.Look, hands: Hands) -> None:
    """Let the audience look."""
    await hands.hold(step.seconds)


@perform.register
async def give(step: steps.Give, hands: Hands) -> None:
    """Press the command's key."""
    command = _command(hands.app, step)
    key = command.keys[0]
    await hands.press(key, shown_key(key), _(command.label))


@perform.register
async def push(step: steps.Push, hands: Hands) -> None:
    """Go to the button and press it."""
    button = _find(hands.app, "button", step.button)
    if not await hands.go_to(button):
        raise Stuck(button=step.button)
    label = _(button.message) if isinstance(button, TranslatedButton) else ""
    await hands.press("enter", "Enter", label)


@perform.register
async def fill(step: steps.Fill, hands: Hands) -> None:
    """Go to the field and type."""
    field = hands.app.focused if step.field is None else _find(hands.app, "field", step.field)
    if not isinstance(field, Field) or not await hands.go_to(field):
        raise Stuck(field=step.field)
    try:
        text = await hands.behind(partial(_meant, step, hands.people))
    except Refused as error:
        raise Stuck(text=step.text) from error
    await hands.type(field, text)
    if step.submit:
        await hands.press("enter", "Enter")


def _meant(step: steps.Fill, people: People) -> str:
    """Return what is to be typed: the text itself, or what people read off another screen."""
    text = local(LocalText(step.text)) if isinstance(step.text, dict) else step.text
    if text in ("{token}", "{code}"):
        return people.typed(None, step.typed, token=text == "{token}")
    if text == "{check}":
        return people.check()
    return _(text) if isinstance(text, MessageId) else text


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
    wanted = _index_of(options, id)
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
async def key(step: steps.Key, hands: Hands) -> None:
    """Press the key."""
    for _time in range(step.times):
        await hands.press(step.key, shown_key(step.key))
