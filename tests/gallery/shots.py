"""Which pictures are kept, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mleg_tui.gallery.catalogue import SCENES, shoot
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.ui.themes import THEMES

GOLDENS = Path(__file__).parent / "goldens"
LANGUAGES = ("pl", "en")
SIZES = ((80, 24), (120, 40))
SMALLEST = (60, 20)
USUAL, *OTHER_THEMES = (theme.name for theme in THEMES)

# One screen of each kind: a form, a list with signs, the codes, a dialog, a list to choose from.
_IN_ALL_COLOURS = (
    "usosweb.login.refused",
    "usosweb.mlegitymacja.refused",
    "usosweb.mlegitymacja.ready",
    "usosweb.mlegitymacja.ask_revoke",
    "app.palette",
)
_AT_THE_SMALLEST = (*_IN_ALL_COLOURS, "usosweb.news", "usosweb.qr", "app.help", "app.store_failed")


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene in one language, size and colouring."""

    scene: str
    language: str
    size: tuple[int, int]
    theme: str = USUAL
    colourless: bool = False

    @property
    def file(self) -> str:
        width, height = self.size
        parts = [self.scene, self.language, f"{width}x{height}"]
        parts += [self.theme] if self.theme != USUAL else []
        parts += ["no-color"] if self.colourless else []
        return ".".join([*parts, "txt"])

    async def take(self, monkeypatch: pytest.MonkeyPatch) -> str:
        if self.colourless:
            monkeypatch.setenv("NO_COLOR", "1")
        picture = await shoot(
            SCENES[self.scene],
            MemoryStore,
            size=self.size,
            language=self.language,
            theme=self.theme,
        )
        return picture.text


def _all() -> Iterator[Shot]:
    for scene in SCENES.values():
        for language in LANGUAGES:
            for size in (scene.size,) if scene.size else SIZES:
                yield Shot(scene.name, language, size)
    for name in _AT_THE_SMALLEST:
        for language in LANGUAGES:
            yield Shot(name, language, SMALLEST)
    for name in _IN_ALL_COLOURS:
        for theme in OTHER_THEMES:
            yield Shot(name, "pl", SIZES[0], theme)
        yield Shot(name, "pl", SIZES[0], colourless=True)
    yield Shot("usosweb.mlegitymacja.ready", "pl", SIZES[0], "ansi", colourless=True)


SHOTS = tuple(_all())
