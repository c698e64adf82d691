"""That a scanner reads the code off the screen in every circumstance, or a hint is there."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Footer, Static

from mleg_tui.qr import encode
from mleg_tui.textual_internals.settle import resize, settle, strips
from mleg_tui.ui.widgets.qr import QrView
from tests.end_to_end.qr_reader import LIGHT, SOLARIZED, XTERM, scan, spaces_read
from tests.end_to_end.terminal import Cell, Terminal

if TYPE_CHECKING:
    from rich.color import Color

    from tests.end_to_end.qr_reader import Palette

TOKEN = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
LOWER = TOKEN.lower()


class QrApp(App[None]):
    """A code between other things, in a container that keeps what is left."""

    def __init__(self, content: str, *, ansi_color: bool = False, above: int = 0) -> None:
        super().__init__(ansi_color=ansi_color)
        self.content = content
        self.above = above

    def compose(self) -> ComposeResult:
        with Vertical():
            for _ in range(self.above):
                yield Static("above")
            yield QrView(self.content)
        yield Footer()


def shown(app: App[None]) -> list[list[Cell]]:
    return [
        [
            Cell(char, colour(style.color), colour(style.bgcolor))
            for text, style in ((part.text, part.style or Style.null()) for part in strip)
            for char in text
        ]
        for strip in strips(app)
    ]


def colour(value: Color | None) -> str:
    if value is None or value.is_default:
        return "default"
    return value.get_truecolor().hex.removeprefix("#")


def draws_modules(app: App[None]) -> bool:
    return any(Cell("▄", "000000", "ffffff") in row for row in shown(app))


def text_of(app: App[None]) -> str:
    return " ".join(" ".join(strip.text for strip in strips(app)).split())


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord", "ansi-dark"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (33, 18)])
async def test_the_widget_is_read_in_every_theme(
    monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int], *, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = QrApp(TOKEN)
    app.theme = theme
    async with app.run_test(size=size):
        await settle(app)
        assert scan(shown(app)) == TOKEN
        assert app.query_one(QrView).region.size == encode(TOKEN).cells()
        assert app.query_one(QrView).shows_code
        assert scan(shown(app), gap=2) == TOKEN
        assert "▀" not in text_of(app)


@pytest.mark.parametrize(("theme", "palette"), [("ansi-dark", XTERM), ("ansi-light", LIGHT)])
async def test_without_colours_ink_follows_the_theme_and_can_be_inverted(
    monkeypatch: pytest.MonkeyPatch, theme: str, palette: dict[str, str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = QrApp(TOKEN, ansi_color=True)
    app.theme = theme
    other = LIGHT if palette is XTERM else XTERM
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert scan(shown(app), palette) == TOKEN
        assert scan(shown(app), other) is None
        app.query_one(QrView).inverted = True
        await settle(app)
        assert scan(shown(app), palette) is None
        assert scan(shown(app), other) == TOKEN


async def test_the_quiet_zone_narrows_then_a_hint_says_how_large_the_window_must_be() -> None:
    app = QrApp(TOKEN)
    view = QrView
    async with app.run_test(size=(29, 16)):
        await settle(app)
        assert app.query_one(view).region.size == (29, 15)
        assert scan(shown(app)) == TOKEN
        for size in [(28, 16), (29, 15), (20, 8)]:
            await resize(app, *size)
            needed = f"{max(29, size[0])}×{max(16, size[1])}"
            assert f"Powiększ okno do {needed}, żeby zobaczyć kod QR." in text_of(app)
            assert not app.query_one(view).shows_code
            assert not draws_modules(app)
        await resize(app, 33, 18)
        assert app.query_one(view).region.size == (33, 17)
        assert scan(shown(app)) == TOKEN


async def test_a_code_is_never_clipped_by_what_is_around_it() -> None:
    app = QrApp(TOKEN, above=3)
    async with app.run_test(size=(80, 20)):  # 16 rows left: the narrow quiet zone
        await settle(app)
        assert scan(shown(app)) == TOKEN
        await resize(app, 80, 18)  # 14 rows left
        assert "Przewiń stronę, żeby zobaczyć cały kod QR." in text_of(app)
        assert not draws_modules(app)


async def test_a_code_scrolled_partly_away_is_not_drawn() -> None:
    class Scrolled(App[None]):
        def compose(self) -> ComposeResult:
            with VerticalScroll():
                yield Static("\n" * 12)
                yield QrView(TOKEN)
                yield Static("\n" * 12)

    app = Scrolled()
    async with app.run_test(size=(80, 20)):
        await settle(app)
        assert not app.query_one(QrView).shows_code
        app.query_one(VerticalScroll).scroll_to(y=12, animate=False)
        await settle(app)
        assert scan(shown(app)) == TOKEN
        app.query_one(VerticalScroll).scroll_to(y=22, animate=False)
        await settle(app)
        assert not app.query_one(QrView).shows_code
        assert not draws_modules(app)


async def test_another_text_is_another_code_and_none_is_nothing() -> None:
    app = QrApp(TOKEN)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        app.query_one(QrView).content = LOWER
        await settle(app)
        assert scan(shown(app)) == LOWER
        assert app.query_one(QrView).region.size == (37, 19)
        app.query_one(QrView).content = ""
        await settle(app)
        assert app.query_one(QrView).region.size == (0, 0)


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_a_large_code_is_read_with_space_between_the_lines(
    monkeypatch: pytest.MonkeyPatch, theme: str, *, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = QrApp(LOWER)
    app.theme = theme
    async with app.run_test(size=(120, 40)):
        await settle(app)
        view = app.query_one(QrView)
        assert view.region.size == (37, 19)
        assert view.window_for_large is None
        view.large = True
        await settle(app)
        assert view.region.size == (74, 37)
        assert view.is_large
        assert spaces_read(shown(app)) == {LOWER}
        assert not {"▀", "▄"} & set(text_of(app))


async def test_a_large_code_gives_way_to_the_small_one_where_it_does_not_fit() -> None:
    app = QrApp(LOWER)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        view = app.query_one(QrView)
        assert view.window_for_large == (80, 34)
        view.large = True
        await settle(app)
        assert view.region.size == (37, 19)
        await resize(app, 80, 34)
        assert view.region.size == (66, 33)  # the narrow quiet zone
        assert spaces_read(shown(app)) == {LOWER}


def reads_token(terminal: Terminal, palette: Palette) -> bool:
    return scan(terminal.cells(), palette) == TOKEN


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"COLORTERM": None},
        {"COLORTERM": None, "TERM": "linux"},
        {"NO_COLOR": "1"},
    ],
    ids=["truecolor", "256", "16", "no-color"],
)
def test_the_code_is_read_off_a_terminal(environ: dict[str, str | None]) -> None:
    with Terminal([sys.executable, "-m", "tests.ui.qr_app", TOKEN], environ=environ) as terminal:
        for palette in (XTERM, LIGHT, SOLARIZED):
            terminal.wait_for(partial(reads_token, palette=palette))
