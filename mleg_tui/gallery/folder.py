"""A folder of golden files: what is in it, and how it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.gallery.album import Choice, Shot
from mleg_tui.services.files import EVERYBODY, replacing

VERSIONS = "VERSIONS"
_PINNED = ("textual", "rich")
_CHOSEN = "--"
ENDINGS = ("txt", "svg", "png")


class FolderInUse(Refused):
    """The folder holds something already."""

    message = N_("Folder {folder} nie jest pusty.")
    advice = N_("Dodaj --update, aby zastąpić w nim zdjęcia, albo wskaż inny folder.")


class NoSuchFolder(BadInput):
    """There are no pictures to compare with."""

    message = N_("Nie ma folderu ze zdjęciami: {folder}")
    advice = N_("Zrób je poleceniem: mleg-tui screens --out {folder}")


class ChoiceUnreadable(BadInput):
    """The line that tells which pictures are in the folder cannot be understood."""

    message = N_("{path}: niezrozumiały wiersz „{line}”")
    advice = N_("Popraw go albo usuń; bez takich wierszy porównywane są wszystkie ekrany.")


class FolderUnusable(Refused):
    """The system does not let a file be read or written."""

    message = N_("Nie da się użyć {path}: {reason}")
    advice = N_("Sprawdź uprawnienia, wolne miejsce i rodzaj pliku albo wskaż inny folder.")


class Folder:
    """Pictures as files: ``NAME.txt``, which are compared, and ``NAME.svg`` or ``.png`` beside.

    Every method raises ``FolderUnusable`` where the system says no.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self, *, update: bool) -> None:
        """Make the folder; what is in it must be meant to be updated. Raises ``FolderInUse``."""
        with _usable(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if not update and any(self.path.iterdir()):
                raise FolderInUse(folder=self.path)

    def names(self) -> list[str]:
        """Return the names of the pictures that are kept as text. Raises ``NoSuchFolder``."""
        with _usable(self.path):
            if not self.path.exists():
                raise NoSuchFolder(folder=self.path)
            return sorted(path.stem for path in self.path.iterdir() if path.suffix == ".txt")

    def surplus(self, choices: Collection[Choice]) -> list[str]:
        """Return the names that no chosen picture has, of those that the choices concern."""
        expected = {shot.name for choice in choices for shot in choice.shots()}
        others = ((name, Shot.named(name)) for name in self.names() if name not in expected)
        foreign = Choice() in choices
        return [
            name
            for name, shot in others
            if (any(choice.concerns(shot) for choice in choices) if shot else foreign)
        ]

    def text(self, name: str) -> bytes | None:
        """Return the text that is kept under a name, if there is one."""
        path = self.path / f"{name}.txt"
        with _usable(path):
            return path.read_bytes() if path.exists() or path.is_symlink() else None

    def keep(self, name: str, contents: dict[str, bytes]) -> None:
        """Write a picture's files, given by their endings, each whole or not at all."""
        for ending, content in contents.items():
            self.write(f"{name}.{ending}", content)

    def write(self, file: str, content: bytes) -> None:
        """Write a file, whole or not at all; a link is replaced, not followed."""
        path = self.path / file
        with _usable(path), replacing(path, mode=EVERYBODY) as whole:
            whole.write(content)

    def remove(self, name: str) -> None:
        """Remove a picture's files, if there are any."""
        for ending in ENDINGS:
            with _usable(path := self.path / f"{name}.{ending}"):
                path.unlink(missing_ok=True)

    def versions(self) -> str | None:
        """Return the versions with which the pictures were taken, if the folder says so."""
        lines = self._told()
        if lines is None:
            return None
        return "".join(f"{line}\n" for line in lines if not line.startswith(_CHOSEN))

    def choices(self) -> tuple[Choice, ...]:
        """Return which pictures were taken, as far as the folder says so: otherwise all.

        Raises ``ChoiceUnreadable``.
        """
        told = [line for line in self._told() or () if line.startswith(_CHOSEN)]
        return tuple(map(self._choice, told)) or (Choice(),)

    def note(self, choice: Choice) -> None:
        """Write down that these pictures were taken, by the present versions.

        Raises ``ChoiceUnreadable`` for what was written down before.
        """
        before = () if self._told() is None else self.choices()
        choices = dict.fromkeys((*before, choice))
        chosen = () if Choice() in choices else [f"{one.options}\n" for one in choices]
        self.write(VERSIONS, "".join([versions(), *chosen]).encode())

    def _told(self) -> list[str] | None:
        with _usable(path := self.path / VERSIONS):
            return path.read_text("utf-8", "replace").splitlines() if path.is_file() else None

    def _choice(self, line: str) -> Choice:
        try:
            return Choice.from_options(line)
        except ValueError as error:
            raise ChoiceUnreadable(path=self.path / VERSIONS, line=line) from error


def versions() -> str:
    """Return what the pictures depend on, a line each: the versions of Textual and Rich."""
    return "".join(f"{package} {version(package)}\n" for package in _PINNED)


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderUnusable(path=path, reason=reason_of(error)) from error
