"""What the plugin adds to pytest's command line and configuration, in the user's language."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mleg_tui.languages import chosen
from mleg_tui.locale import Speech

if TYPE_CHECKING:
    import pytest


def add_to(parser: pytest.Parser) -> None:
    """Add the options, for the command line and for the configuration file."""
    _ = Speech(chosen((), os.environ)).gettext
    group = parser.getgroup("mleg-tui")
    group.addoption(
        "--mleg-update", action="store_true", help=_("zostawia zdjęcia takie, jakie są teraz")
    )
    group.addoption(
        "--mleg-actual",
        metavar="DIR",
        help=_("dokąd trafiają zdjęcia, które się różnią, każde ze stroną z obiema wersjami"),
    )
    for name, help_text in (
        (
            "mleg_screens",
            _("folder ze zdjęciami, od katalogu projektu; domyślnie „screens” obok każdego testu"),
        ),
        ("mleg_data", _("folder z własnym universities.json, od katalogu projektu")),
        ("mleg_university", _("uczelnia, której ekrany są na zdjęciach; domyślnie te z katalogu")),
    ):
        parser.addini(name, help_text, default="")
