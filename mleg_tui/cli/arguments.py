"""What a command line said, with its types. Options that were not given keep these values."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


class Arguments(argparse.Namespace):
    """The parsed command line; ``module`` is the one whose ``run`` obeys it."""

    module: str = "mleg_tui.cli.program"
    group: str | None = None
    command: str = ""

    store: str | None = None
    lang: str | None = None
    user: str | None = None
    json: bool = False

    university: str | None = None
    speed: str | None = None
    theme: str | None = None
    screen: str | None = None
    follow: str | None = None

    consent: Sequence[str] = ()
    yes: bool = False
    rate: str = ""
    duration: str = ""
    data: str | None = None
