"""Pictures: their format, that they are the same every time, and how differences read."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Button, Footer, Input, LoadingIndicator, ProgressBar, Static, TextArea

from mleg_tui.gallery.camera import take
from mleg_tui.gallery.compare import differences
from mleg_tui.gallery.picture import as_text
from mleg_tui.textual_internals.app import BACKGROUND
from mleg_tui.textual_internals.settle import resize, settle

if TYPE_CHECKING:
    from textual.pilot import Pilot

HEADER = "# mleg-tui screen v1 · order · pl · 5x2 · textual-dark"


class Question(ModalScreen[bool]):
    CSS = "Question { background: black 50%; }"

    def compose(self) -> ComposeResult:
        yield Button("Yes")


class Restless(App[None]):
    """Everything that moves by itself."""

    CSS = "TextArea { height: 5; } LoadingIndicator { height: 1; }"
    BINDINGS = [("f2", "ask", "Ask")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        yield Input("żółw")
        yield TextArea("text")
        yield Button("Press", id="press")
        yield LoadingIndicator()
        yield ProgressBar(total=None)
        yield Static("waiting", id="result")
        yield Footer()

    def on_mount(self) -> None:
        self.notify("a toast")
        self.load()
        self.for_ever()

    @work
    async def load(self) -> None:
        await asyncio.sleep(0.05)
        self.query_one("#result", Static).update("loaded")

    @work(group=BACKGROUND)
    async def for_ever(self) -> None:
        await asyncio.Event().wait()

    @work
    async def action_ask(self) -> None:
        answer = await self.push_screen_wait(Question())
        self.query_one("#result", Static).update(f"answer {answer}")


async def press_and_linger(pilot: Pilot[Any]) -> None:
    await pilot.click("#press")
    pilot.app.query_one(TextArea).focus()
    pilot.app.query_one(TextArea).border_title = "title"


def test_the_format() -> None:
    plain, bold = Style(color="#e0e0e0", bgcolor="#242f38"), Style(bold=True, color="blue")
    rows = [
        Strip([Segment("a", plain), Segment("b", plain), Segment("ż  ", bold)]),
        Strip([Segment("字 cd")]),
    ]
    text = as_text(HEADER, rows)
    head, first, second, styles, *_ = text.splitlines()
    assert (head, first, second, styles) == (HEADER, "00│abż  │", "01│字 cd│", "# styles")
    legend = dict(line.split(" = ") for line in text.split("# legend\n")[1].splitlines())
    code = {style: code for code, style in legend.items()}
    assert [*legend.values()] == ["#e0e0e0 on #242f38", "blue on default b", "default on default"]
    assert f"\n00 {code['#e0e0e0 on #242f38']}*2 {code['blue on default b']}*3\n" in text
    assert f"\n01 {code['default on default']}*5\n" in text
    assert all(len(each) == 3 for each in legend)
    assert text.endswith("\n")


def test_a_new_style_renames_no_other() -> None:
    old = as_text(HEADER, [Strip([Segment("ab", Style(bold=True))])])
    new = as_text(HEADER, [Strip([Segment("a", Style(bold=True)), Segment("b", Style(dim=True))])])
    assert old.splitlines()[-1] in new.splitlines()


async def test_a_picture_has_the_size_the_text_and_the_toast() -> None:
    taken = await take(Restless, (60, 40), press_and_linger, name="all", lang="en", drawn=True)
    lines = taken.text.splitlines()
    assert lines[0] == "# mleg-tui screen v1 · all · en · 60x40 · textual-dark"
    assert [len(line) for line in lines[1:41]] == [64] * 40
    for expected in ("żółw", "loaded", "a toast", "f2 Ask", "title"):
        assert expected in taken.text
    assert taken.svg is not None
    assert taken.svg.startswith("<svg")
    assert (
        re.search(r"terminal-\d|https?://(?!www\.w3\.org)(?!www\.textualize\.io)", taken.svg)
        is None
    )


async def test_a_restless_screen_gives_the_same_picture_whenever_it_is_taken() -> None:
    async def later(pilot: Pilot[Any]) -> None:
        await press_and_linger(pilot)
        await asyncio.sleep(0.7)  # past the blinking of a cursor and the effect of a button

    taken = [await take(Restless, (60, 40), act, drawn=True) for act in (press_and_linger, later)]
    assert differences(taken[0].text, taken[1].text) == []
    assert taken[0].svg == taken[1].svg


async def test_a_modal_that_is_awaited_is_at_rest_and_lets_the_screen_through() -> None:
    async def ask(pilot: Pilot[Any]) -> None:
        pilot.app.simulate_key("f2")

    taken = await take(Restless, (60, 40), ask)
    assert "Yes" in taken.text
    assert "loaded" in taken.text


async def test_resizing_is_over_when_settled() -> None:
    app = Restless()
    async with app.run_test(size=(60, 40)):
        for size in [(80, 24), (20, 8), (100, 30)]:
            await resize(app, *size)
            assert app.screen.size == size


async def test_work_is_waited_for_on_a_screen_that_nobody_waits_for() -> None:
    class Pushing(App[None]):
        async def on_mount(self) -> None:
            await self.push_screen(Question())
            self.look()

        @work
        async def look(self) -> None:
            await asyncio.sleep(0.05)
            self.screen.query_one(Button).label = "Seen"

    assert "Seen" in (await take(Pushing, (60, 40))).text


async def test_what_never_rests_is_named() -> None:
    class Busy(App[None]):
        @work(name="endless")
        async def on_mount(self) -> None:
            await asyncio.Event().wait()

    app = Busy()
    async with app.run_test():
        with pytest.raises(TimeoutError, match="worker endless"):
            await settle(app, seconds=0.1)


async def test_a_failing_app_is_not_a_picture() -> None:
    class Broken(App[None]):
        def on_mount(self) -> None:
            message = "broken"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="broken"):
        await take(Broken, (80, 24))


def test_pinning_comes_first_and_makes_the_environment_the_same() -> None:
    script = (
        "import sys; from mleg_tui.gallery.environment import pin; pin();"
        "assert not {'textual', 'rich'} & {*sys.modules};"
        "import os, time; os.environ.pop('LC_CTYPE', None);"  # Python's own, and LC_ALL wins
        "print(sorted(os.environ.items()), time.tzname)"
    )
    pictures = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PATH": "/usr/bin", **environ},
            check=True,
            capture_output=True,
        ).stdout
        for environ in (
            {},
            {"NO_COLOR": "1", "TEXTUAL_THEME": "dracula", "TERM": "dumb", "TZ": "Asia/Tokyo"},
            {"COLUMNS": "100", "CLICOLOR_FORCE": "1", "TEXTUAL": "debug", "LC_ALL": "C"},
        )
    }
    assert len(pictures) == 1
    assert b"CET" in pictures.pop()
