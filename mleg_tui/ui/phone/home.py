"""The phone's home screen: a tile with its name below for each app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mleg_tui.domain.messages import N_
from mleg_tui.ui.phone.app import PhoneApp, PhonePage
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.translated import TranslatedButton


class HomeApp(PhoneApp):
    """What is seen while no app is open."""

    name_shown = N_("Aplikacje")

    def __init__(self, apps: Mapping[str, type[PhoneApp]]) -> None:
        self._apps = apps
        super().__init__()

    def home(self) -> PhonePage:
        """Return the tiles."""
        return HomePage(self._apps)


class Tile(Vertical):
    """An app's sign over its name. The name has the focus, a click on the sign counts, too."""

    def __init__(self, command: str, app: type[PhoneApp]) -> None:
        super().__init__()
        self._sign = Static(app.sign, classes="sign", markup=False)
        self._button = TranslatedButton(
            app.name_shown, id=command.replace(".", "-"), classes="name"
        )

    def compose(self) -> ComposeResult:
        """Draw the sign over the name."""
        yield self._sign
        yield self._button

    def on_click(self) -> None:
        """Start the app."""
        self._button.press()


class HomePage(PhonePage):
    """One tile an app."""

    title = N_("Aplikacje")
    topic = Topic(
        "phone.home",
        N_(
            "Telefon studenta. Aplikacje zostają tak, jak je zostawiono. {key[desk.switch]} wraca "
            "do USOSweb. Powiadomienie otwiera się klawiszem Enter. Są tu tylko aplikacje, "
            "których potrzebuje mLegitymacja; obok jest to, czego prawdziwy telefon nie ma."
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, apps: Mapping[str, type[PhoneApp]]) -> None:
        super().__init__()
        self._apps = apps

    def compose(self) -> ComposeResult:
        """Draw the apps."""
        yield Horizontal(*(Tile(command, app) for command, app in self._apps.items()), id="tiles")

    @on(TranslatedButton.Pressed)
    async def _start(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.phone.desk.perform((event.button.id or "").replace("-", "."))
