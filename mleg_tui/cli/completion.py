"""``mleg-tui completion``: what a shell needs to complete the command line, from its grammar."""

from __future__ import annotations

import os
from dataclasses import dataclass

from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, argument, sole
from mleg_tui.cli.parser import Parser, whole
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

_FILES = (N_("PLIK"), N_("PLIK|-"), N_("PLIK.cast"), N_("MAGAZYN"))
_FOLDERS = (N_("KATALOG"),)
"""What an option or argument that takes a path calls its value."""


@dataclass(frozen=True, kw_only=True)
class Completion(Arguments):
    """Which shell is meant."""

    shell: str = argument(N_("dla której powłoki"), choices=("bash", "zsh", "fish"))


def _run(arguments: Completion) -> int:
    """Print the script for a shell, with the explanations in the language that is spoken."""
    import shtab

    parser = whole(os.environ)
    for command in (parser, *parser.leaves()):
        _complete_paths(command)
    output.show(shtab.complete(parser, arguments.shell).splitlines())
    return 0


def _complete_paths(parser: Parser) -> None:
    """Let the options that take a path complete files or folders."""
    import shtab

    for _title, actions in parser.groups():
        for action in actions:
            for names, complete in ((_FILES, shtab.FILE), (_FOLDERS, shtab.DIRECTORY)):
                if action.metavar in [_(name) for name in names]:
                    action.complete = complete  # type: ignore[attr-defined] # shtab's own mark


COMMAND = sole(Completion, _run)
