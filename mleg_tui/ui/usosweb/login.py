"""The CAS login page (docs/domain.md §10)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, zip_longest
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mleg_tui.domain.errors import LoginRefused, MlegError, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.locale import _, advice_of, local, message_of
from mleg_tui.services.feed import Interest, Subscription
from mleg_tui.services.login import LoginMissing
from mleg_tui.simulation.world import DemoAccount
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import program_of
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.frame import CasBar
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.entry import Entry, LeadingEntry
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel

PASSWORD = "demo"  # noqa: S105 - the page tells it to everybody

DEMO, SCENARIO = "?demo", "?scenario"
JOIN, COME_BACK, EXERCISE = "?join", "?come-back", "?exercise"
"""What the entries are called that are no accounts."""


class People(NamedTuple):
    """The demo accounts; ``staff`` are the logins of those that are no student's."""

    accounts: tuple[DemoAccount, ...]
    staff: frozenset[str]


class LoginScreen(MlegScreen):
    """Asks for a demo account. Passwords of real services are never asked for."""

    CSS_PATH = "login.tcss"
    topic = Topic(
        "usosweb.login",
        N_(
            "Strona logowania CAS. W rzeczywistości wpisuje się tu identyfikator i hasło "
            "uczelniane. W symulatorze działają tylko konta demonstracyjne z listy, wszystkie z "
            "hasłem demo. Enter prowadzi z pola do pola i loguje. Po kilku błędnych hasłach trzeba "
            "chwilę poczekać. Zmiany hasła i odzyskiwania konta tu nie ma."
        ),
    )
    AUTO_FOCUS = "#login"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "list", show=False)]

    def __init__(self, university: University, people: People, login: str) -> None:
        super().__init__()
        self._university = university
        self._people = people
        self._login = login
        self._refusal: MlegError | None = None
        self._offers: Subscription | None = None

    def content(self) -> ComposeResult:
        """Yield the CAS bar, the form and the demo accounts."""
        yield CasBar(self._university)
        with _Page(id="page", can_focus=False):
            with Horizontal(id="both"):
                with Vertical(id="form", classes="card"):
                    yield TranslatedLabel(
                        N_("Wprowadź swój identyfikator sieciowy i hasło"), id="invitation"
                    )
                    yield TranslatedLabel(N_("Identyfikator:"))
                    yield LeadingEntry(
                        self._login, id="login", classes="boxed", compact=True, max_length=64
                    )
                    yield TranslatedLabel(N_("Hasło:"))
                    yield Entry(
                        id="password", classes="boxed", password=True, compact=True, max_length=256
                    )
                    yield TranslatedButton(N_("ZALOGUJ"), "primary", id="submit")
                with TitledCard(N_("SYMULATOR: kim jesteś?"), id="who", simulator=True):
                    yield DemoAccounts(self._people, self._doors())
            yield Static(id="refusal", markup=False)
            yield ComposedLabel(self._foot)
            if self._is_tall():
                yield self._beginning()

    def _is_tall(self) -> bool:
        return "-tall" in self._size_classes()

    def on_resize(self, event: events.Resize) -> None:
        """Say what to begin with once there is room for it."""
        del event
        if self._is_tall() and not self.query("#beginning"):
            self.query_one(_Page).mount(self._beginning())

    def on_mount(self) -> None:
        """Go to the password where the login is known; count what is only to be counted later."""
        if self._login:
            self.query_one("#password").focus()
        if self._doors():
            self.call_after_refresh(self.query_one(DemoAccounts).count)
        entrance = self.program.entrance
        if entrance is not None:
            call = partial(self.call_later, self._offer_classes)
            interest = Interest(tables=frozenset({"classrooms"}))
            self._offers = entrance.shared.feed.subscribe(interest, call)
            self.call_after_refresh(self._offer_classes)

    def on_unmount(self) -> None:
        """Look for classes no more."""
        super().on_unmount()
        if self._offers is not None:
            self._offers.end()

    @work(exclusive=True, group="classes")
    async def _offer_classes(self) -> None:
        """Offer the classes that are open, or who is in one the way back to its exercise."""
        program, entrance = self.program, self.program.entrance
        if entrance is None:
            return
        offered: tuple[str, ...] = (EXERCISE,)
        if program.participation is None:
            try:
                opened = await entrance.shared.off_loop.ask(entrance.offers)
            except StoreUnusable:
                return  # who needs the store will be told
            offered = (JOIN, COME_BACK) if opened else ()
        if is_alive(self):
            self.query_one(DemoAccounts).offer(offered, self._doors())

    def _doors(self) -> frozenset[str]:
        """Return which entries that are no accounts lead somewhere."""
        demo = {DEMO} if self.program.options.local else set[str]()
        return frozenset(demo | {SCENARIO} if self.program.owns_world else demo)

    def _foot(self) -> str:
        other = N_("{key[app.language]}: this page in English")
        own = N_(
            "Masz tu własny świat z własnym zegarem, do końca wizyty. Konto dziekanatu "
            "prowadzi do wspólnych danych."
        )
        return "\n".join(
            (
                *([_(own)] if self.program.doors.shared is not None else []),
                _("Działają tylko konta demonstracyjne (hasło: demo)."),
                _("↓ prowadzi na listę, a Enter loguje z niej."),
                _("Nie wpisuj tu haseł do prawdziwych serwisów."),
                self.program.keymap.told(_(other)),
            )
        )

    def _beginning(self) -> TitledCard:
        label = ComposedLabel(self._told_beginning)
        title = N_("SYMULATOR: od czego zacząć?")
        return TitledCard(title, label, id="beginning", simulator=True)

    def _told_beginning(self) -> str:
        """Say what the program is for, and what to try; who shares a clock does not turn it."""
        order = N_(
            "1. Jako student otwórz mLegitymację ({key[usosweb.mlegitymacja]}) "
            "i zamów ({key[mlegitymacja.order]})."
        )
        wait = N_("Czas do kodów można przesunąć ({key[time.next]}).")
        add = N_("2. Weź do ręki telefon ({key[desk.phone]}) i dodaj dokument w mObywatelu.")
        decide = N_("3. Zaloguj się jako dziekanat: zatwierdzaj zdjęcia, wydawaj ELS, odrzucaj.")
        lines = (
            _("Tak student dostaje mLegitymację; żadna prawdziwa usługa nie bierze w tym udziału."),
            " ".join((_(order), *([_(wait)] if self.program.owns_world else []))),
            _(add),
            _(decide),
        )
        return self.program.keymap.told("\n".join(lines))

    def welcome_back(self, why: MlegError | None) -> None:
        """Show an empty form again, and why the last session ended."""
        self.query_one("#password", Input).clear()
        self._refuse(why)
        self.query_one("#login").focus()
        self.call_later(self._offer_classes)

    def say_all(self) -> None:
        """Say everything, the last refusal included, in the session's present language."""
        super().say_all()
        self._refuse(self._refusal)

    def action_list(self) -> None:
        """Go to the accounts."""
        self.query_one(DemoAccounts).focus()

    @on(Input.Submitted, "#password")
    @on(TranslatedButton.Pressed, "#submit")
    def _submit(self) -> None:
        self._enter(self.query_one("#password", Input).value)

    @on(OptionList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        """Log in as an account of the list, by the password that all have; or begin elsewhere."""
        if event.option_id == DEMO:
            from mleg_tui.ui.usosweb.demo_start import DemoStart

            DemoStart(self.program).choose()
            return
        if event.option_id == SCENARIO:
            from mleg_tui.ui.usosweb.scenario_start import ScenarioStart

            await ScenarioStart(self.program).choose()
            return
        if event.option_id in (JOIN, COME_BACK, EXERCISE):
            await self._go_to_class(event.option_id)
            return
        self.query_one("#login", Input).value = event.option_id or ""
        self._enter(PASSWORD)

    async def _go_to_class(self, way: str) -> None:
        from mleg_tui.ui.classroom.joining import Joining

        entrance, participation = self.program.entrance, self.program.participation
        if participation is not None:
            await participation.sit_down()
        elif entrance is not None:
            joining = Joining(self.program, entrance)
            await (joining.join() if way == JOIN else joining.come_back())

    @work(exclusive=True, group="login")
    async def _enter(self, typed: str) -> None:
        """Check the password off the loop, then go on to the portal."""
        login = self.query_one("#login", Input).value
        password = self.query_one("#password", Input)
        options = self.program.options
        enter = partial(self.program.doors.admit, login, typed, options.university, options.source)
        try:
            admitted = await self.program.services.off_loop.check(enter)
        except LoginRefused as error:
            self._refuse(error)
            password.clear()
            self.query_one("#login" if isinstance(error, LoginMissing) else "#password").focus()
        except StoreUnusable as error:
            self.program.store_failed(error)
        else:
            password.clear()
            self._refuse(None)
            self.program.move_to(admitted.services, admitted.timeline)
            self.program.log_in(admitted.session, admitted.university)
            if admitted.services is self.program.doors.shared:
                self.notify(_("To są wspólne dane serwera, a nie Twój własny świat."))

    def _refuse(self, error: MlegError | None) -> None:
        self._refusal = error
        text = "" if error is None else f"✗ {message_of(error)}\n  {advice_of(error)}"
        self.query_one("#refusal", Static).update(text)


class _Page(VerticalScroll, inherit_bindings=False):
    """Leaves the arrows to the screen, also where not all of it is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class DemoAccounts(MlegOptionList):
    """Students, staff, a demonstration to watch, a scenario to begin in: each by Enter or a click.

    Above them stands what is offered for the time being. What is not among the ``opened`` entries,
    as a scenario where data are shared, has brackets.
    """

    def __init__(self, people: People, opened: frozenset[str]) -> None:
        self._people = people
        self._opened = opened
        self._counted: tuple[int, ...] = ()
        self._offered: tuple[str, ...] = ()
        super().__init__(*self._parted(), compact=True)

    def offer(self, entries: tuple[str, ...], opened: frozenset[str]) -> None:
        """Offer entries above all others, and have others opened; who is there stays."""
        if (entries, opened) == (self._offered, self._opened):
            return
        self._offered, self._opened = entries, opened
        marked = self.highlighted_option
        self.clear_options()
        self.add_options(self._parted())
        ids = [option.id for option in self.options]
        is_chosen = self.has_focus and marked is not None and marked.id in ids
        self.highlighted = ids.index(marked.id) if marked is not None and is_chosen else 0

    async def count(self) -> None:
        """Tell how many demonstrations and scenarios there are."""
        from mleg_tui.ui.usosweb.demo_start import numbers

        counted = await program_of(self).ask_store(numbers)
        if counted is not None and is_alive(self):
            self._counted = counted
            self.say()

    def say(self) -> None:
        """Describe the entries in the session's present language."""
        for option in chain.from_iterable(self._groups()):
            self.replace_option_prompt(option.id or "", option.prompt)

    def _parted(self) -> Iterator[Option | None]:
        """Yield the entries, with a line between groups."""
        offered, first, *others = self._groups()
        yield from (*offered, *first)
        for group in others:
            yield None
            yield from group

    def _groups(self) -> tuple[list[Option], ...]:
        accounts, staff = self._people.accounts, self._people.staff
        width = max((len(account.login) for account in accounts), default=0)
        described: tuple[list[Option], list[Option]] = ([], [])
        for account in accounts:
            login = (account.login.ljust(width), "bold")
            prompt = Content.assemble(login, f"  {local(account.note)}")
            described[account.login in staff].append(Option(prompt, id=account.login))
        demo, scenario = _("Obejrzyj pokaz…"), _("Zacznij od scenariusza…")
        doors = ((DEMO, f"▶ {demo}"), (SCENARIO, f"⚑ {scenario}"))
        led = [
            Option(self._door(id_, label, number), id=id_)
            for (id_, label), number in zip_longest(doors, self._counted)
        ]
        labels = {
            JOIN: _("Dołącz do zajęć…"),
            COME_BACK: _("Wracam na zajęcia…"),
            EXERCISE: _("Wróć do ćwiczenia"),
        }
        offered = [Option(f"● {labels[id_]}", id=id_) for id_ in self._offered]
        return (offered, *described, led)

    def _door(self, id_: str, label: str, number: int | None) -> str:
        if id_ not in self._opened:
            return f"({label})"
        return label if number is None else f"{label} ({number})"
