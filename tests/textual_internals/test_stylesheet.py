"""Styles are parsed and set once, and stay as they were when new ones are wrong. Textual 8.2.8."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.css.styles import Styles
from textual.css.stylesheet import StylesheetParseError
from textual.widgets import Static

from mleg_tui.textual_internals.stylesheet import SharedStylesheet
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.options import Options
from mleg_tui.ui.themes import THEMES


def test_rules_are_parsed_once_for_all_of_a_look() -> None:
    one, other = (SharedStylesheet(variables={"primary": "red"}) for _ in range(2))
    for sheet in (one, other):
        sheet.add_source("Static { color: $primary; }", read_from=("here", ""))
        sheet.parse()
    assert one.rules[0] is other.rules[0]
    one.set_variables({"primary": "blue"})
    one.reparse()
    assert one.rules[0] is not other.rules[0]
    third = other.copy()
    third.parse()
    assert third.rules[0] is other.rules[0]


def test_a_new_source_leaves_the_others_parsed() -> None:
    sheet = SharedStylesheet()
    for number in range(100):  # Textual remembers 64
        sheet.add_source(f"#a{number} {{ color: red; }}", read_from=(f"{number}", ""))
    sheet.parse()
    before = sheet.rules
    sheet.add_source("Label { color: red; }", read_from=("new", ""))
    sheet.reparse()
    assert all(now is then for now, then in zip(sheet.rules, before, strict=False))
    assert len(sheet.rules) == 101


def test_wrong_styles_change_nothing() -> None:
    sheet = SharedStylesheet()
    sheet.add_source("Label { color: red; }", read_from=("right", ""))
    before = sheet.rules
    sheet.add_source("Label { colour: red; }", read_from=("wrong", ""))
    with pytest.raises(StylesheetParseError):
        sheet.reparse()
    assert sheet._rules is before


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_an_app_begins_with_the_colours_of_its_theme(theme: str) -> None:
    app = DrawnApp(Options(theme=theme))
    began = app.stylesheet._variables
    async with app.run_test():
        assert app.stylesheet._variables == began


class Form(App[None]):
    CSS = """
        #one { color: red; width: 100%; height: 2; }
        #one.-on { color: blue; text-style: bold; }
        #other { opacity: 100%; transition: opacity 60s; }
        #other.-off { opacity: 0%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        self.animation_level = "full"

    def compose(self) -> ComposeResult:
        yield Static(id="one")
        yield Static(id="other")


async def test_only_a_rule_that_is_new_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []

    class Watched(Styles):
        def __setattr__(self, name: str, value: object) -> None:
            touched.append(name)
            super().__setattr__(name, value)

    async with Form().run_test() as pilot:
        static = pilot.app.query_one("#one", Static)
        monkeypatch.setattr(static.styles.base, "__class__", Watched)
        for on, color in ((True, "blue"), (False, "red")):
            touched.clear()
            static.set_class(on, "-on")
            assert {"color", "text_style"} <= {*touched}
            assert "height" not in touched
            assert static.styles.color == Color.parse(color)
            assert static.styles.text_style.bold is (True if on else None)
        assert str(static.styles.height) == "2"


async def test_a_rule_with_a_transition_still_moves() -> None:
    async with Form().run_test() as pilot:
        static = pilot.app.query_one("#other", Static)
        static.add_class("-off")
        assert pilot.app.animator.is_being_animated(static.styles.base, "opacity")
        assert static.styles.opacity > 0
