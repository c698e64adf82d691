"""The languages that the program speaks: each is a folder of ``locale/``, and nothing in the code.

The first frame asks for them, so this module loads hardly anything.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from mleg_tui.domain.text import SOURCE_LANGUAGE

VARIABLE = "MLEG_TUI_LANG"
_ABROAD = "en"
"""For a locale in whose language there is nothing."""
FOLDER = f"{__file__.rpartition(os.sep)[0]}{os.sep}locale"
_FOUND = {one.name for one in os.scandir(FOLDER) if len(one.name) == len(SOURCE_LANGUAGE)}
LANGUAGES = (SOURCE_LANGUAGE, *sorted(_FOUND - {SOURCE_LANGUAGE}))
"""Their codes, as in ``--lang``; the source language is the first."""


def chosen(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language of ``--lang``, else of ``MLEG_TUI_LANG``, else of the locale.

    It is asked before the parser is built, whose texts are translated, too. What is no language
    counts as not said; the parser complains about it.
    """
    said = [environ.get(VARIABLE, "")]
    for before, word in zip(("", *argv), argv, strict=False):
        if before == "--lang":
            said.append(word)
        said.append(word.removeprefix("--lang=") if word.startswith("--lang=") else "")
    return next((wish for wish in reversed(said) if wish in LANGUAGES), of_locale(environ))


def of_locale(environ: Mapping[str, str], otherwise: str = SOURCE_LANGUAGE) -> str:
    """Return the language of the locale, or English; ``otherwise`` where none is set."""
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    name = locale.partition(".")[0]
    if name in ("", "C", "POSIX"):
        return otherwise
    code = name[: len(SOURCE_LANGUAGE)]
    return code if code in LANGUAGES else _ABROAD
