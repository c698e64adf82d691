"""DLA STUDENTÓW: the tab's own page, which leads to the others."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


class StudentsPage(Page):
    """Lists what the tab offers at this university."""

    topic = Topic(
        "usosweb.students",
        N_(
            "Karta dla studentów. Stąd idzie się do mLegitymacji (klawisz "
            "{key[usosweb.mlegitymacja]}) i do zdjęcia (klawisz {key[usosweb.photo]}). "
            "Rejestracji, podań i innych spraw z prawdziwej karty tu nie ma."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield TranslatedLabel(N_("DLA STUDENTÓW"), classes="title")
        group = None
        for entry in self.portal.entries():
            if entry.about is None:
                continue
            if entry.group not in (None, group):
                group = entry.group
                yield TranslatedLabel(group or "", classes="heading")
            yield TranslatedButton(entry.label, id=f"to-{entry.id}")
            yield TranslatedLabel(entry.about)

    @on(TranslatedButton.Pressed)
    async def _open(self, event: TranslatedButton.Pressed) -> None:
        chosen = (e for e in self.portal.entries() if f"to-{e.id}" == event.button.id)
        for entry in chosen:
            event.stop()
            await self.portal.desk.perform(entry.command)
