from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from mleg_tui import __version__, languages
from mleg_tui.cli import argparse_in_polish
from tests.cli.conftest import Run

ENGLISH = re.compile(r"\b(usage|options|arguments|show|exit|required|invalid|choose|error)\b")


@pytest.mark.parametrize("line", ["", "order", "order place", "time speed", "store", "doctor"])
def test_help_is_polish_and_whole(cli: Run, line: str) -> None:
    result = cli(f"{line} --help")
    assert result.status == 0
    assert result.err == ""
    assert result.out.startswith("użycie: mleg-tui")
    assert not ENGLISH.search(result.out)


def test_version(cli: Run) -> None:
    assert cli("--version") == (0, f"mleg-tui {__version__}\n", "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("bla", "'bla'"),
        ("order", "POLECENIE"),
        ("order place --user", "--user"),
        ("order place", "--user"),
        ("order place --nope", "--nope"),
        ("serve ssh --sandbox --ssh-login", "--sandbox"),
        ("serve ssh --sandbox --authorized-keys keys", "--sandbox"),
        ("serve ssh --world-data data", "--world-data"),
        ("order qr --json=1 --user x", "--json"),
        ("order place --us x", "--us"),
        ("time speed", "N"),
        ("--lang de", "'de'"),
        ("--theme dark time show", "--theme"),
    ],
)
def test_wrong_usage_says_what_and_where_help_is(cli: Run, line: str, problem: str) -> None:
    result = cli(line)
    assert result.status == 2
    assert result.out == ""
    said, advice = result.err.splitlines()
    assert said.startswith("Błędne użycie: ")
    assert problem in said
    assert not ENGLISH.search(said)
    assert advice.startswith("Pomoc: mleg-tui")
    assert advice.endswith(" --help")


@pytest.mark.parametrize(
    "line",
    [
        "time forward", "time forward 1h --to 2027-01-01", "screens --out x --check y",
        "store import", "store import x --roster y", "order status --json=3", "order",
        "office orders --status", "completion sh", "demo a b",
    ],
)  # fmt: skip
def test_no_sentence_of_argparse_itself_is_shown(cli: Run, line: str) -> None:
    said = {}
    for language in ("pl", "en"):
        result = cli(f"--lang {language} {line}")
        assert result.status == 2
        said[language] = result.err.splitlines()[0]
    assert said["pl"] != said["en"]
    words = {"argument", "arguments", "required", "invalid", "choice", "expected", "allowed"}
    assert not words & {*said["pl"].split()}


def test_options_may_stand_before_the_command_or_after_it(cli: Run, store: Path) -> None:
    url = str(store)
    before = cli(f"--store {url} --lang en order status --user anna.nowak --json")
    between = cli(f"order --store {url} --lang en status --user anna.nowak --json")
    after = cli(f"order status --user anna.nowak --json --store {url} --lang en")
    login_first = cli(f"--user anna.nowak order status --store {url} --json --lang en")
    assert before.status == 0
    assert before == between == after == login_first


def test_the_later_of_two_options_counts(cli: Run, store: Path) -> None:
    result = cli(f"--store /nowhere/at/all store path --store {store}")
    assert result.out == f"{store}\n"


@pytest.mark.parametrize(
    ("words", "environ", "code"),
    [
        ([], {}, "pl"),
        (["--lang", "en"], {}, "en"),
        (["--lang=en"], {}, "en"),
        (["--lang"], {}, "pl"),
        (["--lang", "de"], {}, "pl"),
        (["--lang="], {}, "pl"),
        (["en"], {}, "pl"),
        (["--lang", "en", "--lang", "pl"], {}, "pl"),
        (["--lang=en", "--user", "--lang"], {}, "en"),
        (["--lang=en", "--lang", "xx"], {}, "en"),
        ([], {"MLEG_TUI_LANG": "de"}, "pl"),
        ([], {"MLEG_TUI_LANG": "en"}, "en"),
        (["--lang", "pl"], {"MLEG_TUI_LANG": "en"}, "pl"),
        ([], {"MLEG_TUI_LANG": "pl", "LANG": "en_US.UTF-8"}, "pl"),
        (["--lang", "pl"], {"LC_ALL": "en_US.UTF-8"}, "pl"),
        *(([], {"LANG": name}, "pl") for name in ("", "C", "C.UTF-8", "POSIX", "pl", "pl_PL")),
        *(([], {"LANG": name}, "en") for name in ("en_GB.UTF-8", "de_DE", "uk_UA.UTF-8", "csb_PL")),
        ([], {"LANG": "pl_PL.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "pl_PL.UTF-8"}, "pl"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        ([], {"LANGUAGE": "en", "LC_CTYPE": "en_US.UTF-8"}, "pl"),
    ],
)
def test_the_language_is_known_before_the_parser(
    words: list[str], environ: dict[str, str], code: str
) -> None:
    assert languages.chosen(words, environ) == code


def test_a_language_that_is_none_is_refused(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLEG_TUI_LANG", "klingon")
    result = cli("store path")
    assert result.status == 2
    assert "MLEG_TUI_LANG" in result.err


def test_translated_sentences_keep_the_fields_of_argparse() -> None:
    fields = re.compile(r"%(?:\(\w+\))?[sr]")
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    for sentence, polish in argparse_in_polish.SENTENCES.items():
        assert sorted(fields.findall(sentence)) == sorted(fields.findall(polish))
    common = "the following arguments are required: %s"
    assert common in source, "argparse says it otherwise now"
    assert common in argparse_in_polish.SENTENCES
