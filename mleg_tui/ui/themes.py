"""Four looks: USOSweb light and dark, high contrast, and the terminal's own colours.

Each has two worlds: what the real systems show, and what the simulator adds (``simulator-*``).
``edge`` is drawn around fields, buttons and cards, ``danger`` around what destroys something;
``chip-*`` are the colours of a state. A terminal's own colours may be on a light or a dark ground,
so that text on the ground has the terminal's colour for text there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.theme import Theme

from mleg_tui.ui.settings import THEME_LABELS

_Colours = Mapping[str, tuple[str, str, str, str]]
"""Name → the colour in each theme, in the order of their names."""

_COLOURS: _Colours = {
    "primary": ("#1f4e8c", "#8ab4f8", "#ffff00", "ansi_default"),
    "secondary": ("#2b5f9e", "#a8c7fa", "#ffffff", "ansi_blue"),
    "accent": ("#0b2a4f", "#d6e6ff", "#ffffff", "ansi_magenta"),
    "success": ("#14642b", "#7bd88f", "#66ff66", "ansi_default"),
    "warning": ("#7a4b00", "#ffc46b", "#ffff00", "ansi_default"),
    "error": ("#a61b14", "#ff8a80", "#ff9999", "ansi_default"),
    "foreground": ("#15191f", "#e6edf5", "#ffffff", "ansi_default"),
    "background": ("#ffffff", "#10161f", "#000000", "ansi_default"),
    "surface": ("#f2f5fa", "#18212e", "#000000", "ansi_default"),
    "panel": ("#dfe8f4", "#22303f", "#000000", "ansi_default"),
}
_VARIABLES: _Colours = {
    "footer-background": ("#0b2a4f", "#0a1a30", "#000000", "ansi_default"),
    "footer-foreground": ("#ffffff", "#e6edf5", "#ffffff", "ansi_default"),
    "bar-background": ("#0b2a4f", "#0a1a30", "#000000", "ansi_blue"),
    "bar-foreground": ("#ffffff", "#e6edf5", "#ffffff", "ansi_bright_white"),
    "tab-background": ("#1f4e8c", "#173a66", "#000000", "ansi_default"),
    "tab-foreground": ("#ffffff", "#e6edf5", "#ffffff", "ansi_default"),
    "tab-greyed": ("#b9c8dc", "#9fb2ca", "#c8c8c8", "ansi_default"),
    "simulator-background": ("#fff3cd", "#33270a", "#ffff00", "ansi_yellow"),
    "simulator-foreground": ("#7a4b00", "#ffd97a", "#000000", "ansi_black"),
    "simulator-edge": ("#9a6500", "#c79a3a", "#000000", "ansi_black"),
    "simulator-greyed": ("#8a6420", "#c9a95a", "#333300", "ansi_black"),
    "simulator-marked-background": ("#7a4b00", "#ffd97a", "#000000", "ansi_black"),
    "simulator-marked-foreground": ("#fff3cd", "#241a00", "#ffff00", "ansi_bright_white"),
    "edge": ("#6a7f9e", "#7f93ae", "#ffffff", "ansi_default"),
    "danger": ("#a61b14", "#ff8a80", "#ff9999", "ansi_red"),
    "chip-moving-foreground": ("#1f4e8c", "#8ab4f8", "#000000", "ansi_bright_white"),
    "chip-moving-background": ("#dfe8f4", "#1b2f4d", "#ffffff", "ansi_blue"),
    "chip-good-foreground": ("#14642b", "#7bd88f", "#000000", "ansi_black"),
    "chip-good-background": ("#dff3e4", "#12331c", "#66ff66", "ansi_green"),
    "chip-bad-foreground": ("#a61b14", "#ff8a80", "#000000", "ansi_bright_white"),
    "chip-bad-background": ("#fde2e0", "#3d1715", "#ff9999", "ansi_red"),
    "chip-over-foreground": ("#4d5763", "#a9b5c4", "#ffffff", "ansi_black"),
    "chip-over-background": ("#e3e8ef", "#2a3644", "#000000", "ansi_white"),
    "button-background": ("#1f4e8c", "#8ab4f8", "#ffff00", "ansi_blue"),
    "quiet": ("#4d5763", "#a9b5c4", "#ffffff", "ansi_default"),
    "button-foreground": ("#ffffff", "#0a1420", "#000000", "ansi_bright_white"),
}
_LIGHT_ONLY = {"input-cursor-background": "#15191f", "input-cursor-foreground": "#ffffff"}
_ANSI_ONLY = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_black",
    "block-cursor-foreground": "ansi_black",
    "block-cursor-background": "ansi_white",
    "input-cursor-background": "ansi_white",
    "input-cursor-foreground": "ansi_black",
    "input-selection-background": "ansi_cyan",
    "input-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_cyan",
    "screen-selection-foreground": "ansi_black",
}


def _theme(number: int, more: Mapping[str, str], *, dark: bool, **settings: Any) -> Theme:
    settings |= {name: colours[number] for name, colours in _COLOURS.items()}
    variables = {name: colours[number] for name, colours in _VARIABLES.items()}
    variables |= {"block-cursor-text-style": "bold", **more}
    return Theme([*THEME_LABELS][number], dark=dark, variables=variables, **settings)


LIGHT = _theme(0, _LIGHT_ONLY, dark=False, text_alpha=1.0)
ANSI = _theme(3, _ANSI_ONLY, dark=True, ansi=True, boost="ansi_default")
THEMES = (
    LIGHT,
    _theme(1, {}, dark=True, text_alpha=1.0),
    _theme(2, {}, dark=True, text_alpha=1.0),
    ANSI,
)


def next_theme(name: str) -> str:
    """Return the name of the theme after this one, round and round."""
    names = [*THEME_LABELS]
    return names[(names.index(name) + 1) % len(names)]
