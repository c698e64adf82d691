"""Demonstrations in a test's hands: on a store of their own, in memory."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.compose import Settings, open_services
from mleg_tui.demo.app import DemoTui
from mleg_tui.demo.clock import DemoClock
from mleg_tui.demo.files import Demo, read
from mleg_tui.demo.start import prepare, with_university
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.initial_data import SEEDED_START, Beginning
from mleg_tui.services.services import Services
from mleg_tui.ui.options import Options

TODAY = warsaw_date(SEEDED_START)
DEMOS = {demo.id: demo for demo in read(own_directory(), TODAY)}
SIZE = (80, 24)


def stage() -> tuple[Services, DemoClock]:
    clock = DemoClock(SEEDED_START)
    return open_services(Settings("memory:", Beginning(seed=7)), clock), clock


def program(demo: Demo, language: str = "pl") -> DemoTui:
    services, clock = stage()
    prepare(services, demo)
    options = with_university(Options(language=language), demo)
    first_sight = services.campus.first_sight(options.university)
    return DemoTui(services.guarded(), clock, options, first_sight)


def read_text(folder: Path, text: str) -> tuple[Demo, ...]:
    """Read a file of demonstrations with this content."""
    (folder / "demos.json").write_text(text, "utf-8")
    return read(folder, TODAY)
