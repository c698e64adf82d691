"""The command line. Results go to standard output, messages to standard error.

Parsing and ``--help`` import nothing but the standard library; the module of a command, and what
it needs, is imported when the command runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.language import chosen_language
from mleg_tui.cli.parser import build, refuse_active, refuse_misplaced
from mleg_tui.cli.statuses import exit_status
from mleg_tui.domain.errors import MlegError
from mleg_tui.locale import Speech, speak


def main(argv: Sequence[str]) -> int:
    """Obey a command line and return the exit status. No error leaves it but an interrupt."""
    output.prepare()
    speak(Speech(chosen_language(argv, os.environ)))
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
        arguments = build(os.environ, argv).parse_args(argv, Arguments())
    except SystemExit as finished:  # argparse has shown --help or --version
        return int(finished.code or 0)
    refuse_misplaced(arguments)
    status: int = import_module(arguments.module).run(arguments)
    return status


def _crashed(error: Exception) -> int:
    from mleg_tui.cli import crash  # noqa: PLC0415 - hardly ever needed

    output.abandon()
    return crash.tell(error)
