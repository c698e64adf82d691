"""Other people's lists of students: every mistake has its line and its column, in words."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from mleg_tui.domain.account import Account
from mleg_tui.domain.student import Student, StudyLevel
from mleg_tui.locale import Speech, message_of, speak
from mleg_tui.services import roster
from mleg_tui.services.imports import BadLine, NothingImported
from mleg_tui.services.session import Administrator
from mleg_tui.services.unit_of_work import UnitOfWork
from tests.factories import House, house

HEADER = "id,university,first_name,last_name,birth_date,student_number,level"
MAJA = "maja.nowak,agh,Maja,Nowak,2004-05-17,500001,FIRST_CYCLE"
JAN = "jan.zak,pwr,Jan,Żak,2003-01-02,500002,SECOND_CYCLE"
PERSON: dict[str, Any] = {
    "id": "maja.nowak", "university": "agh", "first_name": "Maja", "last_name": "Nowak",
    "birth_date": "2004-05-17", "enrolment": {"level": "FIRST_CYCLE"},
}  # fmt: skip
LEVELS = ", ".join(StudyLevel)


def csv(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def jsonl(**changes: object) -> str:
    return json.dumps({**PERSON, **changes}, ensure_ascii=False)


def read(text: str) -> Iterator[tuple[int, Student]]:
    return roster.read(io.StringIO(text, newline=""))


def enrolled(text: str, usos: House | None = None) -> House:
    usos = usos or house()
    work = UnitOfWork(usos.services.store, usos.clock)
    roster.enrol(work, Administrator(), lambda: read(text))
    return usos


def refused(text: str, usos: House | None = None) -> list[str]:
    """Return what is said of a list that is refused, and see that nothing came of it."""
    usos = usos or house()
    before = usos.services.store.read(lambda view: view.select(Student))
    with pytest.raises(NothingImported) as caught:
        enrolled(text, usos)
    assert usos.services.store.read(lambda view: view.select(Student)) == before
    polish = [message_of(reason) for reason in caught.value.reasons]
    speak(Speech("en"))
    english = [message_of(reason) for reason in caught.value.reasons]
    speak(Speech())
    assert not set(polish) & set(english)
    return polish


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (csv("x,agh,X,Y", header="id,university,first_name,last_name"),
         ["wiersz 1: brakuje kolumn: birth_date, level"]),
        (csv(MAJA, header=HEADER.replace("birth_date", "birthday")),
         [f"wiersz 1: nieznane kolumny: birthday (są: {', '.join(roster.COLUMNS)})"]),
        (csv(MAJA, header=HEADER.replace("last_name", "first_name")),
         ["wiersz 1: kolumna first_name jest dwa razy"]),
        (csv(MAJA + ",x", JAN, "jan"),
         ["wiersz 2: komórek jest 8, a kolumn 7", "wiersz 4: komórek jest 1, a kolumn 7"]),
        (csv(MAJA, JAN.replace("SECOND_CYCLE", " ")), ["wiersz 3: kolumna level jest pusta"]),
        (csv(MAJA.replace("Nowak", '"Nowak\nKowalska"'), "x"),
         ["wiersz 2: kolumna last_name: w komórce jest koniec wiersza",
          "wiersz 4: komórek jest 1, a kolumn 7"]),
        (csv(MAJA, JAN.replace("Żak", '"Żak')),
         ["wiersz 3: cudzysłów stoi w złym miejscu albo nie jest zamknięty"]),
        (csv(MAJA.replace("FIRST_CYCLE", "FIRST")),
         [f"wiersz 2: enrolment.level: nieznana wartość „FIRST” (do wyboru: {LEVELS})"]),
        (csv(MAJA.replace("2004-05-17", "17.05.2004")),
         ["wiersz 2: birth_date: to nie jest data, np. 2026-10-05"]),
        ("", [f"wiersz 1: brakuje kolumn: {', '.join(roster.NEEDED)}"]),
        (HEADER, ["wiersz 1: nie ma żadnego studenta"]),
        (jsonl(enrolment={}), ["wiersz 1: brakuje pola enrolment.level"]),
        (jsonl(shoe=44), ["wiersz 1: nieznane pole shoe"]),
        (jsonl(id=7), ["wiersz 1: id: ma być tekst, a jest liczba całkowita"]),
        (jsonl() + "\n{", ["wiersz 2: JSON urywa się w środku"]),
        (jsonl() + "\n[1]", ["wiersz 2: wpis: ma być obiekt, a jest lista"]),
        (jsonl().replace("{", '{"id": "x", ', 1),
         ["wiersz 1: pole id jest dwa razy, a liczy się tylko ostatnie"]),
        ('{"id": ' + "[" * 100_000, ["wiersz 1: JSON jest zagnieżdżony zbyt głęboko"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text: str, told: list[str]) -> None:
    assert refused(text) == told


@pytest.mark.parametrize("typed", ["Jan.Iksinski", " jan.iksinski", "JAN.IKSINSKI"])
def test_an_id_is_what_one_logs_in_with(typed: str) -> None:
    usos = enrolled(csv(MAJA.replace("maja.nowak", typed)))
    assert usos.services.store.read(lambda view: view.get(Account, "jan.iksinski")).student
    assert usos.services.login.sign_in(typed, "demo").login == "jan.iksinski"
    assert enrolled(jsonl(id=typed)).session("jan.iksinski").student() == "jan.iksinski"


@pytest.mark.parametrize(
    "id_",
    ["../../etc", "jan iksinski", ".jan", "jan/..", "a..b", "x" * 65, "*", "jan\\x"],
)
def test_an_id_that_is_no_login_is_refused(id_: str) -> None:
    for text in (csv(MAJA.replace("maja.nowak", id_)), jsonl(id=id_)):
        (told,) = refused(text)
        assert told.endswith("nikt się nie zaloguje")


def test_ids_that_differ_in_case_only_are_one_student() -> None:
    other = JAN.replace("jan.zak", "Maja.NOWAK")
    assert refused(csv(MAJA, other)) == ["wiersz 3: ten student już jest na liście lub w magazynie"]
    assert refused(csv(MAJA.replace("maja", "Anna"))) == [
        "wiersz 2: ten student już jest na liście lub w magazynie"
    ]


@pytest.mark.parametrize("number", ["12a", "٤٠١", "1²", "4 5", "9" * 65, "-1"])
def test_an_album_number_is_as_in_the_offices_own_form(number: str) -> None:
    for text in (csv(MAJA.replace("500001", number)), jsonl(student_number=number)):
        assert refused(text) == [
            f"wiersz {1 if text[0] == '{' else 2}: Numer albumu składa się z samych cyfr."
        ]


def test_an_album_number_belongs_to_one_student_of_a_university() -> None:
    usos = house()
    anna = usos.services.store.read(lambda view: view.get(Student, "anna.nowak"))
    taken = MAJA.replace("500001", str(anna.student_number))
    assert refused(csv(taken)) == [
        f"wiersz 2: Numer albumu {anna.student_number} ma już inny student tej uczelni."
    ]
    assert refused(csv(MAJA, MAJA.replace("maja", "ola"))) == [
        "wiersz 3: Numer albumu 500001 ma już inny student tej uczelni."
    ]
    without = [row.replace("500001", "") for row in (MAJA, MAJA.replace("maja", "ola"))]
    enrolled(csv(*without, taken.replace("agh", "pwr").replace("maja", "ewa")))


def test_line_breaks_of_all_kinds_end_rows_and_nothing_else_does() -> None:
    text = csv(MAJA.replace("Maja", "Ma\u2028ja"), "", JAN).replace("\n", "\r\n")
    assert [number for number, _ in read(text.replace("\u2028", " "))] == [2, 4]
    assert [number for number, _ in read(jsonl() + "\r\n" + jsonl(id="x"))] == [1, 2]


def test_all_bad_lines_are_counted_and_some_are_told() -> None:
    with pytest.raises(NothingImported) as caught:
        list(read(csv(*["x"] * 50)))
    assert caught.value.details["count"] == 50
    assert len(caught.value.reasons) == 20
    assert all(isinstance(reason, BadLine) for reason in caught.value.reasons)


def many(count: int) -> list[str]:
    rows = (f"s{n},agh,Jan,Kot,2004-01-01,{600000 + n},FIRST_CYCLE" for n in range(count))
    return list(rows)


def test_a_long_list_is_one_list() -> None:
    rows = many(1_200)
    usos = enrolled(csv(*rows))
    assert usos.services.store.read(lambda view: view.get(Student, "s1199")).version == 1
    assert usos.services.store.read(lambda view: view.get(Account, "s1199")).version == 1
    twice = [*rows, rows[0], rows[700].replace("s700", "other"), MAJA.replace(",agh,", ",x,")]
    told = refused(csv(*twice))
    assert told == [
        "wiersz 1202: ten student już jest na liście lub w magazynie",
        "wiersz 1203: Numer albumu 600700 ma już inny student tej uczelni.",
        "wiersz 1204: nie ma takiej uczelni",
    ]
    assert len(refused(csv(*rows), usos)) == 20


def test_rows_are_read_when_they_are_wanted() -> None:
    taken = []

    def watched() -> Iterator[str]:
        for line in csv(*many(100)).splitlines(keepends=True):
            taken.append(line)
            yield line

    students = roster.read(watched())
    for number in (1, 2, 3):
        next(students)
        assert len(taken) == number + 1
