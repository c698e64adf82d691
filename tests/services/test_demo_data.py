"""The demo data: they load, they harm nobody, and a mistake in them is found."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.pesel import MalformedPesel, RealPesel, checksum_digit
from mleg_tui.gallery.beginning import completed
from mleg_tui.services.demo_data import BadDemoData, load, own_directory
from mleg_tui.services.mistakes import Mistake
from tests.factories import TODAY, demo_data

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(own_directory(), tmp_path / "data"))


def edited(copy: Path, name: str, edit: Edit) -> BadDemoData:
    """Change a file of the copy and return what loading says about it."""
    path = copy / name
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BadDemoData) as caught:
        load(copy, TODAY)
    assert caught.value.details["file"] == name
    return caught.value


def test_our_own_data_have_the_universities_and_people_of_the_design() -> None:
    data = demo_data()
    assert {university.id for university in data.universities} == {
        "agh",
        "agh2025",
        "fk",
        "pwr",
        "umcs",
    }
    where = {student.id: student.university for student in data.students}
    assert where.items() >= {
        ("anna.nowak", "agh"),
        ("jan.kowalski", "agh"),
        ("ola.wisniewska", "pwr"),
        ("piotr.zielinski", "fk"),
        ("ewa.lis", "umcs"),
    }
    roles = {account.id: account.role for account in data.accounts}
    assert roles.items() >= {("dziekanat", Role.OFFICE), ("kontroler", Role.INSPECTOR)}
    assert {s.id for s in data.students} == {a.student for a in data.accounts if a.student}


def test_the_accounts_that_the_login_page_shows_exist() -> None:
    known = {account.id for account in demo_data().accounts}
    assert {shown.login for shown in demo_data().demo_accounts} <= known


def test_every_university_says_that_it_is_simulated() -> None:
    for university in demo_data().universities:
        assert university.name["pl"].endswith("(symulacja)")
        assert university.name["en"].endswith("(simulation)")


def test_no_pesel_can_be_a_living_persons() -> None:
    numbers = [student.pesel for student in demo_data().students if student.pesel]
    assert numbers
    assert [n for n in numbers if checksum_digit(n[:10]) == int(n[10])] == []


@pytest.mark.parametrize(("pesel", "reason"), [("44051401359", RealPesel), ("123", MalformedPesel)])
def test_a_wrong_pesel_is_refused_with_its_place(
    copy: Path, pesel: str, reason: type[Exception]
) -> None:
    error = edited(copy, "students.json", lambda c: c["students"][2].update(pesel=pesel))
    assert error.details["place"] == "$.students[2]"
    assert isinstance(error.details["reason"], reason)


@pytest.mark.parametrize(
    ("name", "edit", "place"),
    [
        ("students.json", lambda c: c["students"][1].update(colour="red"), "$.students[1].colour"),
        (
            "students.json",
            lambda c: c["students"][1]["els"].update(colour="red"),
            "$.students[1].els.colour",
        ),
        ("students.json", lambda c: c["students"][0].pop("id"), "$.students[0]"),
        ("students.json", lambda c: c["students"][0].update(birth_date="x"), "$.students[0]"),
        ("students.json", lambda c: c["students"][0].update(university="x"), "$.students[0]"),
        ("students.json", lambda c: c["students"][0]["els"].update(issued_on="@noon"), "@noon"),
        ("students.json", lambda c: c.update(teachers=[]), "$"),
        ("students.json", lambda c: c.pop("students"), "$"),
        ("accounts.json", lambda c: c["accounts"][1].update(role="KING"), "$.accounts[1]"),
        ("accounts.json", lambda c: c["accounts"][0].update(student="x"), "$.accounts[0]"),
        (
            "universities.json",
            lambda c: c["universities"][2].update(regulation="1999"),
            "$.universities[2]",
        ),
        (
            "universities.json",
            lambda c: c["universities"][2].update(skin=["x"]),
            "$.universities[2]",
        ),
        ("universities.json", lambda c: c["universities"][2].pop("skin"), "$.universities[2]"),
        (
            "universities.json",
            lambda c: c["universities"][0].update(address="agh.edu.pl"),
            "$.universities[0]",
        ),
        (
            "universities.json",
            lambda c: c["skins"]["classic"]["labels"].pop("READY"),
            "$.universities[0]",
        ),
        (
            "universities.json",
            lambda c: c["universities"][2]["consents"][0]["title"].update(de="ja"),
            "$.universities[2].consents[0].title.de",
        ),
    ],
)
def test_a_mistake_names_its_file_and_place(copy: Path, name: str, edit: Edit, place: str) -> None:
    assert str(edited(copy, name, edit).details["place"]).startswith(place)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_file_that_is_none_is_named(copy: Path, content: bytes) -> None:
    (copy / "students.json").write_bytes(content)
    with pytest.raises(BadDemoData) as caught:
        load(copy, TODAY)
    assert caught.value.details["file"] == "students.json"


def test_a_file_that_is_not_there_is_named(copy: Path) -> None:
    (copy / "accounts.json").unlink()
    with pytest.raises(BadDemoData) as caught:
        load(copy, TODAY)
    assert caught.value.details["file"] == "accounts.json"


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("@today", date(2026, 10, 5), date(2026, 10, 5)),
        ("@today-90d", date(2026, 10, 5), date(2026, 7, 7)),
        ("@today+1d", date(2026, 12, 31), date(2027, 1, 1)),
        ("@semester-end", date(2026, 10, 5), date(2027, 3, 31)),
        ("@semester-end", date(2026, 5, 5), date(2026, 10, 31)),
        ("@semester-end-1d", date(2026, 5, 5), date(2026, 10, 30)),
        ("@previous-semester-end", date(2026, 10, 5), date(2026, 3, 31)),
        ("@previous-semester-end", date(2026, 3, 31), date(2025, 10, 31)),
        ("@previous-semester-end", date(2026, 4, 1), date(2026, 3, 31)),
        ("@previous-semester-end", date(2026, 11, 1), date(2026, 10, 31)),
    ],
)
def test_days_are_relative_to_the_day_of_loading(
    copy: Path, text: str, today: date, expected: date
) -> None:
    path = copy / "students.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["students"][0]["birth_date"] = text
    path.write_text(json.dumps(content), encoding="utf-8")
    assert load(copy, today).students[0].birth_date == expected


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 31)]
)
def test_the_demo_students_are_as_fresh_on_any_day(today: date) -> None:
    els = {student.id: student.els for student in load(own_directory(), today).students}
    anna, jan = els["anna.nowak"], els["jan.kowalski"]
    assert anna is not None
    assert jan is not None
    assert jan.valid_until < today <= anna.valid_until


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"universities": ' + b"[" * 100_000, None])
def test_a_folder_of_a_teams_own_with_a_file_that_is_none(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "universities.json"
    path.touch()
    os.truncate(path, 2**31) if content is None else path.write_bytes(content)
    with pytest.raises(BadInput), completed(tmp_path):
        pytest.fail("it was used")


@pytest.mark.parametrize("text", [b"\xff", b"[" * 100_000, b'{"students": [], "students": []}'])
def test_a_file_that_nobody_can_read_is_told_in_words(copy: Path, text: bytes) -> None:
    (copy / "students.json").write_bytes(text)
    with pytest.raises(BadDemoData) as caught:
        load(copy, TODAY)
    assert isinstance(caught.value.details["reason"], Mistake)


@pytest.mark.parametrize("id_", ["Anna.Nowak", "../../etc", "anna nowak", ""])
def test_people_of_the_data_can_log_in(copy: Path, id_: str) -> None:
    edited(copy, "accounts.json", lambda content: content["accounts"][0].update(id=id_))
    edited(copy, "students.json", lambda content: content["students"][0].update(id=id_))
