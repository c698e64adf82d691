"""The program starts without Textual's palette, which is there for who wants it. Textual 8.2.8."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import textual

from mleg_tui.textual_internals.without_palette import NAMES

_ASKING = """
import sys
from mleg_tui.textual_internals.without_palette import load_textual
load_textual()
loaded = set(sys.modules)
print("textual.app" in loaded, "textual.command" in loaded, "textual.widgets._tree" in loaded)
from textual.command import CommandPalette
print(CommandPalette.__mro__[1].__name__)
"""


def test_textual_is_loaded_without_its_palette_which_can_be_had_later() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _ASKING], capture_output=True, encoding="utf-8", check=True
    )
    assert told.stdout.split() == ["True", "False", "False", "SystemModalScreen"]


def test_every_name_that_is_taken_from_the_palette_is_known() -> None:
    taken: set[str] = set()
    for path in Path(textual.__file__).parent.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for names in re.findall(r"^from textual\.command import (.+)$", source, re.MULTILINE):
            if path.name != "system_commands.py":  # which only the palette loads
                taken.update(name.strip() for name in names.split(","))
    assert taken == set(NAMES)
