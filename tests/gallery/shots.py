"""Which pictures are kept here: the usual ones, and a few more sizes and colours."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.gallery.album import COLOURLESS, DEFAULT_SIZES, PLAIN, Choice
from mleg_tui.gallery.folder import Folder
from mleg_tui.ui.settings import DEFAULT_THEME, THEME_LABELS

GOLDENS = Folder(Path(__file__).parent / "goldens")
SMALLEST = (60, 20)

# One screen of each kind: a form, a list with signs, the codes, a dialog, a list to choose from.
_IN_ALL_COLOURS = (
    "usosweb.login.refused",
    "usosweb.mlegitymacja.refused",
    "usosweb.mlegitymacja.ready",
    "usosweb.mlegitymacja.ask_revoke",
    "app.palette",
    "app.jump",
)
_AT_THE_SMALLEST = (
    *_IN_ALL_COLOURS,
    "usosweb.news",
    "usosweb.qr",
    "office.class",
    "app.help",
    "app.store_failed",
)
_IN_PLAIN = (
    "usosweb.login",
    "usosweb.mlegitymacja.none",
    "usosweb.mlegitymacja.ready",
    "usosweb.mlegitymacja.ask_revoke",
    "usosweb.students.menu",
    "usosweb.qr",
    "usosweb.payments",
    "mobywatel.documents",
    "usosweb.staff_orders",
    "office.class",
    "app.help",
)
_OTHER_COLOURS = (
    *(name for name in THEME_LABELS if name != DEFAULT_THEME),
    COLOURLESS,
)

_CHOICES = (
    Choice(),
    Choice(only=_AT_THE_SMALLEST, sizes=[SMALLEST]),
    Choice(only=_IN_ALL_COLOURS, languages=["pl"], sizes=DEFAULT_SIZES[:1], themes=_OTHER_COLOURS),
    Choice(
        only=["usosweb.mlegitymacja.ready"],
        languages=["pl"],
        sizes=DEFAULT_SIZES[:1],
        themes=[f"ansi.{COLOURLESS}"],
    ),
    Choice(only=_IN_PLAIN, sizes=DEFAULT_SIZES[:1], themes=[PLAIN]),
)

SHOTS = tuple(shot for choice in _CHOICES for shot in choice.shots())
