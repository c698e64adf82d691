"""The documentation's table of keys, made from the commands: ``python -m tests.ui.key_table``."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.locale import Speech
from mleg_tui.ui.commands import COMMANDS, PLACE_TITLES, Place, shown_key

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "mleg_tui" / "docs"
PAGES = {"en": DOCS / "keys.md", "pl": DOCS / "keys.pl.md"}
BEGIN, END = "<!-- keys -->", "<!-- /keys -->"
HEADINGS = {
    "en": "| where | key | what it does | po polsku |",
    "pl": "| gdzie | klawisz | co robi | in English |",
}


def table(language: str) -> str:
    """Return the table in a language, with the label of each command in the other beside it."""
    own = Speech(language)
    other = Speech("pl" if language == "en" else "en")
    lines = [HEADINGS[language], "|---|---|---|---|"]
    for place in Place:
        for command in COMMANDS.values():
            if command.place is place:
                keys = " ".join(f"`{shown_key(key)}`" for key in command.keys)
                where, does = own.gettext(PLACE_TITLES[place]), own.gettext(command.help)
                label = other.gettext(command.label).replace("|", "\\|")
                lines.append(f"| {where} | {keys} | {does} | {label} |")
    return "\n".join(lines)


def renewed(page: str, language: str = "en") -> str:
    """Return the page with the present table between its marks."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table(language)}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(renewed(page.read_text(encoding="utf-8"), language), encoding="utf-8")
