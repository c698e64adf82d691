"""The command line. Results go to standard output, messages to standard error.

``--help`` imports nothing but the standard library. A group of commands is a module or a package:
its grammar, what it does and how that is shown. It is imported when it is called.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from mleg_tui import languages
from mleg_tui.cli import output
from mleg_tui.cli.output import exit_status
from mleg_tui.cli.parser import build, refuse_active, refuse_misplaced
from mleg_tui.domain.errors import MlegError
from mleg_tui.locale import Speech, speak


def main(argv: Sequence[str]) -> int:
    """Obey a command line and return the exit status. No error leaves it but an interrupt."""
    output.prepare()
    speak(Speech(languages.chosen(argv, os.environ)))
    try:
        status = _obey(argv)
        output.flush()
    except MlegError as error:
        output.abandon()
        output.tell_error(error)
        return exit_status(error)
    except BrokenPipeError as error:
        output.abandon()
        return exit_status(error)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        return _crashed(error)
    return status


def _obey(argv: Sequence[str]) -> int:
    refuse_active(argv)
    try:
        parsed = build(os.environ).parse_args(argv)
    except SystemExit as finished:  # argparse has shown --help or --version
        return int(finished.code or 0)
    if parsed.group is None:
        from mleg_tui.cli.program import Program, run

        return run(Program.from_parsed(parsed))
    refuse_misplaced(parsed)
    status: int = parsed.obeyed_by.obey(parsed)
    return status


def _crashed(error: Exception) -> int:
    from mleg_tui.cli import crash

    output.abandon()
    return crash.tell(error)
