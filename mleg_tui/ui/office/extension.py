"""All plastic cards of a university are extended at once, after a preview."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local, message_of
from mleg_tui.services.office import Extension
from mleg_tui.services.session import Session
from mleg_tui.ui.modal import agreed, answered
from mleg_tui.ui.office.asking import Done
from mleg_tui.ui.office.choice import Choice, Choices
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import BACK, Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton

_TITLE = N_("Przedłuż ELS uczelni")


class ExtensionOfAll:
    """Asks for the university, shows whose cards would be extended, and extends them on a yes."""

    def __init__(self, program: Program, session: Session) -> None:
        self._program = program
        self._session = session
        self._office = program.services.office

    async def begin(self) -> None:
        """Let a university be chosen."""
        universities = await self._program.ask_store(self._program.services.campus.universities)
        names = {university.id: university.name for university in universities or ()}
        own, known = self._program.university.id, partial(_choices, names)
        self._program.push_screen(Choice(_TITLE, known, own), answered(self._preview))

    async def _preview(self, university: str) -> None:
        ask = partial(self._office.preview_extension, self._session, university)
        planned = await self._program.ask_store(ask)
        if planned is not None:
            extend = partial(self._extend, university)
            self._program.push_screen(Preview(planned), agreed(extend))

    async def _extend(self, university: str) -> None:
        act = partial(self._office.extend_all, self._session, university)
        done = await self._program.change_store(act)
        if done is not None:
            self._program.push_screen(Done(N_("ELS przedłużone"), partial(_told, done)))


class Preview(Dialog):
    """Whose cards would be extended, and whose not. The safe answer has the focus."""

    AUTO_FOCUS = "#no"

    def __init__(self, planned: Extension) -> None:
        super().__init__(_TITLE)
        self._planned = planned

    def body(self) -> ComposeResult:
        """Yield what would be done."""
        yield ComposedLabel(partial(_told, self._planned))

    def buttons(self) -> ComposeResult:
        """Yield the answers; there is nothing to agree to where no card can be extended."""
        if self._planned.extended:
            yield TranslatedButton(N_("Przedłuż"), "primary", id="yes")
        yield TranslatedButton(BACK, id="no")


def _choices(names: Mapping[str, LocalText]) -> Choices:
    return [(id_, local(name)) for id_, name in names.items()]


def _told(extension: Extension) -> str:
    told = _("{university}: {count} ELS, do {date}.").format(
        university=local(extension.university.name),
        count=len(extension.extended),
        date=extension.until.isoformat(),
    )
    lines = [told, *(f"✓ {student.full_name}" for student in extension.extended)]
    lines += [f"✗ {student.full_name}: {message_of(why)}" for student, why in extension.refused]
    return "\n".join(lines)
