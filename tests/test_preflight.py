"""Where the screen cannot be shown, one line in two languages says what to do."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mleg_tui.preflight import Refusal, check

if TYPE_CHECKING:
    from typing import TextIO


def stream(*, tty: bool = True, encoding: str = "utf-8") -> TextIO:
    made = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    made.isatty = lambda: tty  # type: ignore[method-assign]
    return made


def checked(stdin: TextIO | None, stderr: TextIO | None, environ: dict[str, str]) -> Refusal | None:
    with pytest.MonkeyPatch.context() as process:
        process.setattr(sys, "stdin", stdin)
        process.setattr(sys, "stderr", stderr)
        return check(environ)


def refusal(
    stdin: TextIO | None, stderr: TextIO | None, environ: dict[str, str] | None = None
) -> str:
    found = checked(stdin, stderr, environ or {"TERM": "xterm-256color"})
    assert isinstance(found, Refusal)
    assert found.exit_status == 2
    assert "\n" not in found.message
    assert found.message.count(" / ") == 1
    assert found.message.count("mleg-tui order status") == 2
    return found.message


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm"}, {"TERM": "linux", "NO_COLOR": "1"}])
@pytest.mark.parametrize("encoding", ["utf-8", "UTF8"])
def test_a_terminal_is_accepted(environ: dict[str, str], encoding: str) -> None:
    assert checked(stream(), stream(encoding=encoding), environ) is None


@pytest.mark.parametrize("stdin", [None, stream(tty=False)])
def test_without_a_keyboard(stdin: TextIO | None) -> None:
    assert "Standard input" in refusal(stdin, stream())


@pytest.mark.parametrize("stderr", [None, stream(tty=False)])
def test_without_a_screen(stderr: TextIO | None) -> None:
    assert "Standard error" in refusal(stream(), stderr)


def test_on_a_dumb_terminal() -> None:
    assert "dumb" in refusal(stream(), stream(), {"TERM": "dumb"})


@pytest.mark.parametrize("encoding", ["iso8859-2", "ascii", "cp1250"])
def test_another_encoding_is_painted_with_what_it_has(encoding: str) -> None:
    assert checked(stream(), stream(encoding=encoding), {"TERM": "xterm"}) is None


def test_it_costs_no_imports() -> None:
    script = (
        "import sys; before = {*sys.modules}; import mleg_tui.preflight;"
        "heavy = {'textual', 'rich', 'asyncio', 'typing'} & ({*sys.modules} - before);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_where_textual_draws_elsewhere_the_terminal_does_not_matter() -> None:
    assert checked(None, None, {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}) is None
