"""The ``mleg_screen`` fixture: a picture is taken, compared, and kept if that is wished."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from mleg_tui import languages
from mleg_tui.compose import open_store
from mleg_tui.domain.errors import MlegError
from mleg_tui.gallery.album import Shot, Taken, studio, take
from mleg_tui.gallery.beginning import completed
from mleg_tui.gallery.check import Finding, Problem, verdict
from mleg_tui.gallery.folder import VERSIONS, Folder, versions
from mleg_tui.gallery.report import page
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech, _, advice_of, message_of, speak
from mleg_tui.ui.settings import DEFAULT_THEME

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_BESIDE = "screens"
_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")


class Studio:
    """The process that takes a test run's pictures: in pytest's own, Textual may be in use."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        self._process: ProcessPoolExecutor | None = None
        self._data: dict[Path, Path | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def take(self, shot: Shot, data: Path | None) -> Taken:
        """Take a picture with a team's own demo data. Raises ``BadInput`` for bad ones."""
        if data is not None and data not in self._data:
            self._data[data] = self._closing.enter_context(completed(data))
        if self._process is None:
            self._process = self._closing.enter_context(studio(1, _language()))
        whole = None if data is None else self._data[data]
        taking = self._process.submit(take, shot, partial(open_store, "memory:"), data=whole)
        return taking.result()


class MlegScreen:
    """What the fixture gives to a test."""

    def __init__(self, config: pytest.Config, beside: Path, studio: Studio) -> None:
        self._config = config
        self._studio = studio
        self._folder = Folder(self._path("mleg_screens") or beside / _BESIDE)
        speak(Speech(_language()))

    def __call__(
        self,
        name: str,
        *,
        lang: str = LANGUAGES[0],
        size: str = "80x24",
        theme: str = DEFAULT_THEME,
        data: str | Path | None = None,
        university: str | None = None,
    ) -> str:
        """Take a picture, fail unless it is the same as the kept one, and return its text.

        ``name`` is one of ``mleg-tui screens list``; ``data`` is a folder with your own files of
        demo data, in place of the one that ``mleg_data`` names, and ``university`` is whose
        screen it is, in place of ``mleg_university``. With ``--mleg-update`` the picture is kept
        instead.
        """
        place: str = university or self._config.getini("mleg_university")
        shot = replace(_shot(name, lang, size, theme), university=place)
        try:
            taken = self._studio.take(shot, Path(data) if data else self._path("mleg_data"))
            finding = verdict(self._folder, taken)
            if finding is not None and finding.now and self._config.getoption("mleg_update"):
                self._keep(finding)
            elif finding is not None:
                self._fail(finding)
        except MlegError as error:
            pytest.fail(f"{message_of(error)}\n{advice_of(error)}", pytrace=False)
        return taken.text

    def _keep(self, finding: Finding) -> None:
        self._folder.make(update=True)
        self._folder.keep(finding.name, {"txt": finding.now.encode()})
        self._folder.write(VERSIONS, versions().encode())

    def _fail(self, finding: Finding) -> None:
        actual = self._config.getoption("mleg_actual")
        if finding.now and actual:
            shown = page([(finding.name, finding.before, finding.now)])
            folder = Folder(Path(actual))
            folder.make(update=True)
            folder.keep(finding.name, {"txt": finding.now.encode(), "html": shown.encode()})
        pytest.fail("\n".join(_lines(finding, self._folder)), pytrace=False)

    def _path(self, ini: str) -> Path | None:
        value: str = self._config.getini(ini)
        return self._config.rootpath / value if value else None


def _lines(finding: Finding, folder: Folder) -> list[str]:
    told = {
        Problem.DIFFERENT: _("{name} różni się od zdjęcia w {folder}:"),
        Problem.MISSING: _("{name}: nie ma zdjęcia w {folder}."),
        Problem.FAILED: _("{name}: nie udało się zrobić zdjęcia:"),
    }[finding.problem]
    lines = [told.format(name=finding.name, folder=folder.path), *finding.changes()]
    before, now = folder.versions(), versions()
    if before is not None and before != now:
        other = _("Uwaga: zdjęcia zrobiono inną wersją: {before}; teraz: {now}")
        lines.insert(0, other.format(before=", ".join(before.split("\n")), now=now))
    if finding.now:
        lines.append(_("Jeśli tak ma być: pytest --mleg-update, i obejrzyj różnicę."))
    return lines


def _shot(name: str, lang: str, size: str, theme: str) -> Shot:
    match = _SIZE.fullmatch(size)
    if match is None:
        told = _("{text} nie jest rozmiarem; podaj np. 80x24").format(text=size)
        pytest.fail(told, pytrace=False)
    if lang not in LANGUAGES:
        told = _("{name}: do wyboru {known}").format(name="lang", known=", ".join(LANGUAGES))
        pytest.fail(told, pytrace=False)
    return Shot(name, lang, int(match[1]), int(match[2]), theme)


def _language() -> str:
    """Return in which language to tell what is wrong: that of the program."""
    return languages.chosen((), os.environ)
