"""Zdjęcie do legitymacji: choosing, handing in, and what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from mleg_tui.domain.pictures import PICTURES, SIDE
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.errands.steps import Give
from mleg_tui.services.store import Work
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.widgets.picture import PictureView
from tests.ui.pilot import Play, playing

ANNA = "anna.nowak"
PAGE = Give("usosweb.photo")


def without_photo(play: Play) -> None:
    def change(work: Work) -> None:
        work.save(replace(work.get(Student, ANNA), photo=Photo(), els=None))

    play.services.store.transact(change)


async def office(play: Play, *, reason: str | None = None) -> None:
    staff, desk = play.stage.session("dziekanat"), play.services.office
    if reason is None:
        desk.approve_photo(staff, ANNA)
    else:
        desk.reject_photo(staff, ANNA, reason)
    await play.look_again()


def photo(play: Play) -> Photo:
    return play.services.store.read(lambda view: view.get(Student, ANNA)).photo


async def test_a_rejected_photo_then_an_approved_one_turns_the_sign() -> None:
    async with playing(ANNA) as play:
        without_photo(play)
        await play.press("f")
        assert "W USOS nie ma Twojego zdjęcia." in play.text
        await play.press("tab", "down", "down", "enter", "enter")
        assert photo(play) == Photo(PhotoStatus.WAITING, "owl")
        assert "Zdjęcie czeka na zatwierdzenie." in play.text
        assert "✓ Zdjęcie wysłane do zatwierdzenia." in play.text
        await office(play, reason="Zdjęcie jest nieostre.")
        assert "✗ Zdjęcie zostało odrzucone." in play.text
        assert "Powód: Zdjęcie jest nieostre." in play.text
        play.services.photos.send(play.stage.session(ANNA), "owl")
        await play.press("l")
        assert "✗ niespełniony  Masz zdjęcie w USOS" in play.text
        await office(play)
        assert "✓ spełniony  Masz zdjęcie w USOS" in play.text


async def test_the_same_photo_twice_is_refused() -> None:
    async with playing(ANNA, PAGE) as play:
        assert "✓ Zdjęcie jest zatwierdzone." in play.text
        play.app.screen.query_one("#send").focus()
        await play.press("enter")
        assert "To zdjęcie jest już w USOS." in play.text
        assert "Zdjęcie wysłane" not in play.text
        assert photo(play).status is PhotoStatus.APPROVED


async def test_names_follow_the_language_and_the_choice_stays() -> None:
    async with playing(ANNA, PAGE) as play:
        await play.press("tab", "down", "down")
        assert "sowa" in play.text
        await play.press("f2")
        assert "owl" in play.text
        assert play.app.screen.query_one("#chosen", PictureView).picture_id == "owl"


class OnePicture(App[None]):
    def __init__(self, picture: str, *, ansi_color: bool = False) -> None:
        super().__init__(ansi_color=ansi_color)
        self.picture = picture

    def compose(self) -> ComposeResult:
        yield PictureView(self.picture)


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_has_its_own_colours(name: str) -> None:
    app = OnePicture(name)
    async with app.run_test(size=(30, 10)):
        await settle(app)
        picture = PICTURES[name]
        cells = list(strips(app)[0])[:SIDE]
        upper = [part.style.color.name for part in cells if part.style and part.style.color]
        assert upper == [picture.palette[pixel] for pixel in picture.rows[0]]
        assert app.query_one(PictureView).region.size == (SIDE, SIDE // 2)


async def test_without_colours_ink_draws_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = OnePicture("robot", ansi_color=True)
    app.theme = "ansi-dark"
    async with app.run_test(size=(30, 10)):
        await settle(app)
        drawn = "".join(line.text[:SIDE] for line in strips(app)[: SIDE // 2])
        assert len(set(drawn)) > 2
        assert set(drawn) <= set(" ▀▄█")


async def test_an_unknown_picture_is_an_empty_space() -> None:
    app = OnePicture("portrait-1")
    async with app.run_test(size=(30, 10)):
        await settle(app)
        assert strips(app)[0].text.strip() == ""
