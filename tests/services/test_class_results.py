"""What is left of a class for other programs."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from mleg_tui.domain.classroom import ClassExercise, Classroom, Participant, Result, participant_id
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.text import LocalText
from mleg_tui.services.class_results import as_csv, as_json
from mleg_tui.services.classes import Board, Row
from tests.factories import NOW

EXERCISES = tuple(ClassExercise(id_, LocalText({"pl": id_}), 2, 3) for id_ in ("first", "second"))
CLASS = Classroom(id="a", name="A", word="klon", exercises=EXERCISES, opened_at=NOW)
SOLVED = Result(
    exercise="first",
    began_at=NOW,
    moved_on_at=NOW,
    reached=2,
    hints=1,
    solved_at=NOW + timedelta(hours=1, minutes=4, seconds=10.9),
)
BEGUN = replace(SOLVED, exercise="second", reached=1, hints=0, solved_at=None)


def board(**results: tuple[Result, ...]) -> Board:
    people = (
        Participant(
            id=participant_id("a", nickname),
            classroom="a",
            nickname=nickname,
            number="000001",
            joined_at=NOW,
            results=done,
            seat="secret-seat",
        )
        for nickname, done in results.items()
    )
    return Board(CLASS, tuple(Row(one, timedelta(0)) for one in people), NOW)


def test_everybody_has_a_row_for_each_exercise() -> None:
    lines = "".join(as_csv(board(Ola=(), jan=(SOLVED, BEGUN)))).splitlines()
    assert lines == [
        f"# {NOTICE}",
        "nickname,exercise,solved,time,hints,took_seconds",
        "jan,first,true,1:04:10,1,3850",
        "jan,second,false,,0,",
        "Ola,first,false,,,",
        "Ola,second,false,,,",
    ]


def test_the_same_as_json() -> None:
    told = json.loads("".join(as_json(board(jan=(SOLVED,)))))
    assert told["simulation"] == NOTICE
    assert told["results"] == [
        {
            "nickname": "jan",
            "exercise": "first",
            "solved": True,
            "hints": 1,
            "took_seconds": 3850,
        },
        {
            "nickname": "jan",
            "exercise": "second",
            "solved": False,
            "hints": None,
            "took_seconds": None,
        },
    ]


@pytest.mark.parametrize("nickname", ["=1+1", "@SUM(A1)", "+48", "-2", '"x",y', "＝1"])
def test_no_nickname_is_computed_by_a_spreadsheet(nickname: str) -> None:
    lines = [*as_csv(board(**{nickname: (SOLVED,)}))]
    cells = next(csv.reader(lines[2:3]))
    assert cells[0] in (nickname, f"'{nickname}")
    assert cells[0][0] not in "=+-@＝"
    assert cells[1:] == ["first", "true", "1:04:10", "1", "3850"]


def test_no_secret_is_in_it() -> None:
    whole = board(jan=(SOLVED, BEGUN))
    told = "".join(as_csv(whole)) + "".join(as_json(whole))
    for secret in ("000001", "secret-seat", "klon"):
        assert secret not in told
