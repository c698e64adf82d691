"""The generated pictures that stand in for photos; none shows a person (docs/domain.md §13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mleg_tui.domain.messages import N_, MessageId

SIDE = 12
"""Pixels in a row and in a column."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A square of pixels. Each letter of a row names a colour of ``palette``, as ``#rrggbb``.

    ``dark`` are the letters that carry the drawing where there are no colours.
    """

    name: MessageId
    palette: Mapping[str, str]
    rows: tuple[str, ...]
    dark: str

    def __post_init__(self) -> None:
        if len(self.rows) != SIDE or any(len(row) != SIDE for row in self.rows):
            message = f"a picture has {SIDE}×{SIDE} pixels"
            raise ValueError(message)
        if not set("".join(self.rows)) | set(self.dark) <= set(self.palette):
            message = "a pixel has no colour"
            raise ValueError(message)


_ROBOT = Picture(
    N_("robot"),
    {".": "#cfe3f2", "g": "#7d8a99", "d": "#2d3640", "y": "#ffd23f", "r": "#d64545"},
    (
        ".....rr.....",
        ".....dd.....",
        "..gggggggg..",
        "..gggggggg..",
        ".dgyyggyygd.",
        ".dgydggydgd.",
        "..gggggggg..",
        "..gddddddg..",
        "..gdgdgdgg..",
        "..gggggggg..",
        "....dddd....",
        ".gggggggggg.",
    ),
    "gd",
)
_CAT = Picture(
    N_("kot"),
    {".": "#fde9c9", "g": "#8d8478", "d": "#2b2622", "w": "#ffffff", "p": "#e58f9b"},
    (
        ".g........g.",
        ".gg......gg.",
        ".gpg....gpg.",
        ".gggggggggg.",
        ".gggggggggg.",
        ".ggdggggdgg.",
        ".ggdggggdgg.",
        "d.gggppggg.d",
        ".dgwwddwwgd.",
        "d.gwdwwdwg.d",
        "..ggwwwwgg..",
        "...gggggg...",
    ),
    "gd",
)
_OWL = Picture(
    N_("sowa"),
    {
        ".": "#dfe7f5",
        "b": "#7a5230",
        "c": "#c79a63",
        "w": "#ffffff",
        "d": "#20160d",
        "o": "#f39c12",
    },
    (
        ".b........b.",
        ".bb......bb.",
        ".bbbbbbbbbb.",
        ".bwwwbbwwwb.",
        ".bwdwbbwdwb.",
        ".bwwwoowwwb.",
        ".bbbboobbbb.",
        ".bbcbccbcbb.",
        ".bcbccccbcb.",
        ".bbcbccbcbb.",
        "..bbbbbbbb..",
        "...oo..oo...",
    ),
    "bd",
)
_FOX = Picture(
    N_("lis"),
    {".": "#e4f2e1", "o": "#d9722b", "w": "#ffffff", "d": "#2a1a10", "b": "#8a3f12"},
    (
        "oo........oo",
        "obo......obo",
        "obbo....obbo",
        "oooooooooooo",
        "oooooooooooo",
        "ooddooooddoo",
        "wooddooddoow",
        "wwwooooooww.",
        ".wwwwoowwww.",
        "..wwwwwwww..",
        "....wddw....",
        ".....ww.....",
    ),
    "obd",
)
_HARE = Picture(
    N_("zając"),
    {".": "#e9f0d8", "g": "#a88f70", "p": "#e7b3a6", "d": "#2c231a", "w": "#ffffff"},
    (
        "..gg....gg..",
        "..gpg..gpg..",
        "..gpg..gpg..",
        "..gpg..gpg..",
        "..gggggggg..",
        ".gggggggggg.",
        ".ggdggggdgg.",
        ".ggdggggdgg.",
        ".gggwppwggg.",
        ".ggwwddwwgg.",
        "..ggwddwgg..",
        "....wwww....",
    ),
    "gd",
)
_BEAR = Picture(
    N_("niedźwiedź"),
    {".": "#d8ecf3", "b": "#6b4423", "c": "#b88a5b", "d": "#1d120a", "p": "#c98f7a"},
    (
        ".bb......bb.",
        "bppb....bppb",
        "bbbbbbbbbbbb",
        ".bbbbbbbbbb.",
        ".bbdbbbbdbb.",
        ".bbdbbbbdbb.",
        ".bbbccccbbb.",
        ".bbccddccbb.",
        ".bbccddccbb.",
        ".bbcdccdcbb.",
        "..bbccccbb..",
        "...bbbbbb...",
    ),
    "bd",
)

PICTURES: Mapping[str, Picture] = {
    "robot": _ROBOT,
    "cat": _CAT,
    "owl": _OWL,
    "fox": _FOX,
    "hare": _HARE,
    "bear": _BEAR,
}
"""Name in the data → picture."""
