"""Any bytes as an export, a list, a store, a hash, or files of data: a sentence, never a crash.

``MLEG_TUI_FUZZ`` says how many examples each test tries; the usual run tries few.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mleg_tui.cli import main
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.passwords import is_right
from mleg_tui.stores.sql import sqlite_store

FUZZ = settings(
    max_examples=int(os.environ.get("MLEG_TUI_FUZZ", "12")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
ROSTER = (
    b"id;university;first_name;last_name;birth_date;pesel;student_number;level;status\n"
    b"maja.nowak;agh;Maja;Nowak;2004-05-17;04251712487;500001;FIRST_CYCLE;\n"
    b'jan.zak;pwr;"Jan";"Z""ak";2003-01-02;;;SECOND_CYCLE;ON_LEAVE\n'
)
PIECES = [
    b"", b"\n", b"\r", b'"', b";", b",", b"{", b"}", b"[", b"]", b"null", b"-1", b"0", b"1e999",
    b"1" * 40, b"9" * 5000, b"true", b'""', b'"\\ud800"', b"\xff", b"\x00", b"\xef\xbb\xbf",
    b"\xe2\x80\xa8", b"9999-12-31T23:59:59Z", b"0001-01-01", b'"id": "x", ', b"[" * 2000,
    b"../../etc", b"J\xc4\x85N",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -1, 1, 2**31, 2**63, 10**30, 1.5, "", " ", "x", "\x1b]52;", "../../etc", [], {},
    [[]], {"": ""}, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-10-05", "9999-12-31",
    "READY", "COLLECTED", "VALID", "GRADUATED", "anna.nowak", "nobody", "agh", "m" * 70_000,
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw bytes that are near to what they should be, or far from it."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(whole)))
        gone = draw(st.sampled_from((0, 0, 1, 2, 10, 100, len(whole))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        whole = whole[:start] + piece + whole[start + gone :]
    return whole


def spoil(draw: st.DrawFn, value: Any) -> Any:
    """Put something strange somewhere into a value of JSON."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(VALUES))
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], spoil(draw, value[at]), *value[at + 1 :]]
    key = draw(st.sampled_from(sorted(value)))
    match draw(st.integers(0, 9)):
        case 0:
            return {other: value[other] for other in value if other != key}
        case 1:
            return {**value, draw(st.sampled_from(("", "x", "id", "version"))): None}
        case _:
            return {**value, key: spoil(draw, value[key])}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a directory with a store with something of each kind, and its export."""
    directory = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("MLEG_TUI_") and name != "MLEG_TUI_FUZZ":
                patch.delenv(name)
        patch.setenv("HOME", str(directory))
        patch.setattr(sqlite_store, "__kwdefaults__", {"timeout": 0.5})  # nobody else is there
        patch.setenv("MLEG_TUI_PASSWORD", "demo")
        patch.setenv("MLEG_TUI_SEED", "7")
        patch.setenv("MLEG_TUI_NOW", "2026-10-05T09:00")
        store = ["--store", str(directory / "store.json")]
        assert ran("order", "place", "--user", "anna.nowak", *store) == 0
        assert ran("time", "forward", "1h", *store) == 0
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            assert main(["order", "status", "--user", "anna.nowak", "--json", *store]) == 0
        order = json.loads(shown.getvalue())
        patch.setattr("sys.stdin", io.StringIO(f"{order['token']}\n{order['distribution_pass']}\n"))
        assert ran("phone", "add", "--user", "anna.nowak", "--accept-terms", *store) == 0
        assert ran("phone", "verify", "--user", "kontroler", *store) == 0
        assert ran("store", "export", str(directory / "all.jsonl"), *store) == 0
        yield directory


def ran(*words: str) -> int:
    """Run a command and return its status; whatever it says is a sentence."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(words))
    told = out.getvalue() + err.getvalue()
    assert "Traceback" not in told, told
    assert status in (0, 1, 2, 3), (words, status, told, log())
    assert bool(err.getvalue()) >= (status != 0)
    return status


def log() -> str:
    path = Path(os.environ["HOME"]) / ".local/state/mleg-tui/mleg-tui.log"
    return path.read_text(encoding="utf-8")[-3000:] if path.exists() else ""


def use(url: str) -> None:
    """Do what people do with a store, whatever is in it."""
    for line in (
        "store check", "time show", "office orders --user dziekanat",
        "office students --user dziekanat", "order status --user anna.nowak",
        "phone show --user anna.nowak", "simulation show", "time forward 40d",
        "office counters --user dziekanat", "store export -",
    ):  # fmt: skip
        status = main_status(line, url)
        assert status in (0, 1, 2, 3, 5), (line, status, log())


def main_status(line: str, url: str) -> int:
    with (
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")),
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        status = main([*line.split(), "--store", url])
    assert "Traceback" not in err.getvalue()
    return status


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
@FUZZ
@given(data=st.data())
def test_any_bytes_as_an_export(place: Path, kind: str, data: st.DataObject) -> None:
    file, new = place / "some.jsonl", place / f"new-{kind}"
    file.write_bytes(data.draw(spoilt((place / "all.jsonl").read_bytes())))
    remove(new)
    if ran("store", "import", str(file), "--store", f"{kind}:{new}") == 0:
        use(f"{kind}:{new}")


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
@FUZZ
@given(data=st.data())
def test_any_record_in_an_export(place: Path, kind: str, data: st.DataObject) -> None:
    lines = (place / "all.jsonl").read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    line = json.loads(lines[at])
    line["record"] = data.draw(spoilt_value(line["record"]))
    lines[at] = json.dumps(line, ensure_ascii=False)
    file, new = place / "some.jsonl", place / f"new-{kind}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    remove(new)
    if ran("store", "import", str(file), "--store", f"{kind}:{new}") == 0:
        use(f"{kind}:{new}")


@FUZZ
@given(data=st.data())
def test_any_bytes_as_a_store(place: Path, data: st.DataObject) -> None:
    path = place / "spoilt.json"
    path.write_bytes(data.draw(spoilt((place / "store.json").read_bytes())))
    use(str(path))
    ran("store", "recover", "--store", str(path))


@FUZZ
@given(data=st.data())
def test_any_record_in_a_store(place: Path, data: st.DataObject) -> None:
    content = json.loads((place / "store.json").read_bytes())
    path = place / "spoilt.json"
    spoilt_content = data.draw(spoilt_value(content))
    path.write_text(json.dumps(spoilt_content, ensure_ascii=False), encoding="utf-8")
    use(str(path))


@FUZZ
@given(data=st.data())
def test_any_bytes_in_a_database(place: Path, data: st.DataObject) -> None:
    whole, path = place / "whole.db", place / "spoilt.db"
    if not whole.exists():
        assert ran("store", "import", str(place / "all.jsonl"), "--store", f"sqlite:{whole}") == 0
    shutil.copy(whole, path)
    if data.draw(st.booleans()):
        path.write_bytes(data.draw(spoilt(path.read_bytes())))
    else:
        table = data.draw(st.sampled_from(("meta", "worlds", "students", "orders", "accounts")))
        column = "layout" if table == "meta" else "doc"
        value = data.draw(st.sampled_from(VALUES[:9]) | st.binary(max_size=9) | st.text(max_size=9))
        with closing(sqlite3.connect(path)) as database, database, contextlib.suppress(Exception):
            database.execute(f"UPDATE mleg_{table} SET {column} = ?", (value,))  # noqa: S608
    use(f"sqlite:{path}")


@FUZZ
@given(data=st.data())
def test_any_bytes_as_a_list_of_students(place: Path, data: st.DataObject) -> None:
    file, store = place / "roster", place / "enrolled.json"
    file.write_bytes(data.draw(spoilt(ROSTER)))
    shutil.copy(place / "store.json", store)
    if ran("store", "import", "--roster", str(file), "--store", str(store)) == 0:
        assert ran("store", "check", "--store", str(store)) == 0


@FUZZ
@given(data=st.data())
def test_any_bytes_as_demo_data(place: Path, data: st.DataObject) -> None:
    folder, store = place / "data", place / "founded.json"
    shutil.copytree(own_directory(), folder, dirs_exist_ok=True)
    name = data.draw(st.sampled_from(("students", "accounts", "universities", "payments")))
    file = folder / f"{name}.json"
    if data.draw(st.booleans()):
        content = data.draw(spoilt_value(json.loads(file.read_bytes())))
        file.write_text(json.dumps(content), encoding="utf-8")
    else:
        file.write_bytes(data.draw(spoilt(file.read_bytes())))
    remove(store)
    if ran("store", "init", "--data", str(folder), "--store", str(store)) == 0:
        use(str(store))


@FUZZ
@given(data=st.data())
def test_any_bytes_as_a_configuration(place: Path, data: st.DataObject) -> None:
    file = place / "config.toml"
    whole = b'preset = "vim"\n\n[keys]\n"app.help" = ["f1", "h"]\napp.quit = "q"\n'
    file.write_bytes(data.draw(spoilt(whole)))
    assert ran("keys", "--config", str(file)) in (0, 2)


@FUZZ
@given(
    st.text(max_size=40)
    | st.from_regex(r"\$argon2id\$v=19\$m=\d{1,10},t=\d{1,10},p=\d{1,10}\$[A-Za-z0-9+/$]{0,60}")
)
def test_any_text_as_a_hash(stored: str) -> None:
    assert not is_right(stored, "demo")


def spoilt_value(value: Any) -> st.SearchStrategy[Any]:
    @st.composite
    def one(draw: st.DrawFn) -> Any:
        return spoil(draw, value)

    return one()


def remove(path: Path) -> None:
    """Remove a store and what lies beside it."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
