"""DLA STUDENTÓW: the tab's own page, which leads to the others."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.said import Said, SaidButton


class StudentsPage(Page):
    """Lists what the tab offers at this university."""

    topic = "usosweb.students"

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield Said(N_("DLA STUDENTÓW"), classes="title")
        group = None
        for entry in self.portal.entries():
            if entry.about is None:
                continue
            if entry.group not in (None, group):
                group = entry.group
                yield Said(group or "", classes="heading")
            yield SaidButton(entry.label, id=f"to-{entry.id}")
            yield Said(entry.about)

    @on(SaidButton.Pressed)
    async def _open(self, event: SaidButton.Pressed) -> None:
        chosen = (e for e in self.portal.entries() if f"to-{e.id}" == event.button.id)
        for entry in chosen:
            event.stop()
            await self.portal.desk.perform(entry.command)
