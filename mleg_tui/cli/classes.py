"""``mleg-tui class``: classes opened, seen and closed by whoever keeps the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mleg_tui.cli import output, person
from mleg_tui.cli.options import argument, command, option, path_of, several, switch
from mleg_tui.cli.plain import (
    Document,
    Plain,
    Shown,
    at_one_moment,
    instant,
    services_at_one_moment,
    show,
)
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _, in_all, local
from mleg_tui.services.session import Administrator

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.domain.classroom import Presence
    from mleg_tui.services.classes import Board, Row
    from mleg_tui.services.services import Services

_BY = Administrator()


@dataclass(frozen=True, kw_only=True)
class Opening(Plain):
    """What is opened."""

    name: str = argument(N_("jak zajęcia się nazywają"), metavar=N_("NAZWA"))
    exercise: Sequence[str] = several(
        "--exercise",
        N_("ćwiczenie z mleg-tui scenario list; kolejne w kolejności podania"),
        metavar=N_("SCENARIUSZ"),
    )
    word: str = option(
        "--word",
        N_("hasło, którym się dołącza; bez tej opcji program je wymyśla"),
        default="",
        metavar=N_("HASŁO"),
    )


@dataclass(frozen=True, kw_only=True)
class Named(Plain):
    """Which class is meant."""

    name: str = argument(N_("nazwa albo identyfikator z listy"), metavar=N_("NAZWA"))

    @property
    def id(self) -> str:
        """The id, which a name is made into."""
        from mleg_tui.domain.classroom import slug

        return slug(self.name) or self.name


@dataclass(frozen=True, kw_only=True)
class Closing(Named):
    """Which class is closed, and whether it is meant."""

    yes: bool = switch("--yes", N_("nie pyta"))


@dataclass(frozen=True, kw_only=True)
class Results(Named):
    """Whose results are written, and where."""

    out: str | None = option("--out", N_("plik zamiast standardowego wyjścia"), metavar=N_("PLIK"))


def _open(services: Services, arguments: Opening) -> Shown:
    from mleg_tui.errands.play import Scenarios

    exercises = Scenarios(services).for_class(arguments.exercise)
    opened = services.classes.open(_BY, arguments.name, exercises, arguments.word)
    return _shown(services.classes.board(_BY, opened.id))


def _list(services: Services, _arguments: Plain) -> Shown:
    boards = services.classes.boards(_BY)
    lines = [_class_line(board) for board in boards] or [_("Nie ma otwartych zajęć.")]
    document: Document = {
        "simulation": str(NOTICE),
        "classes": [_summary(board) for board in boards],
    }
    return document, [_(NOTICE), *lines]


def _show(services: Services, arguments: Named) -> Shown:
    return _shown(services.classes.board(_BY, arguments.id))


def _close(arguments: Closing) -> int:
    """Close a class once somebody says yes; who is asked may take their time."""
    with services_at_one_moment(arguments) as services:
        board = services.classes.board(_BY, arguments.id)
    if not arguments.yes:
        output.tell(_class_line(board), _("Wyniki zapisuje mleg-tui class results."))
    question = _("Zamknąć te zajęcia? Światy osób, które w nich są, i wyniki znikną.")
    person.confirm(question, yes=arguments.yes)
    with services_at_one_moment(arguments) as services:
        ended = services.classes.close(_BY, arguments.id)
    show(arguments, *_shown(ended))
    if not arguments.json:
        output.tell(_("Zajęcia są zamknięte i nic z nich nie zostało."))
    return 0


def _results(arguments: Results) -> int:
    """Write the results to standard output or, whole or not at all, to a file."""
    from mleg_tui.services.class_results import as_csv, as_json
    from mleg_tui.services.files import naming, write_whole

    with services_at_one_moment(arguments) as services:
        board = services.classes.board(_BY, arguments.id)
    pieces = as_json(board) if arguments.json else as_csv(board)
    if arguments.out is None:
        write = output.show_json_pieces if arguments.json else output.show_pieces
        write(pieces)
        return 0
    with naming(arguments.out):
        write_whole(path_of(arguments.out), (piece.encode() for piece in pieces))
    output.tell(_("Zapisano wyniki: {path}").format(path=arguments.out))
    return 0


def _shown(board: Board) -> Shown:
    return _document(board), _lines(board)


def _document(board: Board) -> Document:
    """Return a class and everybody in it; times are real, numbers to come back are left out."""
    return {
        "simulation": str(NOTICE),
        **_summary(board),
        "participants": [_participant(row, board) for row in board.rows],
    }


def _summary(board: Board) -> Document:
    """Return what a list tells of a class."""
    known = board.classroom
    exercises = [
        {
            "id": one.id,
            "title": in_all(one.title),
            "stages": one.stages,
            "hints": one.hints,
            "solved": board.solved(one.id),
        }
        for one in known.exercises
    ]
    return {
        "id": known.id,
        "name": known.name,
        "word": known.word,
        "opened_at": instant(known.opened_at),
        "stopped": known.stopped,
        "exercise": known.exercises[known.exercise].id,
        "exercises": exercises,
        "joined": len(board.rows),
    }


def _participant(row: Row, board: Board) -> Document:
    from mleg_tui.services.class_results import seconds

    one = row.participant
    exercise = board.classroom.exercises[one.exercise]
    result, presence = one.result(exercise.id), one.presence
    return {
        "nickname": one.nickname,
        "joined_at": instant(one.joined_at),
        "is_here": bool(one.seat),
        "exercise": exercise.id,
        "reached": result.reached if result else 0,
        "stages": exercise.stages,
        "hints": result.hints if result else 0,
        "solved": row.is_done,
        "took_seconds": seconds(result),
        "stuck_seconds": None if row.is_done else int(row.stuck.total_seconds()),
        "page": presence and presence.page,
        "act": presence and presence.act,
        "idle_seconds": presence and int(_idle(presence, board).total_seconds()),
    }


def _lines(board: Board) -> Iterator[str]:
    """Yield the class, its exercises, and everybody; who is stuck the longest comes first."""
    known = board.classroom
    yield _(NOTICE)
    yield _class_line(board)
    for number, exercise in enumerate(known.exercises):
        told = _("rozwiązało: {solved} z {all}")
        solved = told.format(solved=board.solved(exercise.id), all=len(board.rows))
        sign = "→" if number == known.exercise else " "
        yield f"{sign} {number + 1}. {local(exercise.title)} · {solved}"
    yield from (" · ".join(_row(row, board)) for row in board.rows)


def _class_line(board: Board) -> str:
    known = board.classroom
    told = [
        known.name if known.name == known.id else f"{known.name} ({known.id})",
        _("hasło: {word}").format(word=known.word),
        _("otwarte: {moment}").format(moment=shown(known.opened_at)),
        _("osób: {count}").format(count=len(board.rows)),
    ]
    if known.stopped:
        told.append(_("zegary stoją"))
    return " · ".join(told)


def _row(row: Row, board: Board) -> Iterator[str]:
    """Yield what is told of somebody in one line."""
    from mleg_tui.exercise_words import took

    one, known = row.participant, board.classroom
    exercise = known.exercises[one.exercise]
    result, presence = one.result(exercise.id), one.presence
    yield (
        one.nickname if one.seat else _("{nickname} (poza zajęciami)").format(nickname=one.nickname)
    )
    place = _("ćwiczenie {number} z {all}")
    yield place.format(number=one.exercise + 1, all=len(known.exercises))
    reached = _("osiągnięte: {reached} z {all}")
    yield reached.format(reached=result.reached if result else 0, all=exercise.stages)
    yield _("podpowiedzi: {given} z {all}").format(
        given=result.hints if result else 0, all=exercise.hints
    )
    if result is not None and result.took is not None:
        yield _("✓ rozwiązane w {time}").format(time=took(result.took))
    else:
        yield _("bez postępu od {time}").format(time=took(row.stuck))
    if presence is not None:
        yield _page(presence.page)
        yield _("{act}, {time} temu").format(
            act=_act(presence.act), time=took(_idle(presence, board))
        )


def _idle(presence: Presence, board: Board) -> timedelta:
    """Return how long ago somebody last did something; a clock that was set back counts as 0."""
    return max(timedelta(0), board.at - presence.at)


def _page(name: str) -> str:
    """Return what the program calls a page; of another version, its name."""
    from mleg_tui.ui.topic import PAGE_TITLES

    title = PAGE_TITLES.get(name)
    return name if title is None else _(title)


def _act(id_: str) -> str:
    """Return what the program calls a command; of another version, its id."""
    from mleg_tui.ui.commands import COMMANDS

    known = COMMANDS.get(id_)
    return id_ if known is None else _(known.label)


COMMANDS = {
    "open": command(N_("otwiera zajęcia"), Opening, at_one_moment(_open)),
    "list": command(N_("wymienia otwarte zajęcia"), Plain, at_one_moment(_list)),
    "show": command(
        N_("pokazuje, jak komu idzie; kto utknął najdłużej, jest na górze"),
        Named,
        at_one_moment(_show),
    ),
    "results": command(N_("wypisuje wyniki jako CSV albo JSON"), Results, _results),
    "close": command(N_("zamyka zajęcia; nic z nich nie zostaje"), Closing, _close),
}
