from __future__ import annotations

import io
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mleg_tui.cli.store import _TABLES
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.store import KINDS
from mleg_tui.stores.tinydb import TinyDbStore
from tests.cli.conftest import Run
from tests.factories import event


@pytest.mark.parametrize("form", ["{path}", "tinydb:{path}"])
def test_path_makes_nothing(cli: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "new" / "store.json"
    assert cli("store path --store", form.format(path=path)) == (0, f"{path}\n", "")
    assert not path.parent.exists()


def test_the_default_is_in_the_users_data_directory(cli: Run, tmp_path: Path) -> None:
    path = Path(cli("store path").out.strip())
    assert tmp_path / "home" in path.parents
    assert not path.exists()


def test_the_variable_names_a_store_and_the_option_wins(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_STORE", str(tmp_path / "a.json"))
    assert cli("store path").out == f"{tmp_path / 'a.json'}\n"
    assert cli("store path --store memory:").out == "memory:\n"


def test_init_says_whether_it_was_new(cli: Run, tmp_path: Path) -> None:
    line = f"store init --store {tmp_path / 'store.json'}"
    first, second = cli(line), cli(line)
    assert (first.status, second.status) == (0, 0)
    assert first.out.startswith("Założono magazyn danych: ")
    assert second.out.startswith("Magazyn danych już jest: ")
    assert (tmp_path / "store.json").stat().st_mode & 0o777 == 0o600


def test_init_takes_other_demo_data(cli: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(own_directory(), data)
    students = data / "students.json"
    text = students.read_text(encoding="utf-8").replace('"anna.nowak"', '"maja.nowak"')
    students.write_text(text, encoding="utf-8")
    url = str(tmp_path / "store.json")
    accounts = data / "accounts.json"
    renamed = accounts.read_text(encoding="utf-8").replace("anna.nowak", "maja.nowak")
    accounts.write_text(renamed, encoding="utf-8")
    assert cli(f"store init --store {url} --data {data}").status == 0
    assert cli(f"order status --store {url} --user maja.nowak").status == 0


def test_bad_demo_data_make_no_store(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    result = cli(f"store init --store {path} --data {tmp_path / 'nowhere'}")
    assert result.status == 2
    assert "universities.json" in result.err
    assert not path.exists()


def test_check_reads_everything_and_changes_nothing(on_store: Run, store: Path) -> None:
    before = store.read_bytes()
    result = on_store("store check")
    assert result.status == 0
    assert "uczelnie: 5" in result.out.splitlines()
    assert store.read_bytes() == before


def test_check_of_nothing_makes_nothing(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.json"
    result = cli(f"store check --store {path}")
    assert result.status == 3
    assert result.err.splitlines()[1] == "Załóż go poleceniem mleg-tui store init."
    assert not path.parent.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"_meta": 1}', '{"name": "package"}'])
@pytest.mark.parametrize("line", ["store check", "order status --user anna.nowak", "time show"])
def test_an_unusable_store_is_told_and_left_alone(
    cli: Run, tmp_path: Path, content: str, line: str
) -> None:
    path = tmp_path / "store.json"
    path.write_text(content, encoding="utf-8")
    result = cli(f"{line} --store {path}")
    assert (result.status, result.out) == (3, "")
    assert len(result.err.splitlines()) == 2
    assert path.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("form", ["{path}", "sqlite:{path}"])
@pytest.mark.parametrize(
    "line", ["store check", "store init", "store migrate", "store recover", "time show", "doctor"]
)
def test_a_link_to_itself_is_told(cli: Run, tmp_path: Path, form: str, line: str) -> None:
    path = tmp_path / "store.json"
    path.symlink_to(path)
    result = cli(f"{line} --store {form.format(path=path)}")
    assert result.status == 3
    assert path.is_symlink()


def test_an_export_leaves_other_files_alone(on_store: Run, tmp_path: Path) -> None:
    kept = tmp_path / "all.jsonl.new"
    kept.write_text("somebody's own", encoding="utf-8")
    assert on_store(f"store export {tmp_path / 'all.jsonl'}").status == 0
    assert kept.read_text(encoding="utf-8") == "somebody's own"


@pytest.mark.parametrize(
    "line",
    [
        "store import /dev/zero --store {store}", "store import --roster /dev/zero --store {store}",
        "store import ~no-body/x --store {store}", "store export ~no-body/x --store {store}",
        "store init --data ~no-body --store {store}.new", "serve ssh --host-key ~no-body/x",
        "keys --config /dev/zero", "keys --config {loop}", "demo --record {long}",
        "screens --check {loop} --actual {loop} --only login",
        "office revoke --user dziekanat --reason x --ids - --store {store}",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told(
    cli: Run, store: Path, tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff" * 2_000_000)))
    result = cli(line.format(long="x" * 300, loop=loop, store=store))
    assert result.status in (1, 2)
    assert 1 < len(result.err.splitlines()) < 5


def test_an_unknown_kind_of_store_is_unusable(cli: Run) -> None:
    assert cli("store path --store mysql:x").status == 3


def test_how_long_the_audit_is_kept_is_shown_and_set(on_store: Run) -> None:
    assert on_store("store audit --json").json == {"keep_days": 365, "events": 0, "oldest": None}
    shown = on_store("store audit --keep 400")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.splitlines()[:2] == ["Zdarzenia są przechowywane tyle dni: 400", "Jest ich: 1"]
    assert on_store("store audit --keep Forever --json").json["keep_days"] is None
    assert "bezterminowo" in on_store("store audit").out
    events = on_store("office audit --user dziekanat --json").json["events"]
    told = [(one["actor"], one["changes"][0]["after"]) for one in events]
    assert sorted(told) == [("administrator", ""), ("administrator", "400")]


def test_what_a_shorter_time_would_remove_goes_only_with_a_yes(on_store: Run, store: Path) -> None:
    old = event(datetime.now(UTC) - timedelta(days=100))
    with closing(TinyDbStore(store)) as opened:
        opened.transact(lambda work: work.add(old))
    refused = on_store("store audit --keep 30")
    assert (refused.status, refused.out) == (1, "")
    assert "office audit --csv" in refused.err
    before = on_store("store audit --json").json
    assert (before["keep_days"], before["events"]) == (365, 1)
    assert on_store("store audit --keep 30 --yes --json").json["keep_days"] == 30
    on_store("time show")
    after = on_store("store audit --json").json
    assert after["events"] == 1  # that of the setting
    assert after["oldest"] > before["oldest"]


@pytest.mark.parametrize("days", ["0", "-1", "36501", "1.5", "year", "9" * 30])
def test_no_other_time_to_keep_the_audit_is_taken(on_store: Run, days: str) -> None:
    refused = on_store(f"store audit --keep={days}")
    assert (refused.status, refused.out) == (2, "")
    assert days in refused.err


def test_a_store_from_before_the_setting_keeps_a_year(on_store: Run, store: Path) -> None:
    text = store.read_text(encoding="utf-8")
    older = re.sub(r', *"audit_days": *365', "", text)
    assert older != text
    store.write_text(older, encoding="utf-8")
    assert on_store("store audit --json").json["keep_days"] == 365


def test_there_is_no_audit_of_no_store(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    assert cli(f"store audit --keep 30 --store {path}").status == 3
    assert not path.exists()


def test_every_table_has_a_name_in_words(on_store: Run) -> None:
    told = on_store("store check").out
    assert _TABLES.keys() == KINDS.keys()
    assert "studenci: 6" in told
    assert "worlds" not in told
    assert "settings of the simulation: 1" in on_store("store check --lang en").out
