"""A set of snapshots: which belong to it, and how they are taken on all cores."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import shlex
import signal
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import University
from mleg_tui.gallery import environment
from mleg_tui.gallery.beginning import NewStore, founded
from mleg_tui.gallery.elsewhere import missing
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech, advice_of, message_of, speak, speech
from mleg_tui.services.campus import known_university
from mleg_tui.ui.settings import DEFAULT_THEME, THEME_LABELS

if TYPE_CHECKING:
    from mleg_tui.gallery.picture import Picture

DEFAULT_SIZES = ((80, 24), (120, 40))
COLOURLESS = "no-color"
"""In place of a theme, or behind one: as on a terminal where NO_COLOR is set."""
PLAIN = "plain"
"""In place of a theme: as with ``--plain``."""
_OPTIONS = ("--only", "--lang", "--size", "--theme", "--university")
_NAME = re.compile(r"([^@]+)(?:@(.+))?\.([a-z]{2})\.(\d+)x(\d+)(?:\.(.+))?")


class NoSuchScreen(BadInput):
    """Nothing in the catalogue matches."""

    message = N_("Żaden ekran nie pasuje do „{pattern}”.")
    advice = N_("Listę ekranów podaje: mleg-tui screens list")


class NoSuchTheme(BadInput):
    """No look of the program has this name."""

    message = N_("Nie ma motywu „{theme}”.")
    advice = N_("Motywy: {themes}.")


@dataclass(frozen=True, slots=True, order=True)
class Shot:
    """One picture to be taken: a scene in a language, at a size, in a theme.

    With a ``university``, as it is there; otherwise where the catalogue has it played.
    """

    scene: str
    language: str
    width: int
    height: int
    theme: str = DEFAULT_THEME
    university: str = ""

    @property
    def name(self) -> str:
        """The picture's name, without the ending of its file."""
        theme = "" if self.theme == DEFAULT_THEME else f".{self.theme}"
        place = f"@{self.university}" if self.university else ""
        return f"{self.scene}{place}.{self.language}.{self.width}x{self.height}{theme}"

    @classmethod
    def named(cls, name: str) -> Shot | None:
        """Return the picture that has this name, whether or not it is in the catalogue."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        scene, university, language, width, height, theme = match.groups()
        size = int(width), int(height)
        return cls(scene, language, *size, theme or DEFAULT_THEME, university or "")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pictures of the catalogue are meant; what is left open takes in all that is usual."""

    only: Collection[str] = ()
    languages: Collection[str] = ()
    sizes: Collection[tuple[int, int]] = ()
    themes: Collection[str] = ()
    universities: Collection[str] = ()

    def shots(self) -> tuple[Shot, ...]:
        """Return them in the order of the catalogue.

        Raises ``NoSuchScreen`` for a pattern that matches nothing, and ``NoSuchTheme``.
        """
        from mleg_tui.gallery.catalogue import SCENES

        for pattern in self.only:
            if not any(fnmatchcase(name, pattern) for name in SCENES):
                raise NoSuchScreen(pattern=pattern)
        _check_themes(self.themes)
        return tuple(
            Shot(scene.name, language, width, height, theme, university)
            for university in self.universities or ("",)
            for scene in SCENES.values()
            if self._wants(scene.name)
            for language in self.languages or LANGUAGES
            for width, height in ([scene.size] if scene.size else self.sizes or DEFAULT_SIZES)
            for theme in self.themes or (DEFAULT_THEME,)
        )

    @property
    def options(self) -> str:
        """The choice as the command takes it, such as ``--only=app.* --size=80x24``."""
        sizes = (f"{width}x{height}" for width, height in self.sizes)
        all_given = (self.only, self.languages, sizes, self.themes, self.universities)
        given = zip(_OPTIONS, all_given, strict=True)
        return " ".join(
            f"{option}={shlex.quote(value)}" for option, values in given for value in values
        )

    @classmethod
    def from_options(cls, options: str) -> Choice:
        """Return the choice that is told so. Raises ``ValueError`` for what is not."""
        given: dict[str, list[str]] = defaultdict(list)
        for word in shlex.split(options):
            option, _equals, value = word.partition("=")
            if option not in _OPTIONS:
                raise ValueError(option)
            given[option].append(value)
        only, languages, told, themes, universities = (tuple(given[option]) for option in _OPTIONS)
        pairs = (size.split("x") for size in told)
        sizes = tuple((int(width), int(height)) for width, height in pairs)
        return cls(only, languages, sizes, themes, universities)

    def concerns(self, shot: Shot) -> bool:
        """Tell whether a picture, which may be of a former catalogue, is among those meant."""
        return (
            self._wants(shot.scene)
            and (not self.languages or shot.language in self.languages)
            and (not self.sizes or (shot.width, shot.height) in self.sizes)
            and (not self.themes or shot.theme in self.themes)
            and shot.university in (self.universities or ("",))
        )

    def _wants(self, scene: str) -> bool:
        return not self.only or any(fnmatchcase(scene, pattern) for pattern in self.only)


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was taken: its text, and its SVG if asked for; or why it could not be."""

    shot: Shot
    text: str = ""
    svg: str | None = None
    problem: str = ""


def take(
    shot: Shot, new_store: NewStore, *, data: Path | None = None, drawn: bool = False
) -> Taken:
    """Take one picture in this process, whose environment is pinned."""
    try:
        with _colours(left_out=shot.theme.endswith(COLOURLESS)):
            picture = asyncio.run(_shoot(shot, new_store, data=data, drawn=drawn))
    except MlegError as error:
        return Taken(shot, problem=f"{message_of(error)}\n{advice_of(error)}")
    except Exception as error:  # noqa: BLE001 - with other demo data a scene may be impossible
        return Taken(shot, problem=f"{type(error).__name__}: {error}")
    return Taken(shot, picture.text, picture.svg)


async def _shoot(shot: Shot, new_store: NewStore, *, data: Path | None, drawn: bool) -> Picture:
    from mleg_tui.gallery.catalogue import SCENES, shoot

    if shot.scene not in SCENES:
        raise NoSuchScreen(pattern=shot.scene)
    _check_themes([shot.theme])
    return await shoot(
        SCENES[shot.scene],
        new_store,
        size=(shot.width, shot.height),
        language=shot.language,
        theme=_theme_of(shot),
        plain=shot.theme == PLAIN,
        data=data,
        university=shot.university or None,
        drawn=drawn,
    )


def _theme_of(shot: Shot) -> str:
    if shot.theme == PLAIN:
        return DEFAULT_THEME
    return shot.theme.removesuffix(COLOURLESS).removesuffix(".") or DEFAULT_THEME


def left_out(
    wanted: Iterable[Shot], new_store: NewStore, *, data: Path | None
) -> dict[Shot, MessageId]:
    """Return the pictures that make no sense at their university, and why.

    Raises ``UnknownUniversity``.
    """
    from mleg_tui.gallery.catalogue import SCENES

    @cache
    def profile(id: str) -> University:
        return founded(new_store, data).read(lambda view: known_university(view, id))

    needs = (
        (shot, missing(shot.scene, SCENES[shot.scene].steps, profile(shot.university)))
        for shot in wanted
        if shot.university
    )
    return {shot: need.reason for shot, need in needs if need is not None}


def take_all(
    wanted: Collection[Shot], new_store: NewStore, *, data: Path | None, jobs: int, drawn: bool
) -> Iterator[Taken]:
    """Take the pictures in so many processes, and yield them in order.

    ``data`` is a folder of demo data other than the program's own; ``drawn`` asks for SVG.
    """
    one = partial(take, new_store=new_store, data=data, drawn=drawn)
    if jobs == 1:
        _tidy_rarely()
        yield from map(one, wanted)
        return
    with studio(jobs, speech().code) as pool:
        yield from pool.map(one, wanted)


def studio(jobs: int, language: str) -> ProcessPoolExecutor:
    """Return processes of their own for ``take``, which start when they are needed.

    The language is that in which they say what went wrong.
    """
    return ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (language,))


def _prepare(language: str) -> None:
    environment.pin()
    speak(Speech(language))
    _tidy_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that waits


def _tidy_rarely() -> None:
    """Look for garbage, of which each picture leaves some, but not all the time."""
    gc.enable()
    gc.set_threshold(100_000, 20, 20)


@contextmanager
def _colours(*, left_out: bool) -> Iterator[None]:
    if left_out:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.environ.pop("NO_COLOR", None)


def _check_themes(themes: Collection[str]) -> None:
    known = [*THEME_LABELS]
    known += [f"{name}.{COLOURLESS}" for name in known if name != DEFAULT_THEME]
    known += [PLAIN, COLOURLESS]
    for theme in themes:
        if theme not in known:
            raise NoSuchTheme(theme=theme, themes=", ".join(known))
