"""What argparse itself says, in Polish.

argparse asks its global ``_`` and ``ngettext`` for every sentence of its own, which are gettext's
and look for the language in places of their own. Here they ask our catalogue. A sentence that a
later Python brings along stays English.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _

SENTENCES: Mapping[str, MessageId] = {
    "usage: ": N_("użycie: "),
    "options": N_("opcje"),
    "positional arguments": N_("argumenty"),
    "show this help message and exit": N_("pokazuje tę pomoc"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "unrecognized arguments: %s": N_("nieznane argumenty: %s"),
    "the following arguments are required: %s": N_("brakuje: %s"),
    "one of the arguments %s is required": N_("potrzebne jest jedno z: %s"),
    "not allowed with argument %s": N_("nie może stać razem z %s"),
    "expected one argument": N_("potrzebna jest jedna wartość"),
    "ignored explicit argument %r": N_("ta opcja nie przyjmuje wartości: %r"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_(
        "nieznana wartość %(value)r (do wyboru: %(choices)s)"
    ),
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": N_(
        "nieznana wartość %(value)r, może %(suggestion)r? (do wyboru: %(choices)s)"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": N_(
        "nieznane polecenie %(parser_name)r (do wyboru: %(choices)s)"
    ),
}


def install() -> None:
    """Let argparse ask our catalogue from now on, in whatever language is then spoken."""
    argparse._ = _said  # type: ignore[attr-defined]


def _said(sentence: str) -> str:
    translated = SENTENCES.get(sentence)
    return sentence if translated is None else _(translated)
