"""Snapshots compared with the golden files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.gallery.album import Taken
from mleg_tui.gallery.compare import LINES, differences
from mleg_tui.gallery.folder import Folder
from mleg_tui.gallery.report import page

REPORT = "report.html"


class SameFolder(BadInput):
    """The new pictures would replace those that they are compared with."""

    message = N_("--actual nie może być folderem, z którym się porównuje: {folder}")
    advice = N_("Wskaż inny folder albo pomiń --actual.")


class Problem(Enum):
    """What is wrong with a picture. The values are an interface: ``--json`` has them."""

    DIFFERENT = "different"
    MISSING = "missing"
    SURPLUS = "surplus"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """A picture that is not as it was kept, with both texts as far as they are there."""

    name: str
    problem: Problem
    before: str = ""
    now: str = ""
    reason: str = ""

    def changes(self, limit: int = LINES) -> list[str]:
        """Return what to show of it beside its name."""
        if self.problem is Problem.DIFFERENT:
            return differences(self.before, self.now, limit=limit)
        return self.reason.splitlines()[:limit]


def verdict(folder: Folder, taken: Taken) -> Finding | None:
    """Compare one picture with the one that is kept; ``None`` if they are equal."""
    name = taken.shot.name
    if taken.problem:
        return Finding(name, Problem.FAILED, reason=taken.problem)
    before = folder.text(name)
    if before is None:
        return Finding(name, Problem.MISSING, now=taken.text)
    if before == taken.text.encode():
        return None
    return Finding(name, Problem.DIFFERENT, before.decode(errors="replace"), taken.text)


def verdicts(folder: Folder, pictures: Iterable[Taken], actual: Folder) -> Iterator[Finding]:
    """Yield what is wrong, one picture after the other.

    What differs or is missing is written to ``actual``, at the end with a page that shows both
    sides; what an earlier comparison left there of these pictures is removed.
    """
    _check_apart(folder.path, actual.path)
    shown: list[Finding] = []
    for taken in pictures:
        finding = verdict(folder, taken)
        if finding is not None and finding.now:
            actual.make(update=True)
            actual.keep(taken.shot.name, {"txt": finding.now.encode()})
            shown.append(finding)
        elif actual.path.is_dir():
            actual.remove(taken.shot.name)
        if finding is not None:
            yield finding
    if shown:
        told = page((finding.name, finding.before, finding.now) for finding in shown)
        actual.write(REPORT, told.encode())
    else:
        (actual.path / REPORT).unlink(missing_ok=True)


def _check_apart(kept: Path, actual: Path) -> None:
    if os.path.realpath(kept) == os.path.realpath(actual):
        raise SameFolder(folder=actual)
