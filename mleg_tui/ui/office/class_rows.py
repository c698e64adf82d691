"""What the board of a class tells of each participant, and of how far all of them are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from mleg_tui.domain.classroom import ClassExercise, Classroom, Participant
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local
from mleg_tui.services.classes import Board, Row
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.office.table import Shape, fitted
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.topic import PAGE_TITLES
from mleg_tui.ui.usosweb.payments.table import Column
from mleg_tui.ui.widgets.bars import both_ends
from mleg_tui.ui.widgets.translated import Lines

COLUMNS = (
    Column(N_("Pseudonim"), 4, share=3),
    Column(N_("Ćw."), 5),
    Column(N_("Krok"), 4),
    Column(N_("Stoi"), 8),
    Column(N_("Strona"), share=4),
    Column(N_("Czynność"), share=4),
    Column(N_("Temu"), 7),
    Column(N_("Podp."), 5),
    Column(N_("Rozw."), 5),
)
_ACT = 5
_MINUTE = timedelta(minutes=1)
_STEP = 10
"""Seconds by which a time below a minute is told, so that a board with nothing new rests."""
_TALL, _ROWS, _FEW_ROWS = 30, 7, 4
"""From which height on there are how many rows of bars, and how many below it."""
_BAR, _GAP, _LEAST = 10, 3, 10
"""Cells of a bar, between two columns, and of a title beside which there is a bar."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Somebody on the board, as it is read; ``told`` is in full what a cell may have to cut."""

    id: str
    nickname: str
    cells: tuple[str, ...]
    told: str


SHAPE: Shape[ShownRow] = Shape(COLUMNS, lambda row: row.cells, lambda row: row.id, spare=_ACT)


def shown_rows(board: Board, now: datetime, *, calm: bool = False) -> tuple[ShownRow, ...]:
    """Return the rows as they are at a real moment; ``calm`` tells no less than minutes."""
    return tuple(_shown(row, board, now, calm=calm) for row in board.rows)


def _shown(row: Row, board: Board, now: datetime, *, calm: bool) -> ShownRow:
    one, known = row.participant, board.classroom
    exercise = known.exercises[one.exercise]
    result = one.result(exercise.id)
    page, act, ago = _presence(one, now, calm=calm)
    stuck = since(row.stuck + (now - board.at), calm=calm)
    cells = (
        one.nickname,
        f"{one.exercise + 1}/{len(known.exercises)}",
        f"{result.reached if result else 0}/{exercise.stages}",
        _("✓ gotowe") if row.is_done else stuck,
        page,
        act,
        ago,
        f"{hints_had(one, known)}/{exercise.hints}",
        str(sum(each.solved_at is not None for each in one.results)),
    )
    parts = (
        one.nickname,
        _("ćwiczenie {number}: {title}").format(
            number=one.exercise + 1, title=local(exercise.title)
        ),
        page,
        _("ostatnio: {act}").format(act=act) if act else "",
    )
    return ShownRow(one.id, one.nickname, cells, " · ".join(filter(None, parts)))


def hints_had(one: Participant, known: Classroom) -> int:
    """Return how many hints somebody has of their exercise, taken or given."""
    result = one.result(known.exercises[one.exercise].id)
    return max(one.hints, result.hints if result else 0)


def _presence(one: Participant, now: datetime, *, calm: bool) -> tuple[str, str, str]:
    """Return the page, the last act, and how long ago that was."""
    presence = one.presence
    away = None if one.seat else _("– offline")
    if presence is None:
        return away or "", "", ""
    page, act = PAGE_TITLES.get(presence.page), COMMANDS.get(presence.act)
    return (
        away or ("" if page is None else _(page)),
        "" if act is None else _(act.label),
        since(now - presence.at, calm=calm),
    )


def since(time: timedelta, *, calm: bool = False) -> str:
    """Return how long something has lasted: ``20 s``, ``5 min``, ``1:05 h``."""
    time = max(timedelta(0), time)
    if time < _MINUTE:
        seconds = int(time.total_seconds()) // _STEP * _STEP
        return _("{seconds} s").format(seconds=seconds) if seconds and not calm else _("teraz")
    hours, minutes = divmod(time // _MINUTE, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return f"{hours}:{minutes:02} h"


@dataclass(frozen=True, slots=True)
class Overview:
    """A class as a whole; ``solved`` is how many have solved each exercise."""

    name: str
    word: str
    exercises: tuple[ClassExercise, ...]
    exercise: int
    stopped: bool
    people: int
    away: int
    solved: tuple[int, ...]


def overview_of(board: Board) -> Overview:
    """Return how a class is doing as a whole."""
    known, people = board.classroom, board.participants
    return Overview(
        known.name,
        known.word,
        known.exercises,
        known.exercise,
        known.stopped,
        len(people),
        sum(not one.seat for one in people),
        tuple(board.solved(one.id) for one in known.exercises),
    )


class ClassHead(Lines):
    """The class's name and word, where it is, and a bar of how many have solved each exercise.

    Many exercises stand side by side. Where the screen is plain, they are told in words.
    """

    DEFAULT_CSS = """
    ClassHead {
        width: 100%; height: auto; padding: 0 1;
        background: $simulator-background; color: $simulator-foreground;
    }
    """
    shown: reactive[Overview | None] = reactive(None, layout=True)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the two lines about the class, and the bars."""
        if self.shown is None:
            return []
        size, plain = self.app.size, self.app.has_class(PLAIN)
        rows = _ROWS if size.height >= _TALL else _FEW_ROWS
        told = _in_words(self.shown, width) if plain else _bars(self.shown, width, rows)
        return [*_heading(self.shown, width), *told]


def _heading(seen: Overview, width: int) -> Iterator[Content]:
    word = _("hasło: {word}").format(word=seen.word)
    yield both_ends(Content.styled(seen.name, "bold"), Content.styled(word, "bold"), width)
    told = (
        _("osoby: {count}").format(count=seen.people),
        _("offline: {count}").format(count=seen.away) if seen.away else "",
        _("‖ zegary stoją") if seen.stopped else "",
        _("ćwiczenie {number} z {all}: {title}").format(
            number=seen.exercise + 1,
            all=len(seen.exercises),
            title=local(seen.exercises[seen.exercise].title),
        ),
    )
    yield both_ends(Content(" · ".join(filter(None, told))), Content(""), width)


def _in_words(seen: Overview, width: int) -> Iterator[Content]:
    solved = (f"{number}: {count}/{seen.people}" for number, count in enumerate(seen.solved, 1))
    told = _("Rozwiązane: {counts}").format(counts=", ".join(solved))
    return map(Content, wrap(told, max(1, width)))


def _bars(seen: Overview, width: int, rows: int) -> list[Content]:
    """Return the bars in so many rows at most, in columns that are read downwards."""
    columns = -(-len(seen.exercises) // rows)
    tall = -(-len(seen.exercises) // columns)
    room = (width + _GAP) // columns - _GAP
    cells = [_bar(seen, number, room) for number in range(len(seen.exercises))]
    lines = (cells[row::tall] for row in range(tall))
    return [Content((" " * _GAP).join(line)) for line in lines]


def _bar(seen: Overview, number: int, room: int) -> str:
    """Return the number of an exercise, its title and its bar as there is room, and the count."""
    mark = "▸" if number == seen.exercise else " "
    solved, people = seen.solved[number], seen.people
    count = f"{solved}/{people}".rjust(2 * len(str(people)) + 1)
    head = f"{mark}{number + 1:2} "
    left = room - cell_len(head) - cell_len(count) - 1
    length = max(_BAR, left // 2)
    if left < _LEAST:
        return f"{head}{share(solved, people, left)} {count}"
    title, told = local(seen.exercises[number].title), ""
    if left > length + _LEAST:
        told = f" {share(solved, people, length)}"
    return f"{head}{fitted(title, left - cell_len(told))}{told} {count}"


def share(part: int, whole: int, length: int) -> str:
    """Return a bar that is as full as a part is of a whole."""
    full = part * length // whole if whole else 0
    return "▓" * full + "░" * (length - full)
