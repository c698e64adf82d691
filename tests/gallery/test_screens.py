"""``mleg-tui screens``: the list, the taking, and the comparison with what is kept."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

import pytest

from mleg_tui.gallery.album import Choice
from mleg_tui.gallery.catalogue import SCENES
from tests.end_to_end.terminal import Terminal
from tests.gallery.screens import ROOT, screens, screens_in_a_process

ONE = ("--only", "usosweb.login", "--size", "80x24", "--lang", "pl")
NAME = "usosweb.login.pl.80x24"


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taken") / "pictures"
    done = screens("--out", folder, *ONE)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"1 zdjęcie: {folder}\n"
    return folder


@pytest.fixture
def kept(taken: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(taken, tmp_path / "kept"))


@pytest.fixture
def actual(tmp_path: Path) -> Path:
    return tmp_path / "actual"


def test_the_list_has_every_name_and_the_pattern_narrows_it() -> None:
    assert screens("list").stdout.split() == [*SCENES]
    done = screens("list", "--json", "--only", "usosweb.login*")
    names = json.loads(done.stdout)["screens"]
    assert names == [name for name in SCENES if name.startswith("usosweb.login")]


def test_pictures_are_kept_as_text_and_as_svg_with_the_versions(taken: Path) -> None:
    written = {path.name for path in taken.iterdir()}
    assert written == {"VERSIONS", f"{NAME}.txt", f"{NAME}.svg"}
    assert (taken / "VERSIONS").read_text("utf-8").startswith("textual 8.2.")
    assert "NIE JEST DOKUMENTEM" in (taken / f"{NAME}.svg").read_text("utf-8").replace(
        "&#160;", " "
    )


def test_what_is_as_kept_is_no_difference(kept: Path, actual: Path) -> None:
    done = screens("--check", kept, "--actual", actual, *ONE)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Porównano 1 zdjęcie.\n"
    assert not actual.exists()


def test_a_changed_label_is_caught_and_named(kept: Path, actual: Path) -> None:
    picture = kept / f"{NAME}.txt"
    picture.write_text(picture.read_text("utf-8").replace("ZALOGUJ", "WEJDŹ  "), "utf-8")
    (actual / "old").mkdir(parents=True)
    done = screens("--check", kept, "--actual", actual, *ONE)
    assert done.returncode == 4
    told, *rows = done.stdout.splitlines()
    assert told == f"różni się: {NAME}"
    assert [row[:6] for row in rows] == ["  -11│", "  +11│"]
    assert "WEJDŹ" in rows[0]
    assert "ZALOGUJ" in rows[1]
    assert "ZALOGUJ" in (actual / f"{NAME}.txt").read_text("utf-8")
    assert 'class="changed"' in (actual / "report.html").read_text("utf-8")
    assert str(actual / "report.html") in done.stderr

    shutil.copy(actual / f"{NAME}.txt", kept)
    assert screens("--check", kept, "--actual", actual, *ONE).returncode == 0
    assert {path.name for path in actual.iterdir()} == {"old"}


def test_a_missing_picture_is_a_difference(kept: Path, actual: Path) -> None:
    (kept / f"{NAME}.txt").unlink()
    done = screens("--check", kept, "--actual", actual, *ONE, "--json")
    assert done.returncode == 4
    told = json.loads(done.stdout)
    assert told["findings"] == [{"name": NAME, "problem": "missing", "changes": []}]
    assert told["compared"] == 1
    assert told["report"] == str(actual / "report.html")
    assert "1 się nie zgadza." in done.stderr


def test_a_surplus_picture_is_one_if_it_is_among_those_that_are_compared(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    chosen = ("--only", "app.too_small*", "--lang", "pl")
    assert screens("--out", folder, *chosen).returncode == 0
    for name in ("app.too_small.old.pl.40x15", "app.too_small.old.en.40x15", "app.old.pl.40x15"):
        (folder / f"{name}.txt").touch()
    (folder / "notes.txt").touch()
    done = screens("--check", folder, *chosen)
    assert done.returncode == 4
    assert done.stdout == "nadmiarowe: app.too_small.old.pl.40x15\n"


def test_a_folder_is_compared_with_what_it_was_made_of(kept: Path, actual: Path) -> None:
    done = screens("--check", kept, "--actual", actual)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "Folder zrobiono z: --only=usosweb.login --lang=pl --size=80x24",
        "Porównano 1 zdjęcie.",
    ]
    more = ("--only", "app.too_small*", "--lang", "en")
    assert screens("--out", kept, "--update", *more).returncode == 0
    done = screens("--check", kept, "--actual", actual)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "Porównano 2 zdjęcia."
    (kept / "app.too_small.en.40x15.txt").unlink()
    assert screens("--check", kept, "--actual", actual).returncode == 4


def test_what_a_folder_says_of_itself_and_is_nonsense_is_told(kept: Path) -> None:
    with (kept / "VERSIONS").open("a", encoding="utf-8") as versions:
        versions.write("--size=wide\n")
    done = screens("--check", kept)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{kept / 'VERSIONS'}: niezrozumiały wiersz „--size=wide”\n")


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(("app.*", "a b 'c'"), ("pl",), ((80, 24), (120, 40)), ("ansi", "no-color")),
    ],
)
def test_a_choice_is_told_as_options(choice: Choice) -> None:
    assert Choice.from_options(choice.options) == choice


def test_other_versions_are_told_first(kept: Path, actual: Path) -> None:
    (kept / "VERSIONS").write_text("textual 8.2.1\nrich 14.0.0\n", "utf-8")
    done = screens("--check", kept, "--actual", actual, *ONE)
    assert done.returncode == 0
    first = done.stderr.splitlines()[0]
    assert first.startswith(
        "Uwaga: zdjęcia zrobiono inną wersją: textual 8.2.1, rich 14.0.0; teraz"
    )


def test_themes_and_sizes_make_more_pictures(tmp_path: Path) -> None:
    chosen = (
        "--only",
        "usosweb.login",
        "--lang",
        "en",
        "--size",
        "60x20",
        "--size",
        "100x30",
        "--theme",
        "usosweb",
        "--theme",
        "contrast",
        "--theme",
        "no-color",
    )
    folder = tmp_path / "new"
    assert screens("--out", folder, *chosen, "--format", "txt").returncode == 0
    names = {path.name for path in folder.glob("*.txt")}
    assert names == {
        f"usosweb.login.en.{size}{theme}.txt"
        for size in ("60x20", "100x30")
        for theme in ("", ".contrast", ".no-color")
    }
    assert len({path.read_bytes() for path in folder.glob("*.txt")}) == len(names)
    assert screens("--check", folder, *chosen).returncode == 0


def test_a_folder_in_use_is_only_updated_on_demand(kept: Path) -> None:
    before = (kept / f"{NAME}.txt").read_bytes()
    (kept / f"{NAME}.txt").write_text("old", "utf-8")
    (kept / "usosweb.login.old.pl.80x24.txt").write_text("old", "utf-8")
    (kept / "notes.md").write_text("mine", "utf-8")
    done = screens("--out", kept, *ONE)
    assert done.returncode == 1
    assert "--update" in done.stderr
    assert (kept / f"{NAME}.txt").read_text("utf-8") == "old"
    only = ("--only", "usosweb.login*", "--size", "80x24", "--lang", "pl")
    assert screens("--out", kept, *only, "--update", "--format", "txt").returncode == 0
    assert (kept / f"{NAME}.txt").read_bytes() == before
    assert not (kept / "usosweb.login.old.pl.80x24.txt").exists()
    assert (kept / "notes.md").exists()


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ((), 2, "--out DIR"),
        (("show",), 2, "show"),
        (("--out", "x", "--only", "nothing.*"), 2, "„nothing.*”"),
        (("--out", "x", "--size", "80"), 2, "80x24"),
        (("--out", "x", "--size", "05x24"), 2, "80x24"),
        (("--out", "x", "--theme", "pink"), 2, "contrast"),
        (("--out", "x", "--jobs", "0"), 2, "--jobs"),
        (("--out", "x", "--data", "mleg_tui"), 2, "universities.json"),
        (("--out", "x", "--check", "y"), 2, "--check"),
        (("--check", "no/such/folder"), 2, "no/such/folder"),
        (("--check", "pyproject.toml"), 1, "pyproject.toml"),
        (("--check", "tests", "--actual", "tests", *ONE), 2, "--actual"),
        (("--out", "pyproject.toml/x", *ONE), 1, "pyproject.toml"),
    ],
)
def test_what_cannot_be_done_is_told(
    options: tuple[str, ...], status: int, told: str, tmp_path: Path
) -> None:
    given = [str(tmp_path / "x") if option == "x" else option for option in options]
    done = screens(*given)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr


def test_a_spoilt_picture_is_a_difference(kept: Path, actual: Path) -> None:
    (kept / f"{NAME}.txt").write_bytes(b"\xff\x00")
    done = screens("--check", kept, "--actual", actual, *ONE)
    assert done.returncode == 4
    assert f"różni się: {NAME}" in done.stdout


def test_a_folder_in_a_pictures_place_is_told(kept: Path, actual: Path) -> None:
    picture = kept / f"{NAME}.txt"
    picture.unlink()
    picture.mkdir()
    for command in (("--check", kept, "--actual", actual), ("--out", kept, "--update")):
        done = screens(*command, *ONE)
        assert done.returncode == 1
        assert str(picture) in done.stderr


def test_a_dead_link_in_a_pictures_place_is_told(kept: Path, actual: Path) -> None:
    picture = kept / f"{NAME}.txt"
    picture.unlink()
    picture.symlink_to("nowhere")
    done = screens("--check", kept, "--actual", actual, *ONE)
    assert done.returncode == 1
    assert str(picture) in done.stderr


def test_a_link_is_replaced_not_followed(kept: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine", "utf-8")
    picture = kept / f"{NAME}.txt"
    picture.unlink()
    picture.symlink_to(precious)
    assert screens("--out", kept, "--update", *ONE).returncode == 0
    assert precious.read_text("utf-8") == "mine"
    assert not picture.is_symlink()


def test_a_full_disk_is_told_and_leaves_no_half_of_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        done = screens_in_a_process("--out", tmp_path / "full", *ONE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.returncode == 1
    assert NAME in done.stderr
    assert [*(tmp_path / "full").iterdir()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    done = screens("--out", folder, *ONE)
    assert done.returncode == 1
    assert str(folder) in done.stderr


def test_png_needs_its_extra(tmp_path: Path) -> None:
    done = screens("--out", tmp_path / "png", *ONE, "--format", "png")
    assert done.returncode == 0
    assert (tmp_path / "png" / f"{NAME}.png").read_bytes().startswith(b"\x89PNG")
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['resvg_py'] = None\n")
    done = screens_in_a_process(
        "--out", tmp_path / "no", *ONE, "--format", "png", PYTHONPATH=str(tmp_path)
    )
    assert done.returncode == 1
    assert "pip install 'mleg-tui[images]'" in done.stderr
    assert not (tmp_path / "no").exists()


def test_a_universities_own_data_show_on_its_screens(tmp_path: Path) -> None:
    own = json.loads((ROOT / "demo_data" / "universities.json").read_text("utf-8"))
    agh = next(each for each in own["universities"] if each["id"] == "agh")
    agh["name"]["pl"] = "Nasza Uczelnia"
    data = tmp_path / "data"
    data.mkdir()
    (data / "universities.json").write_text(
        json.dumps({"regulations": {}, "skins": {}, "universities": [agh]}), "utf-8"
    )
    folder = tmp_path / "own"
    assert screens("--out", folder, *ONE, "--data", data, "--format", "txt").returncode == 0
    assert "Nasza Uczelnia" in (folder / f"{NAME}.txt").read_text("utf-8")


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mleg_tui", "screens", "--out", str(tmp_path / "new"), *ONE]
    with Terminal(command, size=(80, 24)) as terminal:
        assert terminal.wait() == 0
        raw = bytes(terminal.raw).decode()
    assert f"\r\x1b[K1/1 {NAME}" in raw
    assert raw.split("\r\x1b[K")[-1].startswith("1 zdjęcie")


def test_interrupting_it_is_quiet(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mleg_tui",
        "screens",
        "--out",
        str(tmp_path / "new"),
        "--jobs",
        "2",
    ]
    with Terminal(command, size=(80, 24)) as terminal:
        terminal.wait_for("3/")
        terminal.send_signal(signal.SIGINT)
        assert terminal.wait() == 130
        assert "Traceback" not in bytes(terminal.raw).decode()
