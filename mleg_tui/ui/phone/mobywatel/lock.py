"""What stands before the documents: the store of apps at first, then the app's own password."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.ui.phone.mobywatel.documents import DocumentsPage
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage, Refusal
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.entry import Entry, LeadingEntry
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


def _password(id_: str, kind: type[Entry] = Entry) -> Entry:
    return kind(id=id_, password=True, compact=True, max_length=256)


_STORE = N_("Sklep z aplikacjami")


class LockPage(MobywatelPage):
    """Offers the app where it is not installed; then asks for its password, or for a new one."""

    title = N_("mObywatel")
    topic = Topic(
        "mobywatel.lock",
        N_(
            "Najpierw instaluje się aplikację. mObywatel ma własne hasło, inne niż w USOSweb i "
            "inne niż kod aktywacyjny. Po trzech błędnych hasłach aplikacja jest przez minutę "
            "zablokowana. Klawisz {key[mobywatel.other_phone]} bierze do ręki drugi telefon. "
            "Profilu zaufanego i innych sposobów logowania tu nie ma."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the forms; which of them is seen depends on the phone."""
        with Vertical(id="store", classes="form"):
            with Horizontal(classes="line"):
                yield Static("mOb", classes="sign", markup=False)
                yield TranslatedLabel(N_("mObywatel\nDokumenty w telefonie · za darmo"))
            yield TranslatedLabel(
                N_(
                    "Aplikacji nie ma jeszcze w telefonie. Jedno naciśnięcie ją instaluje; niczego "
                    "naprawdę nie pobiera."
                )
            )
            yield TranslatedButton(N_("Zainstaluj"), "primary", id="install")
        with Vertical(id="set-up", classes="form"):
            yield TranslatedLabel(N_("Ustaw hasło aplikacji"), classes="heading")
            yield TranslatedLabel(
                N_(
                    "Co najmniej 8 znaków: mała i wielka litera, cyfra i znak specjalny. Nie "
                    "wpisuj tu haseł do prawdziwych serwisów."
                )
            )
            yield TranslatedLabel(N_("Nowe hasło aplikacji:"))
            yield _password("new", LeadingEntry)
            yield TranslatedLabel(N_("Powtórz hasło:"))
            yield _password("repeated")
            yield TranslatedButton(N_("Ustaw hasło"), "primary", id="set")
        with Vertical(id="log-in", classes="form"):
            yield TranslatedLabel(N_("Zaloguj się do aplikacji"), classes="heading")
            yield TranslatedLabel(N_("Hasło aplikacji:"))
            yield _password("password")
            yield TranslatedButton(N_("Zaloguj się"), "primary", id="enter")
        yield Refusal()

    def on_mount(self) -> None:
        """Show nothing before the phone is known."""
        self.say()

    def say(self) -> None:
        """Show the form that the phone takes."""
        for form in ("store", "set-up", "log-in"):
            self.query_one(f"#{form}").display = form == self._form
        self.opened_in.bar.say()

    def heading(self) -> str:
        """Return where one is: in the store, or in the app."""
        return _(_STORE) if self._form == "store" else super().heading()

    @property
    def _form(self) -> str | None:
        if self.record is None:
            return None
        if not self.record.has_app:
            return "store"
        return "set-up" if self.record.password_hash is None else "log-in"

    @on(TranslatedButton.Pressed, "#install")
    async def _install(self) -> None:
        if await self.attempt(self.services.mobywatel.install) is not None:
            await self.load()
            self.focus_first()

    @on(Input.Submitted, "#repeated")
    @on(TranslatedButton.Pressed, "#set")
    async def _set_up(self) -> None:
        typed = [self.query_one(f"#{field}", Input) for field in ("new", "repeated")]
        password, repeated = (field.value for field in typed)
        done = await self.attempt(self.services.app_lock.set_up, password, repeated)
        if done is not None:
            for field in typed:
                field.clear()
            await self.opened_in.open(DocumentsPage())

    @on(Input.Submitted, "#password")
    @on(TranslatedButton.Pressed, "#enter")
    async def _log_in(self) -> None:
        field = self.query_one("#password", Input)
        password = field.value
        done = await self.attempt(self.services.app_lock.unlock, password)
        field.clear()
        if done is None:
            field.focus()
        else:
            await self.opened_in.open(DocumentsPage())
