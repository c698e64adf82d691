"""Four looks: USOSweb light and dark, high contrast, and the terminal's own colours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.theme import Theme

from mleg_tui.domain.messages import N_, MessageId

_FOCUS = {
    "block-cursor-text-style": "bold",
    "footer-background": "#0b2a4f",
    "footer-foreground": "#ffffff",
}

LIGHT = Theme(
    name="usosweb",
    primary="#1f4e8c",
    secondary="#2b5f9e",
    accent="#8a4b00",
    success="#14642b",
    warning="#7a4b00",
    error="#a61b14",
    foreground="#15191f",
    background="#ffffff",
    surface="#f2f5fa",
    panel="#dfe8f4",
    dark=False,
    text_alpha=1.0,
    variables=_FOCUS
    | {
        "bar-background": "#0b2a4f",
        "bar-foreground": "#ffffff",
        "tab-background": "#1f4e8c",
        "tab-foreground": "#ffffff",
        "tab-greyed": "#b9c8dc",
        "notice-background": "#ffe9a8",
        "notice-foreground": "#4a2c00",
        "quiet": "#4d5763",
        "button-foreground": "#ffffff",
        "input-cursor-background": "#15191f",
        "input-cursor-foreground": "#ffffff",
    },
)

DARK = Theme(
    name="usosweb-dark",
    primary="#8ab4f8",
    secondary="#a8c7fa",
    accent="#ffc46b",
    success="#7bd88f",
    warning="#ffc46b",
    error="#ff8a80",
    foreground="#e6edf5",
    background="#10161f",
    surface="#18212e",
    panel="#22303f",
    dark=True,
    text_alpha=1.0,
    variables=_FOCUS
    | {
        "bar-background": "#0a1a30",
        "bar-foreground": "#e6edf5",
        "tab-background": "#173a66",
        "tab-foreground": "#e6edf5",
        "tab-greyed": "#9fb2ca",
        "notice-background": "#4a3a08",
        "notice-foreground": "#ffe9a8",
        "quiet": "#a9b5c4",
        "button-foreground": "#0a1420",
        "footer-background": "#0a1a30",
        "footer-foreground": "#e6edf5",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#ffff00",
    success="#66ff66",
    warning="#ffff00",
    error="#ff9999",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    text_alpha=1.0,
    variables=_FOCUS
    | {
        "bar-background": "#000000",
        "bar-foreground": "#ffffff",
        "tab-background": "#000000",
        "tab-foreground": "#ffffff",
        "tab-greyed": "#c8c8c8",
        "notice-background": "#ffff00",
        "notice-foreground": "#000000",
        "quiet": "#ffffff",
        "button-foreground": "#000000",
        "footer-background": "#000000",
        "footer-foreground": "#ffffff",
    },
)

ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    success="ansi_green",
    warning="ansi_red",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_bright_blue",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_bright_blue",
        "screen-selection-foreground": "ansi_black",
        "bar-background": "ansi_blue",
        "bar-foreground": "ansi_bright_white",
        "tab-background": "ansi_default",
        "tab-foreground": "ansi_default",
        "tab-greyed": "ansi_default",
        "notice-background": "ansi_yellow",
        "notice-foreground": "ansi_black",
        "quiet": "ansi_default",
        "button-foreground": "ansi_bright_white",
        "footer-background": "ansi_default",
        "footer-foreground": "ansi_default",
    },
)

THEMES: tuple[Theme, ...] = (LIGHT, DARK, CONTRAST, ANSI)

THEME_LABELS: Mapping[str, MessageId] = MappingProxyType(
    {
        "usosweb": N_("jasny USOSweb"),
        "usosweb-dark": N_("ciemny USOSweb"),
        "contrast": N_("wysoki kontrast"),
        "ansi": N_("kolory terminala"),
    }
)


def next_theme(name: str) -> str:
    """Return the name of the theme after this one, round and round."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)]
