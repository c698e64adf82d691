"""Text can be read in every theme: at least 4.5 to 1, as WCAG 2 asks for."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from mleg_tui.ui.themes import ANSI, THEMES

LEAST = 4.5
PAIRS = [
    ("foreground", ("background", "surface", "panel")),
    ("primary", ("background", "surface")),
    ("error", ("background", "surface")),
    ("success", ("background", "surface")),
    ("quiet", ("background", "surface", "panel")),
    ("button-foreground", ("primary", "secondary", "accent")),
    ("bar-foreground", ("bar-background",)),
    ("tab-foreground", ("tab-background",)),
    ("tab-greyed", ("tab-background",)),
    ("notice-foreground", ("notice-background",)),
    ("footer-foreground", ("footer-background",)),
    ("input-cursor-foreground", ("input-cursor-background",)),
]


@pytest.mark.parametrize(
    ("text", "paper"), [(text, paper) for text, papers in PAIRS for paper in papers]
)
@pytest.mark.parametrize(
    "theme", [theme for theme in THEMES if theme is not ANSI], ids=lambda theme: theme.name
)
def test_text_stands_out_from_its_background(theme: Theme, text: str, paper: str) -> None:
    # Colours of the terminal's own palette are its owner's choice.
    colours = {**theme.to_color_system().generate(), **theme.variables}
    contrast = ratio(Color.parse(colours[text]), Color.parse(colours[paper]))
    assert contrast >= LEAST, f"{contrast:.2f}"


def test_the_measure_is_the_usual_one() -> None:
    assert ratio(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert ratio(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


def ratio(one: Color, other: Color) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
