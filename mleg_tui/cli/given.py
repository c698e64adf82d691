"""What several commands' options are checked against."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.cli.parser import BadUsage
from mleg_tui.locale import _
from mleg_tui.services.files import naming
from mleg_tui.simulation.typed import parse_number


def number(
    option: str, given: str | None, default: int, within: tuple[int, int], *, command: str
) -> int:
    """Return the number of an option, or its default. Raises ``BadUsage``, ``NotANumber``."""
    value = default if given is None else parse_number(given)
    least, most = within
    if not least <= value <= most:
        problem = _("{option} to liczba od {least} do {most}")
        raise BadUsage(
            problem=problem.format(option=option, least=least, most=most), command=command
        )
    return value


def file(given: str) -> Path:
    """Return the path of an option, ``~`` a home directory. Raises ``BadFile``."""
    with naming(given):
        return Path(given).expanduser()


def check_theme(name: str, *, command: str) -> None:
    """Raise ``BadUsage`` for a theme that there is not."""
    from mleg_tui.ui.themes import THEMES  # noqa: PLC0415 - Textual, only to know their names

    names = [theme.name for theme in THEMES]
    if name not in names:
        problem = _("nie ma motywu „{name}”; motywy to: {known}")
        raise BadUsage(problem=problem.format(name=name, known=", ".join(names)), command=command)
