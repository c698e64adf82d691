"""``mleg-tui store`` on the way between stores, and with other people's lists."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from mleg_tui.cli import main
from mleg_tui.cli.store import ReadTwice, Source
from mleg_tui.compose import Settings, open_services, open_store
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.retention import BATCH
from tests.architecture.test_architecture import loaded_by
from tests.end_to_end.terminal import Terminal
from tests.factories import event
from tests.stores.conftest import Locate

MONDAY = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
ROSTER = """id;university;first_name;last_name;birth_date;pesel;student_number;level;status
maja.nowak;agh;Maja;Nowak;2004-05-17;04251712487;500001;FIRST_CYCLE;
jan.żak;pwr;Jan;Żak;2003-01-02;;;SECOND_CYCLE;ON_LEAVE
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def run(line: str, url: str) -> Result:
        status = main([*line.split(), "--store", url])
        out, err = (text.decode() for text in capfdbinary.readouterr())
        assert "Traceback" not in out + err
        return Result(status, out, err)

    return run


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("founded") / "store.json"
    settings = Settings(str(path), Beginning(seed=7, now=MONDAY))
    open_services(settings, StandingClock(MONDAY)).store.close()
    return path


@pytest.fixture
def source(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(founded, tmp_path / "source.json"))


def test_any_store_lets_go_of_the_audit_that_is_too_old(cli: Run, url: str) -> None:
    assert cli("store init", url).status == 0
    old = [event(MONDAY - timedelta(days=900), f"{number:05}") for number in range(BATCH + 1)]
    with closing(open_store(url)) as opened:
        opened.transact(lambda work: work.restore([*old, event(datetime.now(UTC), "new")]))
    left = []
    for _ in range(3):
        left.append(json.loads(cli("store audit --json", url).out)["events"])
        assert cli("time show", url).status == 0
    assert left == [BATCH + 2, 2, 1]
    assert cli("store audit --keep forever", url).status == 0
    assert cli("store check", url).status == 0


def test_a_store_moves_into_any_other(cli: Run, source: Path, url: str, tmp_path: Path) -> None:
    file, again = tmp_path / "all.jsonl", tmp_path / "again.jsonl"
    assert cli(f"store export {file}", str(source)).status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    moved = cli(f"store import {file}", url)
    assert (moved.status, moved.err) == (0, "")
    assert cli("store check", url).status == 0
    assert cli("store migrate", url).status == 0
    assert cli(f"store export {again}", url).status == 0
    assert again.read_bytes() == file.read_bytes()
    assert cli("store export -", url).out.encode() == file.read_bytes()


def test_standard_input_can_be_imported(
    cli: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cli("store export -", str(source)).out.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(whole)))
    assert cli("store import -", str(tmp_path / "new.json")).status == 0


def test_what_is_replaced_is_copied_first(cli: Run, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    cli(f"store export {file}", str(source))
    refused = cli(f"store import {file}", str(source))
    assert refused.status == 1
    done = cli(f"store import {file} --replace", str(source))
    assert done.status == 0
    (copy,) = tmp_path.glob("source.json.before-import-*.jsonl")
    assert str(copy) in done.err
    assert copy.read_bytes() == file.read_bytes()


def test_a_bad_line_leaves_all_as_it_was(cli: Run, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    cli(f"store export {file}", str(source))
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4][:-9]
    file.write_text("\n".join(lines), encoding="utf-8")
    before = source.read_bytes()
    for url in (str(source), str(tmp_path / "new.json")):
        refused = cli(f"store import {file} --replace", url)
        assert refused.status == 2
        assert "wiersz 5: " in refused.err
    assert source.read_bytes() == before
    assert not (tmp_path / "new.json").exists()


def test_of_many_bad_lines_the_first_are_told_and_all_are_counted(
    cli: Run, source: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    cli(f"store export {file}", str(source))
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join((*lines, *lines[1:], *lines[1:])), encoding="utf-8")
    refused = cli(f"store import {file} --replace", str(source))
    assert refused.status == 2
    count = 2 * len(lines) - 2
    assert f"Błędnych wierszy: {count}, pierwszych 20 z nich to:" in refused.err
    assert refused.err.count("- wiersz ") == 20
    assert not list(tmp_path.glob("*before-import*")), "nothing was replaced"


def test_what_can_be_read_once_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\nb\n")))
    source = Source("-")
    assert list(source.lines()) == [b"a\n", b"b\n"]
    with pytest.raises(ReadTwice):
        list(source.lines())


@pytest.mark.parametrize("line", ["export {file}", "check", "migrate", "import {file} --replace"])
def test_a_terminal_shows_how_far_it_is(source: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "all.jsonl"
    assert main(["store", "export", str(file), "--store", str(source)]) == 0
    words = {"export": "Eksport", "check": "Sprawdzanie", "migrate": "Przenoszenie"}
    command = ["-m", "mleg_tui", "store", *line.format(file=file).split(), "--store", str(source)]
    with Terminal([sys.executable, *command]) as terminal:
        assert terminal.wait() == 0
    assert words.get(line.split(maxsplit=1)[0], "Import").encode() in terminal.raw


@pytest.mark.parametrize("line", ["store export /nowhere/x", "store import /nowhere/x"])
def test_a_file_that_cannot_be_used_is_named(cli: Run, source: Path, line: str) -> None:
    result = cli(line, str(source))
    assert result.status == 2
    assert "/nowhere/x" in result.err


@pytest.mark.parametrize("line", ["store export -", "store migrate", "store import --roster -"])
def test_a_store_that_is_not_there_is_not_made(cli: Run, tmp_path: Path, line: str) -> None:
    assert cli(line, str(tmp_path / "new.json")).status == 3
    assert not (tmp_path / "new.json").exists()


def test_a_contradiction_is_found(cli: Run, source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    broken = text.replace('"university": "pwr"', '"university": "nowhere"')
    source.write_text(broken, encoding="utf-8")
    result = cli("store check", str(source))
    assert result.status == 3
    assert "universities/nowhere" in result.err
    assert source.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_roster_is_taken_in(
    cli: Run, source: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"roster.{form}"
    file.write_text(ROSTER if form == "csv" else _as_json_lines(), encoding="utf-8-sig")
    result = cli(f"store import --roster {file}", str(source))
    assert (result.status, result.err) == (0, "")
    assert cli("store check", str(source)).status == 0
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    assert cli("order conditions --user maja.nowak", str(source)).status == 0


def _as_json_lines() -> str:
    names, *rows = (line.split(";") for line in ROSTER.splitlines())
    people = [dict(zip(names[:6], cells[:6], strict=True)) for cells in rows]
    whole = [{k: v for k, v in person.items() if v} for person in people]
    return "\n".join(
        json.dumps({**person, "enrolment": {"level": "FIRST_CYCLE"}}) for person in whole
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("04251712487", "44051401359"), "wiersz 2: Ten PESEL ma poprawną cyfrę"),
        (("04251712487", "123"), "wiersz 2: PESEL musi mieć 11 cyfr"),
        (("2003-01-02", "soon"), "wiersz 3: "),
        ((";pwr;", ";oxford;"), "wiersz 3: nie ma takiej uczelni"),
        (("jan.żak", "anna.nowak"), "wiersz 3: ten student już jest"),
        (("jan.żak", "maja.nowak"), "wiersz 3: ten student już jest"),
        ((";500001;", ";"), "wiersz 2: "),
        (("birth_date", "birthday"), "wiersz 1: "),
        (("ON_LEAVE", "GONE"), "wiersz 3: "),
    ],
)
def test_a_bad_row_leaves_all_as_it_was(
    cli: Run, source: Path, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER.replace(*change, 1), encoding="utf-8")
    before = source.read_bytes()
    result = cli(f"store import --roster {file}", str(source))
    assert result.status == 2
    assert told in result.err
    assert source.read_bytes() == before


def test_a_home_of_nobody(cli: Run) -> None:
    assert cli("store check", "~nobody-has-this/s.json").status == 3


def test_a_read_only_store_still_tells_a_status(
    cli: Run, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    monkeypatch.setattr("os.access", lambda *_: False)  # nothing is forbidden to root
    assert cli("order status --user anna.nowak", str(source)).status == 0
    assert cli("time show", str(source)).status == 0
    assert cli("time speed 2", str(source)).status == 3


def test_the_default_works_without_the_extra(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mleg_tui.stores.sql", None)
    result = cli("store check", f"sqlite:{tmp_path / 'x.db'}")
    assert result.status == 3
    assert "mleg-tui[sql]" in result.err


def test_no_password_is_shown(cli: Run, locate: Locate, tmp_path: Path) -> None:
    del locate
    url = f"postgresql://u:secret@/x?host={tmp_path}&password=secret"
    for line in ("store path", "store check", "doctor"):
        result = cli(line, url)
        assert "secret" not in result.out + result.err
    assert "PGPASSWORD" not in os.environ


def test_the_default_store_loads_no_sql() -> None:
    loaded = loaded_by("mleg_tui.compose, mleg_tui.stores.tinydb, mleg_tui.cli.store")
    assert loaded.isdisjoint({"sqlalchemy", "psycopg", "sqlite3"})


def test_every_record_that_cannot_be_read_is_told(cli: Run, source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    broken = text.replace('"role": "STUDENT"', '"role": "PUPIL"').replace(
        '"university": "agh"', '"university": 7', 1
    )
    source.write_text(broken, encoding="utf-8")
    result = cli("store check", str(source))
    assert result.status == 3
    wrong = [n for n, line in enumerate(broken.splitlines(), 1) if '"PUPIL"' in line]
    assert len(wrong) > 2
    for number in wrong[:5]:
        assert f"wiersz {number}: " in result.err
    assert result.err.count("wiersz ") <= 20
    assert source.read_text(encoding="utf-8") == broken


def test_every_record_of_a_database_that_cannot_be_read_is_told(
    cli: Run, source: Path, tmp_path: Path
) -> None:
    file, url = tmp_path / "all.jsonl", f"sqlite:{tmp_path / 'store.db'}"
    cli(f"store export {file}", str(source))
    cli(f"store import {file}", url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as database, database:
        database.execute("UPDATE mleg_accounts SET doc = replace(doc, 'STUDENT', 'PUPIL')")
    result = cli("store check", url)
    assert result.status == 3
    assert result.err.count("- accounts/") > 2


def test_a_number_that_no_column_can_hold_is_a_bad_line(
    cli: Run, source: Path, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    cli(f"store export {file}", str(source))
    text = file.read_text(encoding="utf-8").replace('"version": 1}', f'"version": {10**30}}}', 1)
    file.write_text(text, encoding="utf-8")
    refused = cli(f"store import {file}", url)
    assert refused.status == 2
    assert "wiersz 2: worlds/world: version: wartość poza zakresem" in refused.err
    assert cli("store check", url).status == 3
    assert "jeszcze nie ma" in cli("store check", url).err


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"role": "OFFICE"', '"role": "INSPECTOR", "role": "OFFICE"', "pole role jest dwa razy"),
        ('    "agh": {', '    "agh": {}, "agh": {', "universities/agh, wiersz "),
        ('  "accounts": {', '  "accounts": {}, "accounts": {', "accounts: jest dwa razy"),
        ('"version": 1}', '"version": 0}', "niemożliwa wersja 0"),
        ('"version": 1}', '"version": 2000000000}', "niemożliwa wersja 2000000000"),
        ('"version": 1}', '"version": 2147483648}', "version: wartość poza zakresem"),
        ("$argon2id$v=19$m=19456", "$argon2id$v=19$m=4194304", "takiego skrótu hasła"),
    ],
)
def test_a_strange_edit_is_told_and_left_alone(
    cli: Run, source: Path, right: str, wrong: str, told: str
) -> None:
    text = source.read_text(encoding="utf-8").replace(right, wrong, 1)
    source.write_text(text, encoding="utf-8")
    result = cli("store check", str(source))
    assert result.status == 3
    assert told in result.err
    assert source.read_text(encoding="utf-8") == text


def test_a_field_that_a_database_has_twice_is_told(cli: Run, source: Path, tmp_path: Path) -> None:
    file, url = tmp_path / "all.jsonl", f"sqlite:{tmp_path / 'store.db'}"
    cli(f"store export {file}", str(source))
    cli(f"store import {file}", url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as database, database:
        database.execute(
            "UPDATE mleg_accounts SET doc = replace(doc, '{', '{\"blocked\": false, ')"
        )
    assert "pole blocked jest dwa razy" in cli("store check", url).err


@pytest.mark.parametrize("value", [b"\xff", b"{}", 7, "{", "[]", "x" * 100_000])
def test_a_column_that_holds_something_else_is_told(
    cli: Run, source: Path, tmp_path: Path, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, url = tmp_path / "all.jsonl", f"sqlite:{tmp_path / 'store.db'}"
    cli(f"store export {file}", str(source))
    cli(f"store import {file}", url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as database, database:
        database.execute("UPDATE mleg_accounts SET doc = ?", (value,))
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    assert cli("store check", url).status == 3
    assert cli("office orders --user dziekanat", url).status == 3


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE mleg_meta SET revision = 'x'", "UPDATE mleg_meta SET schema_version = 'x'",
        "UPDATE mleg_meta SET schema_version = -1", "UPDATE mleg_meta SET layout = '{'",
        "UPDATE mleg_meta SET layout = '[]'", "UPDATE mleg_meta SET format = x'ff'",
        "DELETE FROM mleg_meta", "DROP TABLE mleg_orders",
        "DROP TABLE mleg_worlds", "ALTER TABLE mleg_orders RENAME COLUMN doc TO document",
        "UPDATE mleg_students SET id = x'ff' WHERE id = 'ewa.lis'",
        "UPDATE mleg_meta SET layout = '{\"orders\": []}'",
    ],
)  # fmt: skip
def test_a_database_that_was_tampered_with_is_told(
    cli: Run, source: Path, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, url = tmp_path / "all.jsonl", f"sqlite:{tmp_path / 'store.db'}"
    cli(f"store export {file}", str(source))
    cli(f"store import {file}", url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as database, database:
        database.execute(damage)
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "demo")
    assert cli("store check", url).status == 3
    for line in (
        "store migrate",
        "office orders --user dziekanat",
        "store export -",
        "time speed 2",
    ):
        assert cli(line, url).status in (0, 1, 3), line
