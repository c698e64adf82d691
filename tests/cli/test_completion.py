"""The shells themselves complete our commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

_ASK = {
    "bash": """
        source "$1"
        COMP_WORDS=({words} ''); COMP_CWORD={count}
        _shtab_mleg_tui "" "" "" ; printf '%s\\n' "${{COMPREPLY[@]}}"
    """,
    "fish": """source $argv[1]; complete -C "{words} " """,
}


@pytest.fixture
def shell(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if shutil.which(name) is None:
        assert not os.environ.get("CI"), f"{name} is missing"
        pytest.skip(f"{name} is not installed")
    return name


@pytest.mark.parametrize("shell", ["bash", "fish"], indirect=True)
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("mleg-tui", {"order", "office", "doctor", "manual"}),
        ("mleg-tui order", {"conditions", "place", "status", "qr"}),
        ("mleg-tui completion", {"bash", "zsh", "fish"}),
    ],
)
def test_a_shell_completes_the_commands(
    shell: str, words: str, offered: set[str], cli: Run, tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text(cli(f"completion {shell}").out, "utf-8")
    asking = _ASK[shell].format(words=words, count=len(words.split()))
    asked = subprocess.run(
        [shell, "-c", asking, *([] if shell == "fish" else [shell]), str(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.stderr == ""
    assert offered <= {line.split("\t")[0].strip() for line in asked.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["zsh"], indirect=True)
def test_zsh_takes_its_script(shell: str, cli: Run, tmp_path: Path) -> None:
    script = tmp_path / "_mleg-tui"
    script.write_text(cli("completion zsh").out, "utf-8")
    asking = "fpath=($1 $fpath); autoload -U compinit; compinit -u -D; print $_comps[mleg-tui]"
    told = subprocess.run(
        [shell, "-f", "-c", asking, shell, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stderr, told.stdout.strip()) == ("", script.name)


def test_an_unknown_shell_is_told(cli: Run) -> None:
    told = cli("completion elvish")
    assert told.status == 2
    assert "bash" in told.err


def test_a_path_is_completed_as_what_it_is(cli: Run) -> None:
    script = cli("completion bash").out
    for command, completes in (("class_results", "files"), ("guide", "dirs")):
        assert f"_shtab_mleg_tui_{command}___out_COMPGEN=_shtab_compgen_{completes}\n" in script
