"""AKTUALNOŚCI: what this is, and where to begin."""

from __future__ import annotations

from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.translated import TranslatedLabel, TranslatedLabelWithKeys


class NewsPage(Page):
    """The first page after the login."""

    topic = "usosweb.news"

    def compose(self) -> ComposeResult:
        """Draw the news."""
        yield TranslatedLabel(N_("Aktualności"), classes="title")
        yield TranslatedLabel(N_("Legitymacja w telefonie"), classes="heading")
        yield TranslatedLabelWithKeys(
            N_(
                "mLegitymację zamawia się w USOSweb, a instaluje w aplikacji mObywatel. "
                "Zamówienie składasz tak: DLA STUDENTÓW → mLegitymacja → Zamów mLegitymację "
                "(klawisz {key[usosweb.mlegitymacja]}, potem {key[mlegitymacja.order]})."
            )
        )
        yield TranslatedLabel(N_("Ile to trwa"), classes="heading")
        yield TranslatedLabel(
            N_(
                "Zwykle kilka minut: najpierw status „oczekujący”, potem „w toku”, na końcu "
                "„gotowy do pobrania” z kodem QR i kodem aktywacyjnym. Czas symulacji można "
                "przyspieszyć: mleg-tui --speed 60 albo mleg-tui time forward 10m."
            )
        )
        yield TranslatedLabel(N_("To jest symulator"), classes="heading")
        yield TranslatedLabel(
            N_(
                "Osoby i numery są zmyślone, a żadna prawdziwa usługa nie bierze w tym udziału. "
                "Wystawiony tu dokument nie daje żadnych uprawnień."
            )
        )
