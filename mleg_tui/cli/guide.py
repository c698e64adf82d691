"""``mleg-tui guide``: a university's own instruction, step by step, with pictures of the screens.

It is played on stores of its own, in memory; the user's store is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, option, path_of, sole, switch
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.gallery import environment
from mleg_tui.locale import _, ngettext

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.gallery.folder import Folder
    from mleg_tui.guide.instruction import Instruction


@dataclass(frozen=True, kw_only=True)
class Guide(Arguments):
    """Whose instruction, in which format, and where it goes."""

    university: str = option(
        "--university", N_("uczelnia (domyślnie agh)"), default=DEFAULT_UNIVERSITY, metavar="ID"
    )
    format: str = option(
        "--format",
        N_("jeden plik HTML (domyślnie) albo Markdown z obrazami SVG"),
        default="html",
        choices=("html", "md"),
    )
    out: str | None = option(
        "--out", N_("katalog, do którego trafia instrukcja"), metavar=N_("KATALOG")
    )
    data: str | None = option(
        "--data", N_("własne dane, np. universities.json"), metavar=N_("KATALOG")
    )
    update: bool = switch("--update", N_("zastępuje instrukcję, która już tam jest"))


class GuideThere(Refused):
    """Nothing that is there already is written over without being asked."""

    message = N_("Instrukcja {path} już istnieje.")
    advice = N_("Dodaj --update, aby ją zastąpić, albo wskaż inny folder.")


def _run(arguments: Guide) -> int:
    """Play every step, then write the instruction."""
    if arguments.store not in (None, "memory:"):
        problem = _("instrukcja powstaje na danych w pamięci, więc bez --store")
        raise arguments.wrong(problem)
    environment.pin()  # before anything imports Textual
    from mleg_tui.gallery.folder import Folder

    folder = Folder(path_of(arguments.needed("--out", arguments.out)))
    folder.make(update=True)
    told = _composed(arguments)
    name = f"mlegitymacja-{told.university.id}.{told.language}"
    target = folder.path / f"{name}.{arguments.format}"
    if target.exists() and not arguments.update:
        raise GuideThere(path=target)
    _write(told, folder, name, arguments.format)
    output.show([str(target)])
    count = sum(len(chapter.steps) for chapter in told.chapters)
    done = ngettext("Instrukcja ma {count} krok.", "Instrukcja ma {count} kroki.", count)
    output.tell(done.format(count=count))
    return 0


def _composed(arguments: Guide) -> Instruction:
    from mleg_tui.cli.crash import log_kept
    from mleg_tui.compose import open_store
    from mleg_tui.gallery.beginning import completed
    from mleg_tui.guide.instruction import compose

    given = None if arguments.data is None else path_of(arguments.data)
    with completed(given) as data, log_kept():
        return compose(partial(open_store, "memory:"), arguments.university, data)


def _write(told: Instruction, folder: Folder, name: str, kind: str) -> None:
    """Write the files, the instruction itself last."""
    if kind == "html":
        from mleg_tui.guide.html import page

        folder.write(f"{name}.html", page(told).encode())
        return
    from mleg_tui.gallery.folder import Folder
    from mleg_tui.guide.markdown import text

    pictures = Folder(folder.path / name)
    pictures.make(update=True)
    for chapter in told.chapters:
        for step in chapter.steps:
            pictures.write(f"{step.name}.svg", step.svg.encode())
    folder.write(f"{name}.md", text(told, name).encode())


COMMAND = sole(Guide, _run)
