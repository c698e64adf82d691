"""What would do something in somebody else's terminal is refused where it comes in, in words."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.inert import NotInert
from mleg_tui.domain.order import OrderStatus
from mleg_tui.locale import message_of
from mleg_tui.services.demo_data import own_directory
from tests.active import CLIPBOARD, see_that_it_is_inert, spoil
from tests.cli.conftest import Run
from tests.factories import house, order

STAFF = "--user dziekanat"


@pytest.mark.parametrize(
    ("line", "more", "told"),
    [
        (f"office revoke {STAFF} --ids x --yes", ("--reason", CLIPBOARD), "--reason: "),
        (f"office fail {STAFF} --order x", (f"--reason={CLIPBOARD}",), "--reason: "),
        (f"office revoke {STAFF} --yes --reason r", ("--ids", "a\nb\r\nc\u202ed"), "--ids: "),
        (f"office change-surname {STAFF}", ("--surname", "a\u200bb"), "--surname: "),
        ("order status", ("--user", "anna\u202e"), "--user: "),
        ("office", ("stu\x1bdents",), "2. argument: "),
        ("order status", ("--us\x1ber",), "3. argument: "),
    ],
)
def test_an_argument_is_refused_by_its_name(
    on_store: Run, line: str, more: tuple[str, ...], told: str
) -> None:
    result = on_store(line, *more)
    assert (result.status, result.out) == (2, "")
    assert f"Błędne użycie: {told}niedozwolony " in result.err
    assert "is not allowed" in on_store(f"{line} --lang en", *more).err
    see_that_it_is_inert(result.out + result.err)


@pytest.mark.parametrize("reason", ["a\nb", "a\tb", "a\udcffb", CLIPBOARD])
def test_no_reason_gets_in_that_acts_where_the_student_reads_it(reason: str) -> None:
    usos = house()
    usos.keep(order(OrderStatus.READY))
    session = usos.session("dziekanat")
    before = usos.services.store.revision()
    for act in (
        lambda: usos.services.office_orders.revoke(session, "anna.nowak", reason),
        lambda: usos.services.office_orders.revoke_one(session, "anna.nowak-001", reason),
        lambda: usos.services.office.reject_photo(session, "anna.nowak", reason),
    ):
        with pytest.raises(NotInert) as refusal:
            act()
        assert message_of(refusal.value).startswith("powód: niedozwolony ")
    assert usos.services.store.revision() == before


def test_a_list_from_standard_input_names_the_line(
    on_store: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.BytesIO("anna.nowak\newa\x9b.lis\n".encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(typed))
    result = on_store(f"office revoke {STAFF} --ids - --reason zguba --yes")
    assert result.status == 2
    assert "wiersz 2: niedozwolony znak sterujący (U+009B) na pozycji 4" in result.err


ROSTER = """\
id,university,first_name,last_name,birth_date,level
maja.lis,agh,Maja\x1b[31m,Lis,2004-01-01,FIRST_CYCLE
iga.lis,agh,Iga,"L\u202eis",2004-01-01,FIRST_CYCLE
ola.lis,agh,Ola,Lis\u2028,2004-01-01,FIRST_CYCLE
"""
ROSTER_IN_JSON = """\
{"note": "Lis"}
{"id": "maja.lis", "first_name": "Maja\\u001b[31m"}
{"id": "iga.lis", "last_name": "L\u202eis"}
{"id": "ola.lis", "last_name": "Lis\\u2028"}
"""


@pytest.mark.parametrize("text", [ROSTER, ROSTER_IN_JSON], ids=["csv", "json"])
def test_a_roster_is_refused_by_line_and_column(on_store: Run, tmp_path: Path, text: str) -> None:
    roster = tmp_path / "roster"
    roster.write_text(text, "utf-8")
    result = on_store(f"store import --roster {roster}")
    assert result.status == 2
    for number, told in enumerate(
        (
            "first_name: niedozwolony znak sterujący (U+001B) na pozycji 5",
            "last_name: niedozwolony znak zmieniający kierunek pisma (U+202E) na pozycji 2",
            "last_name: niedozwolony znak sterujący (U+2028) na pozycji 4",
        ),
        start=2,
    ):
        assert f"- wiersz {number}: {told}\n" in result.err
    see_that_it_is_inert(result.out + result.err)


def test_an_import_is_refused_by_line_and_field(on_store: Run, store: Path, tmp_path: Path) -> None:
    with closing(open_store(str(store))) as kept:
        spoil(kept, "\x1b[31m")
    lines = on_store("store export -").out.splitlines()
    file = tmp_path / "export"
    file.write_text("\n".join(lines), "utf-8")
    number = next(n for n, line in enumerate(lines, 1) if "students" in line and "anna.n" in line)
    result = on_store(f"store import {file} --replace")
    assert result.status == 2
    assert "Niczego nie zaimportowano." in result.err
    assert "- wiersz 2: " in result.err
    assert number > 2
    see_that_it_is_inert(result.out + result.err)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with the program's own data."""
    return Path(shutil.copytree(own_directory(), tmp_path / "data"))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("students.json", "students[0].last_name"),
        ("universities.json", "universities[0].contact"),
        ("accounts.json", "accounts[0].name"),
    ],
)
def test_a_folder_of_data_is_refused_by_file_and_place(
    cli: Run, data: Path, tmp_path: Path, name: str, place: str
) -> None:
    text = (data / name).read_text("utf-8")
    field = f'"{place.rpartition(".")[2]}": "'
    (data / name).write_text(text.replace(field, f"{field}\\u202e", 1), "utf-8")
    result = cli(f"store init --store {tmp_path / 'store.json'} --data {data}")
    assert result.status == 2
    assert f"Błąd w danych {name}: $.{place}: niedozwolony " in result.err
    see_that_it_is_inert(result.out + result.err)


def test_paragraphs_of_data_may_have_lines(cli: Run, data: Path, tmp_path: Path) -> None:
    path = data / "universities.json"
    document = json.loads(path.read_text("utf-8"))
    asking = next(one for one in document["universities"] if one.get("consents"))
    asking["consents"][0]["text"]["pl"] = "Zgoda.\n\nDruga część."
    path.write_text(json.dumps(document), "utf-8")
    assert cli(f"store init --store {tmp_path / 'store.json'} --data {data}").status == 0
