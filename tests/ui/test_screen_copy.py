"""A copy of a screen: what it holds, how it travels, and what is painted of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.app import App, ComposeResult
from textual.filter import Monochrome
from textual.strip import Strip
from textual.widgets import Static

from mleg_tui.domain.inert import is_inert
from mleg_tui.services.screen_copy import BadCopy, ScreenCopy
from mleg_tui.ui.classroom.screen_copy import Frame, copy_of, drawn, moved

SIZE = (20, 5)
FRAME = Frame(Strip.blank(4, Style.null()), Style(bgcolor="blue"))


class _Page(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("notice  12:00")
        yield Static("[bold]Zażółć[/] [@click=app.bell]gęślą[/]", id="first")
        yield Static("[link='https://example.org']jaźń[/]", id="second")


def text(copy: ScreenCopy) -> list[str]:
    return ["".join(line[1::2]).rstrip() for line in copy.lines]


def shown(copy: ScreenCopy, *how: object) -> list[str]:
    return [row.text.rstrip() for row in drawn(copy, SIZE, FRAME, *how)]  # type: ignore[arg-type]


async def taken() -> ScreenCopy:
    app = _Page()
    async with app.run_test(size=SIZE):
        return copy_of(app)


async def test_a_copy_holds_what_is_seen_and_how_but_not_what_a_click_does() -> None:
    copy = await taken()
    assert text(copy)[:3] == ["notice  12:00", "Zażółć gęślą", "jaźń"]
    assert copy.lines[1][0].startswith("bold ")
    assert not {"bell", "example"} & {*copy.as_text().replace(".", " ").split()}
    assert "example" not in copy.as_text()


async def test_it_arrives_as_it_was_sent_and_is_drawn_so() -> None:
    copy = await taken()
    arrived = ScreenCopy.from_text(copy.as_text())
    assert arrived == copy
    assert shown(arrived) == ["        12:00", "Zażółć gęślą", "jaźń", "", ""]
    first = next(iter(drawn(arrived, SIZE, FRAME)[1]))
    assert first.style
    assert first.style.bold


async def test_rows_that_are_the_same_are_drawn_once_for_all_who_see_them() -> None:
    copy = await taken()
    one, other = (drawn(ScreenCopy.from_text(copy.as_text()), SIZE, FRAME) for _ in range(2))
    assert all(row is same for row, same in zip(one[1:], other[1:], strict=True))


def test_a_larger_one_is_moved_below_its_first_row_and_no_further_than_its_end() -> None:
    lines = tuple(("", f"{number:02}" + "x" * 28) for number in range(9))
    copy = ScreenCopy(30, 9, lines)
    at = moved("down", (0, 0), copy, SIZE)
    assert at == (0, 1)
    assert [row[:6] for row in shown(copy, at)] == ["    xx", *(f"0{n}xxxx" for n in range(2, 6))]
    assert moved("end", at, copy, SIZE) == (10, 4)
    assert moved("home", (10, 4), copy, SIZE) == (0, 0)
    assert moved("x", at, copy, SIZE) == at
    assert moved("pagedown", (0, 0), ScreenCopy(10, 3, lines[:0]), SIZE) == (0, 0)


def test_a_smaller_one_leaves_the_rest_empty() -> None:
    copy = ScreenCopy(6, 2, (("", "abcdef"), ("", "ghijkl")))
    assert shown(copy) == ["    ef", "ghijkl", "", "", ""]
    assert {row.cell_length for row in drawn(copy, SIZE, FRAME)} == {SIZE[0]}


def test_a_terminal_without_colours_gets_none() -> None:
    copy = ScreenCopy(6, 2, (("", "abcdef"), ("#ff0000 on #00ff00", "ghijkl")))
    (segment, *_) = drawn(copy, SIZE, FRAME, (0, 0), [Monochrome()])[1]
    assert segment.style
    assert segment.style.color
    red, green, blue = segment.style.color.get_truecolor()
    assert red == green == blue


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "[80,24]",
        '["a",24,[],[]]',
        "\ud800",
        json.dumps((0, 24, (), ())),
        json.dumps((1000, 1000, (), ())),
        json.dumps((2, 1, ("",), ([], []))),
        json.dumps((2, 1, ("bold",), [[[0]]])),
        json.dumps((2, 1, ("bold",), [[[1, "a"]]])),
        json.dumps((2, 1, ("",), [[[0, "\x1b[2J"]]])),
        json.dumps((2, 1, ("",), [[[0, "\u202eab"]]])),
        json.dumps((2, 1, ("\x07",), [[[0, "a"]]])),
        json.dumps((2, 1, ("",), [[[0, "a" * 9]]])),
        "[" * 100_000,
        " " * 2_000_001,
    ],
)
def test_what_is_no_copy_is_refused(sent: str) -> None:
    with pytest.raises(BadCopy):
        ScreenCopy.from_text(sent)


@pytest.mark.parametrize(
    "style", ["no such style", "link https://example.org", "bold link https://example.org", "on"]
)
def test_a_style_does_nothing_but_to_colour(style: str) -> None:
    copy = ScreenCopy(20, 2, ((), (style, "text")))
    rows = drawn(copy, SIZE, FRAME)
    assert rows[1].text.rstrip() == "text"
    assert all((style or Style()).link is None for _text, style, _control in rows[1])


@given(
    st.lists(st.tuples(st.sampled_from(["", "bold", "on red"]), st.text(max_size=8)), max_size=4)
)
def test_any_inert_line_arrives_and_no_other_leaves(parts: list[tuple[str, str]]) -> None:
    line = tuple(piece for part in parts for piece in part)
    if is_inert("".join(line)):
        copy = ScreenCopy(20, 1, (line,))
        assert ScreenCopy.from_text(copy.as_text()) == copy
    else:
        with pytest.raises(BadCopy):
            ScreenCopy(20, 1, (line,))
