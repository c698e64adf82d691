"""AKTUALNOŚCI: how this university orders an mLegitymacja, and where to begin."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.domain.university import News
from mleg_tui.locale import _, local
from mleg_tui.ui.program import program_of
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedLabel

_WAY = (OrderStatus.PENDING, OrderStatus.IN_PROGRESS, OrderStatus.READY)


class NewsPage(Page):
    """The first page after the login."""

    topic = Topic(
        "usosweb.news",
        N_(
            "Pierwsza strona po zalogowaniu. Karty otwierają klawisze {key[usosweb.news]}, "
            "{key[usosweb.mine]}, {key[usosweb.students]} i {key[usosweb.staff]} albo strzałki na "
            "pasku kart, lewe menu klawisz {key[usosweb.menu]}. Prawdziwy USOSweb ma wiele innych "
            "stron; są tu tylko te, które prowadzą do mLegitymacji."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the university's own news, then what the simulator has to say."""
        yield TranslatedLabel(N_("Aktualności"), classes="title")
        for news in self.portal.university.news:
            yield NewsCard(news)
        yield TitledCard(
            N_("To jest symulator"),
            ComposedLabel(self._how_long),
            TranslatedLabel(
                N_(
                    "Osoby i numery są zmyślone, a żadna prawdziwa usługa nie bierze w tym "
                    "udziału. Wystawiony tu dokument nie daje żadnych uprawnień."
                )
            ),
            simulator=True,
        )

    def _how_long(self) -> str:
        university = self.portal.university
        labels = [local(university.label(status)) for status in _WAY]
        told = _(
            "Zamówienie trwa zwykle kilka minut: najpierw „{pending}”, potem „{in_progress}”, na "
            "końcu „{ready}”, z kodem QR i kodem aktywacyjnym."
        )
        return told.format(pending=labels[0], in_progress=labels[1], ready=labels[2])


class NewsCard(Vertical):
    """One piece of news, in the university's words."""

    def __init__(self, news: News) -> None:
        self._news = news
        super().__init__(
            Static(classes="card-title", markup=False), Static(markup=False), classes="card"
        )

    def on_mount(self) -> None:
        """Say it, with the keys as they are here."""
        self.say()

    def say(self) -> None:
        """Say it in the session's present language."""
        heading, text = self.query(Static)
        self.border_title = local(self._news.title)
        heading.update(self.border_title)
        text.update(program_of(self).keymap.told(local(self._news.text)))
