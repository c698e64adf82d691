from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui import __version__
from tests.cli.conftest import Run


def test_doctor_tells_what_a_report_needs(on_store: Run) -> None:
    facts = on_store("doctor --json").json
    assert facts["program"] == __version__
    assert facts["packages"]["textual"]
    assert facts["terminal"]["tmux"] in (True, False)
    assert facts["store"]["state"] == "ok"
    assert on_store("doctor").out.splitlines()[0] == f"program: {__version__}"


def test_doctor_makes_no_store_and_keeps_secrets(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLEG_TUI_PASSWORD", "my-secret")
    result = cli("doctor --json")
    assert result.status == 0
    assert result.json["store"]["state"] == "StoreMissing"
    assert result.json["store"]["path"].startswith("~")
    assert result.json["log"].startswith("~")
    assert str(tmp_path / "home") not in result.out
    assert "my-secret" not in result.out
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, "16"),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, "256"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "none"),
    ],
)
def test_the_verdict_on_colours(
    on_store: Run, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], colours: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert on_store("doctor --json").json["terminal"]["colours"] == colours


def test_a_store_that_cannot_be_used_is_refused(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    assert cli(f"doctor --store {path}").status == 0
    path.write_text("{")
    result = cli(f"doctor --json --store {path}")
    assert (result.status, result.json["store"]["state"]) == (3, "StoreCorrupt")
