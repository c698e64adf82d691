"""``Zdjęcie do legitymacji``: choose a picture, hand it in, and see what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.pictures import PICTURES
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.locale import _
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.picture import PictureView
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_STATES: dict[PhotoStatus, MessageId] = {
    PhotoStatus.NONE: N_("W USOS nie ma Twojego zdjęcia."),
    PhotoStatus.WAITING: N_("… Zdjęcie czeka na zatwierdzenie."),
    PhotoStatus.APPROVED: N_("✓ Zdjęcie jest zatwierdzone."),
    PhotoStatus.REJECTED: N_("✗ Zdjęcie zostało odrzucone."),
}


class PictureChoice(MlegOptionList):
    """The names of the generated pictures."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("right", "app.focus_next", show=False)]

    def say(self) -> None:
        """List the names in the session's present language; the mark stays where it is."""
        marked = self.highlighted or 0
        self.clear_options()
        self.add_options(Option(_(p.name), id=name) for name, p in PICTURES.items())
        self.highlighted = marked


class PhotoPage(Page):
    """The photo that USOS has, and the choice of another."""

    DEFAULT_CSS = """
    PhotoPage Horizontal { height: auto; margin-top: 1; }
    PhotoPage #present, PhotoPage #preview { width: 20; height: auto; margin-right: 2; }
    PhotoPage PictureChoice {
        width: 18; height: auto; margin-right: 2; border: none; padding: 0;
        background: $surface;
    }
    PhotoPage #send { margin-top: 1; }
    """
    places = frozenset({Place.PHOTO})
    topic = Topic(
        "usosweb.photo",
        N_(
            "Zdjęcie do legitymacji wysyła student, a zatwierdza dziekanat. Odrzucone zdjęcie "
            "ma podany powód; wtedy wysyła się inne. Tu są tylko zmyślone obrazki; plików "
            "symulator nie przyjmuje."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._student: Student | None = None

    def compose(self) -> ComposeResult:
        """Draw the photo that is there beside the choice of another."""
        yield TranslatedLabel(N_("Zdjęcie do legitymacji"), classes="title")
        yield Static(id="state", markup=False)
        with Horizontal():
            yield TitledCard(N_("Zdjęcie w USOS"), PictureView(id="own"), id="present")
            yield TitledCard(N_("Nowe zdjęcie"), PictureView(id="chosen"), id="preview")
            yield PictureChoice(compact=True, markup=False)
        yield TranslatedButton(N_("Zgłoś do zatwierdzenia"), "primary", id="send")
        yield Answer()
        yield TranslatedLabel(N_("Obrazki są zmyślone; prawdziwych zdjęć symulator nie przyjmuje."))
        yield TranslatedLabel(
            N_("Jeśli zdjęcie będzie inne niż na ELS, ELS trzeba będzie wymienić."), id="exchange"
        )

    def on_mount(self) -> None:
        """List the pictures."""
        self.query_one(PictureChoice).say()

    async def load(self) -> None:
        """Read the photo."""
        ordering = self.portal.program.services.ordering
        card = await self.portal.program.ask_store(partial(ordering.card, self.portal.session))
        if card is not None and is_alive(self):
            self._student = card.student
            self.say()

    def say(self) -> None:
        """Say what became of the photo in the session's present language."""
        if self._student is None:
            return
        photo = self._student.photo
        self.query_one("#state", Static).update(_state(photo))
        self.query_one("#present").display = photo.picture is not None
        self.query_one("#own", PictureView).picture_id = photo.picture or ""
        self.query_one("#exchange").display = self._student.els is not None

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#chosen", PictureView).picture_id = event.option_id or ""

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#send").focus()

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's command."""
        return {"photo.send": self._send}

    @on(TranslatedButton.Pressed, "#send")
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.portal.desk.perform("photo.send")

    async def _send(self) -> None:
        program, session = self.portal.program, self.portal.session
        picture = self.query_one("#chosen", PictureView).picture_id
        sent = await program.ask_store(partial(program.services.photos.send, session, picture))
        await self.load()
        if is_alive(self):
            done = N_("Zdjęcie wysłane do zatwierdzenia.")
            self.query_one(Answer).tell_done(None if sent is None else done)


def _state(photo: Photo) -> str:
    told = _(_STATES[photo.status])
    if photo.rejection is None:
        return told
    return "\n".join((told, _("Powód: {reason}").format(reason=_(photo.rejection))))
