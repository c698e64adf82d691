"""The README's table of keys, made from the commands: ``python -m tests.ui.key_table``."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.locale import Speech
from mleg_tui.ui.commands import COMMANDS, PLACE_TITLES, Place, shown_key

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def table() -> str:
    """Return the table in English, with the Polish label of each command beside it."""
    english = Speech("en")
    lines = ["| where | key | what it does | po polsku |", "|---|---|---|---|"]
    for place in Place:
        for command in COMMANDS.values():
            if command.place is place:
                keys = " ".join(f"`{shown_key(key)}`" for key in command.keys)
                where, does = english.gettext(PLACE_TITLES[place]), english.gettext(command.help)
                label = command.label.replace("|", "\\|")
                lines.append(f"| {where} | {keys} | {does} | {label} |")
    return "\n".join(lines)


def renewed(readme: str) -> str:
    """Return the README with the present table between its marks."""
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
