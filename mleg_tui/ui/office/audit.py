"""``Dziennik zmian``: who changed what and when, the newest first. Nobody edits it."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from mleg_tui.domain.audit import Event
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, ngettext
from mleg_tui.services.audit_log import EventFilter
from mleg_tui.services.feed import Interest
from mleg_tui.services.pages import Found
from mleg_tui.ui.office.listing import ListPage
from mleg_tui.ui.office.table import Shape
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.payments.table import Column
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel

_COLUMNS = (
    Column(N_("Czas symulacji"), 19),
    Column(N_("Kto"), 14),
    Column(N_("Co"), share=3),
    Column(N_("Zmiany"), share=4),
)


def _who(event: Event) -> str:
    return event.actor or _("systemy")


def _cells(event: Event) -> tuple[str, ...]:
    changes = ", ".join(f"{change.field}: {change.after}" for change in event.changes)
    return shown(event.at), _who(event), f"{event.table} {event.record}", changes


class AuditPage(ListPage[Event]):
    """The events that have every word that is typed, in whichever field."""

    topic = Topic(
        "office.audit",
        N_(
            "Każda zmiana: kto ją zrobił, kiedy w czasie symulacji i naprawdę, co było przed i po. "
            "Dziennika nikt nie może poprawić, a tajnych kodów w nim nie ma."
        ),
    )
    title = N_("Dziennik zmian")

    def __init__(self) -> None:
        super().__init__(Shape(_COLUMNS, _cells, lambda event: event.id))

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("events")

    def find(self, typed: str, start: int, number: int) -> Found[Event]:
        """Return so many of the events, from a place on."""
        log, wanted = self.portal.program.services.audit_log, EventFilter(typed)
        return log.find(self.portal.session, wanted, start, number, wanted.most_counted)

    def sorted_by(self) -> None:
        """Return nothing: the newest event is always the first."""

    def say(self) -> None:
        """Say how many events there are."""
        if self.found is None:
            return
        count = self.found.number
        told = ngettext("Znaleziono {count} zmianę.", "Znaleziono {count} zmiany.", count)
        if not self.found.is_counted:
            told = _("Pokazano {count} najnowszych; zawęź wyszukiwanie.")
        self.query_one("#found", Static).update(told.format(count=count))

    def open(self, key: str) -> None:
        """Show all of an event."""
        event = self.table.row
        if event is not None and event.id == key:
            self.app.push_screen(EventDialog(event))


class EventDialog(Dialog):
    """One event with everything before and after."""

    def __init__(self, event: Event) -> None:
        super().__init__(N_("Zmiana"))
        self._event = event

    def body(self) -> ComposeResult:
        """Yield the event."""
        yield ComposedLabel(partial(_whole, self._event))


def _whole(event: Event) -> str:
    lines = [
        _("Kto: {who}").format(who=_who(event)),
        _("Co: {what}").format(what=f"{event.table} {event.record}"),
        _("Czas symulacji: {moment}").format(moment=shown(event.at)),
        _("Czas prawdziwy: {moment}").format(moment=shown(event.real_at)),
    ]
    if event.reason:
        lines.append(_("Powód: {reason}").format(reason=_(event.reason)))
    for change in event.changes:
        lines += ["", change.field, f"  − {change.before}", f"  + {change.after}"]
    return "\n".join(lines)
