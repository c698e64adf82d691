"""DLA STUDENTÓW: the tab's own page, which leads to the others."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from mleg_tui.domain.text import N_
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.said import Said, SaidButton


class StudentsPage(Page):
    """Lists what the tab offers."""

    topic = "usosweb.students"

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield Said(N_("DLA STUDENTÓW"), classes="title")
        yield Said(N_("MOJE STUDIA"), classes="heading")
        yield SaidButton(N_("mLegitymacja"), id="to-mlegitymacja")
        yield Said(
            N_("Sprawdź warunki, zamów legitymację w telefonie i odbierz kody do jej instalacji.")
        )

    @on(SaidButton.Pressed, "#to-mlegitymacja")
    async def _open(self) -> None:
        await self.portal.desk.perform("usosweb.mlegitymacja")
