"""``demos.json``: what it holds, read strictly."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

import msgspec

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import AnyStep, see_that_program_can
from mleg_tui.services.demo_data import BadDemoData, content_of
from mleg_tui.services.mistakes import FieldMissing, Mistake, RecordTwice
from mleg_tui.ui.commands import COMMANDS

FILE = "demos.json"
_NO_DEMOS = N_("nie ma żadnego pokazu")


class UnknownDemo(BadInput):
    """There is no demonstration of this name."""

    message = N_("Nie ma pokazu „{id}”.")
    advice = N_("Pokazy: {names}")


class UnknownDemoLike(UnknownDemo):
    """There is none of this name, but one of a similar name."""

    advice = N_("Czy chodziło o „{likely}”? Wszystkie pokazuje polecenie mleg-tui demo --list.")


class Demo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A demonstration: what it teaches, what it begins with, its steps, and how it ends.

    ``scenario`` is set up before, and ``university`` is the one of the login page.
    """

    id: str
    title: LocalText
    teaches: LocalText
    university: str = DEFAULT_UNIVERSITY
    scenario: str | None = None
    steps: tuple[AnyStep, ...]
    expect: Expected


class _File(msgspec.Struct, forbid_unknown_fields=True):
    demos: tuple[Demo, ...]


def read(directory: Path, today: date) -> tuple[Demo, ...]:
    """Return the demonstrations of a directory's file; the first is the one played by default.

    Raises ``BadDemoData`` with the file, the place in it and the reason.
    """
    demos = content_of(_File, directory / FILE, today).demos
    ids = [demo.id for demo in demos]
    if not ids:
        raise BadDemoData(file=FILE, place="$.demos", reason=_NO_DEMOS)
    for number, demo in enumerate(demos):
        if demo.id in ids[:number]:
            reason: Mistake = RecordTwice(demo.id)
            raise BadDemoData(file=FILE, place=f"$.demos[{number}].id", reason=reason)
        if demo.expect.page is None:
            reason = FieldMissing("page", field="page")
            raise BadDemoData(file=FILE, place=f"$.demos[{number}].expect", reason=reason)
        see_that_program_can(demo.steps, COMMANDS, f"$.demos[{number}].steps", file=FILE)
    return demos


def named(demos: tuple[Demo, ...], id: str | None) -> Demo:
    """Return the one of this name, or the first. Raises ``UnknownDemo``."""
    by_id = {demo.id: demo for demo in demos}
    if id is None:
        return demos[0]
    if id in by_id:
        return by_id[id]
    likely = get_close_matches(id, by_id, 1)
    if likely:
        raise UnknownDemoLike(id=id, likely=likely[0])
    raise UnknownDemo(id=id, names=", ".join(by_id))
