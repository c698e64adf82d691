"""A set of pictures: which belong to it, how they are taken on all cores, kept and compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.gallery import environment
from mleg_tui.services.store import Store

DEFAULT_SIZES = ((80, 24), (120, 40))
DEFAULT_THEME = "usosweb"
VERSIONS = "VERSIONS"
_PINNED = ("textual", "rich")

NewStore = Callable[[], Store]


class NoSuchScreen(BadInput):
    """Nothing in the catalogue matches."""

    message = N_("Żaden ekran nie pasuje do „{pattern}”.")
    advice = N_("Listę ekranów podaje: mleg-tui screens list")


class FolderInUse(Refused):
    """The folder holds something already."""

    message = N_("Folder {folder} nie jest pusty.")
    advice = N_("Dodaj --update, aby zastąpić w nim zdjęcia, albo wskaż inny folder.")


class NoSuchFolder(BadInput):
    """There are no pictures to compare with."""

    message = N_("Nie ma folderu ze zdjęciami: {folder}")
    advice = N_("Zrób je poleceniem: mleg-tui screens --out {folder}")


@dataclass(frozen=True, slots=True, order=True)
class Shot:
    """One picture to be taken: a scene in a language, at a size, in a theme."""

    scene: str
    language: str
    width: int
    height: int
    theme: str = DEFAULT_THEME

    @property
    def name(self) -> str:
        """The picture's name, without the ending of its file."""
        theme = "" if self.theme == DEFAULT_THEME else f".{self.theme}"
        return f"{self.scene}.{self.language}.{self.width}x{self.height}{theme}"


def shots(
    *,
    only: Collection[str] = (),
    languages: Collection[str] = ("pl", "en"),
    sizes: Collection[tuple[int, int]] = DEFAULT_SIZES,
    themes: Collection[str] = (DEFAULT_THEME,),
) -> tuple[Shot, ...]:
    """Return the pictures of the catalogue's scenes that match a pattern, in every variant.

    Raises ``NoSuchScreen`` for a pattern that matches nothing.
    """
    from mleg_tui.gallery.catalogue import SCENES  # noqa: PLC0415 - after the environment is pinned

    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in SCENES):
            raise NoSuchScreen(pattern=pattern)
    chosen = (
        scene
        for scene in SCENES.values()
        if not only or any(fnmatchcase(scene.name, pattern) for pattern in only)
    )
    return tuple(
        Shot(scene.name, language, width, height, theme)
        for scene in chosen
        for language in languages
        for width, height in ([scene.size] if scene.size else sizes)
        for theme in themes
    )


def take_all(
    wanted: Collection[Shot], new_store: NewStore, *, data: Path | None, jobs: int
) -> Iterator[tuple[Shot, str, str]]:
    """Take the pictures in so many processes; yield each with its text and its SVG, in order.

    ``data`` is a folder of demo data other than the program's own.
    """
    one = partial(_take, new_store=new_store, data=data)
    if jobs == 1:
        yield from map(one, wanted)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), environment.pin) as pool:
        yield from pool.map(one, wanted, chunksize=4)


def _take(shot: Shot, new_store: NewStore, data: Path | None) -> tuple[Shot, str, str]:
    from mleg_tui.gallery.catalogue import SCENES, shoot  # noqa: PLC0415

    taking = shoot(
        SCENES[shot.scene],
        new_store,
        size=(shot.width, shot.height),
        language=shot.language,
        theme=shot.theme,
        data=data,
    )
    picture = asyncio.run(taking)
    return shot, picture.text, picture.svg


def versions() -> str:
    """Return what the pictures depend on, a line each: the versions of Textual and Rich."""
    return "".join(f"{package} {version(package)}\n" for package in _PINNED)


def prepare(folder: Path, *, update: bool) -> None:
    """Make the folder, or see that what is in it may be replaced. Raises ``FolderInUse``."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not update:
        raise FolderInUse(folder=folder)


def keep(folder: Path, shot: Shot, *, text: str | None, svg: str | None) -> None:
    """Write a picture's files, byte for byte the same everywhere."""
    for ending, content in (("txt", text), ("svg", svg)):
        if content is not None:
            (folder / f"{shot.name}.{ending}").write_bytes(content.encode())


def kept(folder: Path) -> Mapping[str, str]:
    """Return the texts of the pictures in a folder by their names. Raises ``NoSuchFolder``."""
    if not folder.is_dir():
        raise NoSuchFolder(folder=folder)
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def kept_versions(folder: Path) -> str | None:
    """Return the versions with which a folder's pictures were taken, if it says so."""
    path = folder / VERSIONS
    return path.read_text("utf-8") if path.is_file() else None


def surplus(names: Iterable[str], wanted: Collection[Shot], only: Collection[str]) -> list[str]:
    """Return the kept pictures of chosen scenes that are no longer wanted."""
    expected = {shot.name for shot in wanted}
    unwanted = (name for name in names if name not in expected)
    if not only:
        return list(unwanted)
    return [name for name in unwanted if any(fnmatchcase(name, f"{p}.*") for p in only)]
