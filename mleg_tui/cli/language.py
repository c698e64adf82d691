"""Which language to speak: asked before the parser is built, for its texts are translated too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from mleg_tui.locale import LANGUAGES

VARIABLE = "MLEG_TUI_LANG"
_OPTION = "--lang"


def chosen_language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language of ``--lang``, else of ``MLEG_TUI_LANG``, else Polish.

    What is no language counts as not said; the parser complains about it, in Polish.
    """
    said = [after for word, after in pairwise(argv) if word == _OPTION]
    said += [word.partition("=")[2] for word in argv if word.startswith(f"{_OPTION}=")]
    wishes = (*reversed(said), environ.get(VARIABLE), LANGUAGES[0])
    return next(wish for wish in wishes if wish in LANGUAGES)
