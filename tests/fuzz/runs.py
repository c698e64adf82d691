"""Runs of the fuzzer: one page, one seed, some seconds."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from types import MappingProxyType

from mleg_tui.compose import Settings, open_services
from mleg_tui.gallery.beginning import NOW
from mleg_tui.services.initial_data import Beginning
from tests.end_to_end.program import PROGRAM
from tests.fuzz.noise import noise
from tests.fuzz.subject import Fault, Subject

_RUN = 20.0
"""Seconds after which another page has its turn, and a new program."""
_BETWEEN_ANSWERS = 25
"""So many pieces of noise are sent before it is asked whether it lives."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a run begins: the program's options, what shows that it is there, and keys from it."""

    options: tuple[str, ...] = ()
    shows: str = "Ctrl+Q"
    keys: bytes = b""


def _page(user: str, *options: str, keys: bytes = b"") -> Page:
    return Page(("--user", user, *options), "F1", keys)


PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "login": Page(),
        "student": _page("anna.nowak", keys=b"lz"),
        "payments": _page("piotr.zielinski", keys=b"po"),
        "phone": _page("anna.nowak", "--screen", "mobywatel"),
        "inspector": _page("kontroler"),
        "office": _page("dziekanat", "--screen", "office", keys=b"n"),
        "simulation": _page("dziekanat", "--screen", "office", keys=b"y"),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a run. ``sent`` is in bytes, ``memory`` in megabytes."""

    page: str
    seed: str
    seconds: float
    sent: int
    answers: int
    slowest: float
    memory: float
    fault: str | None


def fuzz(seed: str, seconds: float, pages: Sequence[str]) -> Iterator[Found]:
    """Run on page after page for so many seconds. The first run of a page has the seed itself."""
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        stocked = _stocked(Path(folder) / "stocked.json")
        for number in count():
            for page in pages:
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                own = f"{seed}.{number}" if number else seed
                place = Path(tempfile.mkdtemp(dir=folder))
                shutil.copy(stocked, place / "store.json")
                yield _run(page, own, min(_RUN, left), place)


def _stocked(path: Path) -> Path:
    """Return a store with some orders in it."""
    services = open_services(Settings(str(path), Beginning(seed=7, now=NOW)))
    with closing(services.store):
        for login in ("anna.nowak", "ewa.lis"):
            services.ordering.place(services.login.sign_in(login, "demo", ""))
    return path


def _run(page: str, seed: str, seconds: float, folder: Path) -> Found:
    chance = random.Random(f"{page} {seed}")  # noqa: S311 - no secrets, but repeatable
    began, sent, answers, fault, memory = time.monotonic(), 0, 0, None, 0.0
    command = [*PROGRAM, "--store", str(folder / "store.json"), *PAGES[page].options]
    subject = Subject(command, folder)
    with subject:
        try:
            subject.arrive(PAGES[page].shows, PAGES[page].keys)
            pieces = noise(chance)
            while time.monotonic() - began < seconds and not subject.has_ended:
                for piece in islice(pieces, _BETWEEN_ANSWERS):
                    subject.take(piece)
                    sent += len(piece.data)
                subject.ask()
                answers += 1
                memory = max(memory, subject.memory())
            subject.leave()
        except Fault as found:
            fault = f"{found}\n{subject.picture()}"
        if "Traceback" in subject.log():
            fault = f"{fault or 'logged an error'}\n{subject.log()}"
    return Found(
        page, seed, time.monotonic() - began, sent, answers, subject.slowest, memory, fault
    )
