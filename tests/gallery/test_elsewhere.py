"""The screens of any university: those that make sense there, played as it is there."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.university import University
from mleg_tui.gallery.album import Choice, Shot, left_out, take
from mleg_tui.gallery.beginning import completed, founded
from mleg_tui.gallery.catalogue import SCENES
from mleg_tui.gallery.elsewhere import Need, missing
from mleg_tui.services.demo_data import own_directory
from tests.gallery.project import Project
from tests.gallery.screens import screens

NEW_STORE = partial(open_store, "memory:")
UNIVERSITIES = {
    university.id: university
    for university in founded(NEW_STORE, None).read(lambda view: view.select(University))
}
ONE = ("--only", "usosweb.login", "--size", "80x24", "--lang", "pl", "--format", "txt")


def needs(university: str, *, without: str = "") -> dict[str, Need]:
    found = {
        name: missing(name, scene.steps, UNIVERSITIES[university])
        for name, scene in SCENES.items()
        if not (without and name.startswith(without))
    }
    return {name: need for name, need in found.items() if need is not None}


def test_what_a_university_has_not_is_left_out_with_the_reason() -> None:
    on_application = {Need.ELS_APPLICATION, Need.PHOTO_FOR_EVERYBODY}
    assert set(needs("fk").values()) == {
        *(Need.MOBILE, Need.CONSENTS, Need.NEWER_PAGE),
        *on_application,
    }
    assert set(needs("pwr").values()) == {
        *(Need.DUES, Need.PAYMENTS, Need.NEWER_PAGE),
        *on_application,
    }
    assert {Need.DUES, Need.CONSENTS, Need.ELS} < set(needs("umcs").values())
    assert "usosweb.photo.everybody" not in needs("umcs")
    assert needs("agh")["phone.push"] is Need.MOBILE
    assert needs("agh")["usosweb.payments.due"] is Need.DUES
    assert {"usosweb.els.applied", "usosweb.payments.due"}.isdisjoint(needs("agh2025"))
    assert set(needs("fk", without="mobilny_usos.")) - set(needs("pwr")) == {
        "phone.push",
        "usosweb.mlegitymacja.consents",
        "usosweb.mlegitymacja.consents.missing",
    }


@pytest.mark.parametrize(
    ("scene", "university", "told"),
    [
        ("usosweb.login", "umcs", "UMCS (symulacja)"),
        ("usosweb.mlegitymacja.ready", "pwr", "Kod aktywacyjny"),
        ("usosweb.mlegitymacja.cancelled", "pwr", "anulowany"),
        ("usosweb.mlegitymacja.pending", "fk", "oczekujący"),
        ("usosweb.mlegitymacja.consents", "pwr", "Wniosek o wydanie mLegitymacji"),
        ("usosweb.mlegitymacja.skin_2026", "agh2025", "Oczekuje"),
        ("usosweb.mlegitymacja.why_not", "pwr", "Zgłoś się do dziekanatu"),
        ("usosweb.els.issued", "agh2025", "Kr"),
        ("usosweb.payments.sent", "agh2025", "Zielińsk"),
        ("mobilny_usos.ready", "pwr", "Kopiuj kod QR"),
        ("mobywatel.document", "umcs", "UMCS (symulacja)"),
        ("office.order", "fk", "Uczelnia FK (symulacja)"),
    ],
)
def test_a_scene_is_played_as_it_is_there(scene: str, university: str, told: str) -> None:
    taken = take(Shot(scene, "pl", 80, 24, university=university), NEW_STORE)
    assert taken.problem == ""
    assert told in taken.text


def test_a_scene_without_sense_is_told() -> None:
    taken = take(Shot("usosweb.payments", "pl", 80, 24, university="agh"), NEW_STORE)
    assert "nie ma strony płatności" in taken.problem
    taken = take(Shot("usosweb.login", "pl", 80, 24, university="nowhere"), NEW_STORE)
    assert "Nie ma uczelni „nowhere”" in taken.problem


def test_a_university_that_is_on_phones_only_has_its_documents(tmp_path: Path) -> None:
    own = json.loads((own_directory() / "universities.json").read_text("utf-8"))
    phones = next(one for one in own["universities"] if one["id"] == "pwr")
    phones |= {"id": "fony", "paths": ["MOBILE"]}
    own["universities"] = [phones]
    (tmp_path / "universities.json").write_text(json.dumps(own), "utf-8")
    with completed(tmp_path) as data:
        for scene in ("mobywatel.token", "mobilny_usos.pending"):
            shot = Shot(scene, "pl", 80, 24, university="fony")
            assert take(shot, NEW_STORE, data=data).problem == ""
        page = Shot("usosweb.mlegitymacja.ready", "pl", 80, 24, university="fony")
        assert left_out([page], NEW_STORE, data=data) == {page: Need.PAGE.reason}


def test_a_choice_and_a_name_tell_the_university() -> None:
    choice = Choice(only=("usosweb.login",), universities=("umcs", "fk"))
    assert Choice.from_options(choice.options) == choice
    for shot in choice.shots():
        assert Shot.named(shot.name) == shot
        assert choice.concerns(shot)
        assert not Choice().concerns(shot)


def test_the_command_leaves_out_and_says_why(tmp_path: Path) -> None:
    only = ("--only", "usosweb.login", "--only", "usosweb.payments")
    done = screens("list", "--json", *only, "--university", "agh")
    told = json.loads(done.stdout)
    assert told["screens"] == ["usosweb.login"]
    [left] = told["left_out"]
    assert (left["screen"], left["university"]) == ("usosweb.payments", "agh")
    assert f"pominięto usosweb.payments (agh): {left['reason']}\n" in done.stderr

    folder = tmp_path / "two"
    both = ("--university", "umcs", "--university", "fk")
    assert screens("--out", folder, *ONE, *both).returncode == 0
    names = {path.name for path in folder.glob("*.txt")}
    assert names == {f"usosweb.login@{id}.pl.80x24.txt" for id in ("umcs", "fk")}
    assert "Uczelnia FK" in (folder / "usosweb.login@fk.pl.80x24.txt").read_text("utf-8")
    assert screens("--check", folder).returncode == 0

    done = screens("list", "--university", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "„nowhere”" in done.stderr


def test_the_plugin_takes_the_university_of_the_ini_file_or_of_the_call(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(mleg_university="umcs")
    project.test(
        "def test_both(mleg_screen):\n"
        '    assert "UMCS" in mleg_screen("usosweb.login")\n'
        '    assert "Uczelnia FK" in mleg_screen("usosweb.login", university="fk")\n'
        "def test_neither(mleg_screen):\n"
        '    mleg_screen("usosweb.payments")\n'
    )
    done = project.pytest("--mleg-update")
    assert "1 failed, 1 passed" in done.stdout
    assert "nie ma strony płatności" in done.stdout
    kept = {path.name for path in project.picture.parent.glob("*.txt")}
    assert kept == {f"usosweb.login@{id}.pl.80x24.txt" for id in ("umcs", "fk")}


@pytest.mark.parametrize(
    ("language", "told"),
    [("pl_PL.UTF-8", "zostawia zdjęcia"), ("de_DE.UTF-8", "keeps the pictures as")],
)
def test_pytests_help_speaks_the_language_of_the_locale(
    language: str, told: str, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write()
    done = project.pytest("--help", LC_ALL=language)
    assert told in " ".join(done.stdout.split())
    assert "mleg_university" in done.stdout
