from __future__ import annotations

import io
from pathlib import Path
from typing import NoReturn

import pytest

from mleg_tui.cli import crash, main
from mleg_tui.cli.output import exit_status
from mleg_tui.domain.errors import BadInput, LoginRefused, MlegError, Refused, StoreUnusable
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused(), 1), (BadInput(), 2), (StoreUnusable(), 3), (LoginRefused(), 5),
        (MlegError(), 70), (ValueError(), 70),
    ],
)  # fmt: skip
def test_statuses(error: Exception, status: int) -> None:
    assert exit_status(error) == status


def _break(*_: object) -> NoReturn:
    broken = "something unforeseen"
    raise RuntimeError(broken)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mleg_tui.cli.plain.services_at_one_moment", _break)


@pytest.mark.usefixtures("broken")
def test_the_unexpected_is_one_sentence_and_an_entry_in_the_log(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "my-secret")
    result = cli("time show")
    assert (result.status, result.out) == (70, "")
    log = crash.log_path()
    assert result.err.strip().endswith(str(log))
    assert len(result.err.splitlines()) == 1
    assert log.stat().st_mode & 0o777 == 0o600
    entry = log.read_text(encoding="utf-8")
    assert "RuntimeError: something unforeseen" in entry
    assert "my-secret" not in entry


@pytest.mark.usefixtures("broken")
def test_the_log_stays_small(cli: Run) -> None:
    log = crash.log_path()
    log.parent.mkdir(parents=True)
    log.write_text("x" * 300_000, encoding="utf-8")
    cli("time show")
    assert log.stat().st_size < 10_000
    assert log.with_suffix(".log.1").stat().st_size == 300_000


@pytest.mark.usefixtures("broken")
def test_a_log_that_cannot_be_written_does_no_harm(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    result = cli("time show")
    assert result.status == 70
    assert "nie można zapisać" in result.err


def test_an_encoding_without_the_letters_is_survived(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    where = ["--store", str(store), "--user", "anna.nowak"]
    assert main(["order", "conditions", *where]) == 0
    assert raw.getvalue().startswith(b"SYMULACJA ? NIE JEST DOKUMENTEM\n")
    assert main(["order", "place", *where]) == 0
    assert main(["time", "forward", "1h", "--store", str(store)]) == 0
    assert main(["order", "qr", *where]) == 0
    assert b"Kodowanie ascii nie ma znak" in raw.getvalue()
    assert main(["--help"]) == 0


def test_json_is_utf8_whatever_the_terminal_says(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    line = f"order status --json --user anna.nowak --store {store}"
    assert main(line.split()) == 0
    assert "SYMULACJA — NIE JEST DOKUMENTEM" in raw.getvalue().decode()


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_closed_stream_is_survived(
    store: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(f"sys.{name}", None)
    for line in ("order status --user anna.nowak", "order cancel --user anna.nowak", "doctor"):
        assert main([*line.split(), "--store", str(store)]) in (0, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MLEG_TUI_SEED", "seven"), ("MLEG_TUI_SEED", "7.5"), ("MLEG_TUI_SEED", "٧"),
        ("MLEG_TUI_SEED", "9" * 19), ("MLEG_TUI_SEED", "9" * 5000), ("MLEG_TUI_NOW", "soon"),
        ("MLEG_TUI_NOW", "0001-01-01T00:00+14:00"), ("MLEG_TUI_NOW", "1000-01-01"),
        ("MLEG_TUI_NOW", "9999-12-31T23:59-12:00"), ("MLEG_TUI_NOW", "x" * 5000),
    ],
)  # fmt: skip
def test_bad_settings_are_wrong_usage(
    cli: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    result = cli("time show --store memory:")
    assert result.status == 2
    assert name in result.err
    assert len(result.err) < 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MLEG_TUI_SEED", "-7"), ("MLEG_TUI_SEED", "9" * 18),
        ("MLEG_TUI_NOW", "1900-01-02"), ("MLEG_TUI_NOW", "8999-12-31"),
    ],
)  # fmt: skip
def test_settings_may_be_as_odd_as_can_be_reckoned_with(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    url = tmp_path / "store.json"
    for line in (
        "order place --user anna.nowak",
        "time forward 1h",
        "office orders --user dziekanat",
    ):
        assert cli(f"{line} --store {url}").status in (0, 1)
    assert cli(f"store check --store {url}").status == 0
