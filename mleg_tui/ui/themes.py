"""Four looks: USOSweb light and dark, high contrast, and the terminal's own colours.

Each has two worlds: what the real systems show, and what the simulator adds (``simulator-*``).
``edge`` is drawn around fields, buttons and cards, ``danger`` around what destroys something;
``chip-*`` are the colours of a state. A terminal's own colours may be on a light or a dark ground,
so that text on the ground has the terminal's colour for text there.
"""

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
    accent="#0b2a4f",
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
        "simulator-background": "#fff3cd",
        "simulator-foreground": "#7a4b00",
        "simulator-edge": "#9a6500",
        "simulator-greyed": "#8a6420",
        "simulator-marked-background": "#7a4b00",
        "simulator-marked-foreground": "#fff3cd",
        "edge": "#6a7f9e",
        "danger": "#a61b14",
        "chip-moving-foreground": "#1f4e8c",
        "chip-moving-background": "#dfe8f4",
        "chip-good-foreground": "#14642b",
        "chip-good-background": "#dff3e4",
        "chip-bad-foreground": "#a61b14",
        "chip-bad-background": "#fde2e0",
        "chip-over-foreground": "#4d5763",
        "chip-over-background": "#e3e8ef",
        "button-background": "#1f4e8c",
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
    accent="#d6e6ff",
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
        "simulator-background": "#33270a",
        "simulator-foreground": "#ffd97a",
        "simulator-edge": "#c79a3a",
        "simulator-greyed": "#c9a95a",
        "simulator-marked-background": "#ffd97a",
        "simulator-marked-foreground": "#241a00",
        "edge": "#7f93ae",
        "danger": "#ff8a80",
        "chip-moving-foreground": "#8ab4f8",
        "chip-moving-background": "#1b2f4d",
        "chip-good-foreground": "#7bd88f",
        "chip-good-background": "#12331c",
        "chip-bad-foreground": "#ff8a80",
        "chip-bad-background": "#3d1715",
        "chip-over-foreground": "#a9b5c4",
        "chip-over-background": "#2a3644",
        "button-background": "#8ab4f8",
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
    accent="#ffffff",
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
        "simulator-background": "#ffff00",
        "simulator-foreground": "#000000",
        "simulator-edge": "#000000",
        "simulator-greyed": "#333300",
        "simulator-marked-background": "#000000",
        "simulator-marked-foreground": "#ffff00",
        "edge": "#ffffff",
        "danger": "#ff9999",
        "chip-moving-foreground": "#000000",
        "chip-moving-background": "#ffffff",
        "chip-good-foreground": "#000000",
        "chip-good-background": "#66ff66",
        "chip-bad-foreground": "#000000",
        "chip-bad-background": "#ff9999",
        "chip-over-foreground": "#ffffff",
        "chip-over-background": "#000000",
        "button-background": "#ffff00",
        "quiet": "#ffffff",
        "button-foreground": "#000000",
        "footer-background": "#000000",
        "footer-foreground": "#ffffff",
    },
)

ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_blue",
    accent="ansi_magenta",
    success="ansi_default",
    warning="ansi_default",
    error="ansi_default",
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
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "bar-background": "ansi_blue",
        "bar-foreground": "ansi_bright_white",
        "tab-background": "ansi_default",
        "tab-foreground": "ansi_default",
        "tab-greyed": "ansi_default",
        "simulator-background": "ansi_yellow",
        "simulator-foreground": "ansi_black",
        "simulator-edge": "ansi_black",
        "simulator-greyed": "ansi_black",
        "simulator-marked-background": "ansi_black",
        "simulator-marked-foreground": "ansi_bright_white",
        "edge": "ansi_default",
        "danger": "ansi_red",
        "chip-moving-foreground": "ansi_bright_white",
        "chip-moving-background": "ansi_blue",
        "chip-good-foreground": "ansi_black",
        "chip-good-background": "ansi_green",
        "chip-bad-foreground": "ansi_bright_white",
        "chip-bad-background": "ansi_red",
        "chip-over-foreground": "ansi_black",
        "chip-over-background": "ansi_white",
        "button-background": "ansi_blue",
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
