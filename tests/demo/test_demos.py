"""Every demonstration is played to its end in the real program, as it is written."""

from __future__ import annotations

import asyncio
import json
from textwrap import wrap

import pytest
from textual import events
from textual.widgets import Input

from mleg_tui.demo.caption import CaptionBar
from mleg_tui.demo.files import Demo
from mleg_tui.demo.player import Player
from mleg_tui.demo.start import play
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.errands.expectation import Expected as Ending
from mleg_tui.errands.steps import AnyStep, Cancel, Choose, Fill, Give, Look, Push, WaitFor
from mleg_tui.services.demo_data import BadDemoData, own_directory
from mleg_tui.services.plain_values import from_plain
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.too_small import TooSmall
from tests.demo.stage import DEMOS, SIZE, program

ANYWHERE = Ending(page="usosweb.login")


def demo_of(*steps: AnyStep, expect: Ending = ANYWHERE) -> Demo:
    words = LocalText({"pl": "pokaz", "en": "demo"})
    return Demo(id="own", title=words, teaches=words, steps=steps, expect=expect)


@pytest.mark.parametrize("name", DEMOS)
async def test_a_demo_goes_as_it_is_written(name: str) -> None:
    await play(program(DEMOS[name]), DEMOS[name], None, SIZE)


@pytest.mark.parametrize(
    ("name", "size"), [("agh", SIZE), ("check", SIZE), ("umcs", (120, 40))], ids=str
)
async def test_in_english_and_in_a_large_window_too(name: str, size: tuple[int, int]) -> None:
    await play(program(DEMOS[name], "en"), DEMOS[name], None, size)


async def test_in_the_smallest_window_it_goes_through() -> None:
    await play(program(DEMOS["agh"]), DEMOS["agh"], None, (60, 20))


def test_there_is_a_demo_of_each_kind() -> None:
    assert next(iter(DEMOS)) == "agh"
    assert {"pwr", "umcs", "fk", "mobywatel", "refusal", "check", "office"} < DEMOS.keys()
    assert {demo.university for demo in DEMOS.values()} == {"agh", "pwr", "umcs", "fk"}


@pytest.mark.parametrize("name", DEMOS)
def test_captions_fit_below_a_screen_of_80_columns(name: str) -> None:
    said = [step.say for step in DEMOS[name].steps if step.say is not None]
    assert said
    for text in said:
        for words in (text["pl"], text["en"]):
            assert len(wrap(f"▶ 99/99 {words}", 78)) <= 2, words


def test_steps_name_commands_buttons_and_fields_and_never_keys() -> None:
    whole = json.loads((own_directory() / "demos.json").read_text("utf-8"))
    known = {
        *("do", "say", "sees", "login", "command", "button", "field", "text", "submit", "option"),
        *("status", "who", "by", "action", "seconds", "lines", "up"),
    }
    for demo in whole["demos"]:
        for step in demo["steps"]:
            assert step.keys() <= known
            assert step.get("command", "app.help") in COMMANDS


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Give(command="mlegitymacja.order"), "command: mlegitymacja.order"),
        (Push(button="nobody"), "button: nobody"),
        (Fill(field="submit", text="x"), "field: submit"),
        (Fill(field="nobody", text="x"), "field: nobody"),
        (Fill(field="login", text="{token}"), "text: {token}"),
        (Fill(field="login", text="{check}"), "text: {check}"),
        (Choose(option="x"), "option: x"),
        (WaitFor(status=OrderStatus.READY, who="anna.nowak"), "status: READY"),
        (Cancel(who="anna.nowak"), "refused: "),
        (Look(sees=LocalText({"pl": "nie ma tego", "en": "not there"})), "sees: nie ma tego"),
    ],
    ids=str,
)
async def test_a_step_that_cannot_be_done_is_told_with_its_place(step: AnyStep, field: str) -> None:
    demo = demo_of(step)
    with pytest.raises(BadDemoData) as caught:
        await play(program(demo), demo, None, SIZE)
    details = caught.value.details
    told = f"{details['place']}: {details['reason']}"
    assert told.startswith(f"own: $.steps[0].{field}")


@pytest.mark.parametrize(
    ("expect", "place"),
    [
        ({"page": "usosweb.news"}, "page"),
        ({"page": "usosweb.login", "who": "anna.nowak", "status": "READY"}, "status"),
        ({"page": "usosweb.login", "shows": [{"pl": "nie ma", "en": "no"}]}, "shows"),
    ],
)
async def test_another_ending_is_told(expect: object, place: str) -> None:
    demo = demo_of(Look(), expect=from_plain(expect, Ending))
    with pytest.raises(BadDemoData) as caught:
        await play(program(demo), demo, None, SIZE)
    assert caught.value.details["place"] == f"own: $.expect.{place}"


async def test_the_caption_is_below_every_screen_and_dialog_and_gone_in_the_live_program() -> None:
    demo = demo_of(Push(button="submit", say=LocalText({"pl": "Puste pola", "en": "Empty fields"})))
    app = program(demo)
    async with app.run_test(size=SIZE, notifications=True):
        await Player(app, demo, None, strict=True).play()
        for command in ("app.help", "app.theme"):
            await app.action_command(command)
            await settle(app)
            lines = [line.text for line in strips(app)]
            assert lines[-2].startswith(" ▶ 1/1 Puste pola")
            assert lines[0].startswith(" SYMULACJA — NIE JEST DOKUMENTEM")
        app.come_live()
        await settle(app)
        for screen in app.screen_stack:
            assert not screen.query(CaptionBar)
        app.pop_screen()
        await app.action_command("app.help")
        await settle(app)
        assert not app.screen.query(CaptionBar)


async def test_a_window_that_is_too_small_stops_it_until_there_is_room() -> None:
    required = LocalText({"pl": "polem wymaganym", "en": "required"})
    demo = demo_of(Push(button="submit", sees=required))
    app = program(demo)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.resize_terminal(50, 15)
        await settle(app)
        assert isinstance(app.screen, TooSmall)
        player = app.run_worker(Player(app, demo, None, strict=True).play(), group="background")
        await settle(app)
        assert not player.is_finished
        await pilot.resize_terminal(*SIZE)
        await player.wait()


async def test_what_the_viewer_does_meanwhile_disturbs_nothing() -> None:
    demo = demo_of(Look())
    app = program(demo)
    pressed: list[str] = []
    app.on_viewer_key = pressed.append
    async with app.run_test(size=SIZE, notifications=True):
        await settle(app)
        before = app.screen, app.focused
        for event in (events.Key("x", "x"), events.Paste("y"), events.AppBlur()):
            app.post_message(event)
        await settle(app)
        assert (app.screen, app.focused) == before
        assert pressed == ["x"]
        assert app.screen.query_one("#login", Input).value == ""
        app.play_key("z")
        await settle(app)
        assert app.screen.query_one("#login", Input).value == "z"
        app.come_live()
        app.post_message(events.Key("x", "x"))
        await settle(app)
        assert app.screen.query_one("#login", Input).value == "zx"
        assert pressed == ["x"]


async def test_what_is_noticed_stays_for_its_time_in_the_demo_only() -> None:
    demo = demo_of(Look())
    app = program(demo)
    async with app.run_test(size=SIZE, notifications=True):
        app.notify("Gotowe", timeout=4)
        await settle(app)
        assert "Gotowe" in "\n".join(line.text for line in strips(app))
        await app.let_time_pass(3.9)
        await settle(app)
        assert "Gotowe" in "\n".join(line.text for line in strips(app))
        await app.let_time_pass(0.2)
        await settle(app)
        assert "Gotowe" not in "\n".join(line.text for line in strips(app))


async def test_the_clock_of_a_demo_that_was_handed_over_keeps_time() -> None:
    app, moved = program(DEMOS["agh"]), asyncio.Event()
    async with app.run_test(size=SIZE):
        await settle(app)
        await app.let_time_pass(59.8)
        before = app.clock_text
        app.watch(app, "clock_text", lambda text: moved.set() if text != before else None)
        app.come_live()
        await asyncio.wait_for(moved.wait(), 10)
