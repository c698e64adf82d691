"""``mleg-tui screens``: every screen as a picture, for a team's own CI."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.parser import BadUsage
from mleg_tui.gallery import environment
from mleg_tui.locale import LANGUAGES, _, ngettext

if TYPE_CHECKING:
    from mleg_tui.gallery.album import Shot

DIFFERENT = 4
"""The exit status where pictures differ."""
_COMMAND = "mleg-tui screens"
_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")


def run(arguments: Arguments) -> int:
    """List, take or compare."""
    environment.pin()  # before anything imports Textual
    if arguments.command not in ("", "list"):
        problem = _("nieznane polecenie: {command}").format(command=arguments.command)
        raise BadUsage(problem=problem, command=_COMMAND)
    if arguments.command:
        return _list(arguments)
    if arguments.out:
        return _out(arguments, Path(arguments.out))
    if arguments.check:
        return _check(arguments, Path(arguments.check))
    raise BadUsage(problem=_("podaj list, --out DIR albo --check DIR"), command=_COMMAND)


def _list(arguments: Arguments) -> int:
    names = list(dict.fromkeys(shot.scene for shot in _wanted(arguments)))
    if arguments.json:
        output.show_json({"screens": names})
    else:
        output.show(names)
    return 0


def _out(arguments: Arguments, folder: Path) -> int:
    from mleg_tui.gallery import album  # noqa: PLC0415 - after the pinning

    album.prepare(folder, update=arguments.update)
    formats = arguments.format or ("txt", "svg")
    wanted = _wanted(arguments)
    for shot, text, svg in _taken(arguments, wanted):
        album.keep(
            folder,
            shot,
            text=text if "txt" in formats else None,
            svg=svg if "svg" in formats else None,
        )
    (folder / album.VERSIONS).write_text(album.versions(), "utf-8")
    told = ngettext("{count} zdjęcie: {folder}", "{count} zdjęcia: {folder}", len(wanted))
    output.tell(told.format(count=len(wanted), folder=folder))
    return 0


def _check(arguments: Arguments, folder: Path) -> int:
    from mleg_tui.gallery import album, report  # noqa: PLC0415 - after the pinning
    from mleg_tui.gallery.compare import differences  # noqa: PLC0415

    kept = album.kept(folder)
    _tell_versions(album.kept_versions(folder), album.versions())
    wanted, actual = _wanted(arguments), Path(arguments.actual)
    surplus = album.surplus(kept, wanted, arguments.only)
    lines = [_("nadmiarowe: {name}").format(name=name) for name in surplus]
    pairs: list[tuple[str, str, str]] = []
    for shot, text, svg in _taken(arguments, wanted):
        before = kept.get(shot.name)
        if before == text:
            continue
        actual.mkdir(parents=True, exist_ok=True)
        album.keep(actual, shot, text=text, svg=svg)
        told = _("różni się: {name}") if before is not None else _("brakuje: {name}")
        lines.append(told.format(name=shot.name))
        if before is not None:
            lines += [f"  {line}" for line in differences(before, text)]
            pairs.append((shot.name, before, text))
    if pairs:
        (actual / "report.html").write_text(report.page(pairs), "utf-8")
        output.tell(_("Porównanie: {path}").format(path=actual / "report.html"))
    output.show(lines)
    return DIFFERENT if lines else 0


def _tell_versions(before: str | None, now: str) -> None:
    if before is not None and before != now:
        told = _("Uwaga: zdjęcia zrobiono inną wersją: {before}; teraz: {now}")
        output.tell(
            told.format(before=", ".join(before.splitlines()), now=", ".join(now.splitlines()))
        )


def _wanted(arguments: Arguments) -> tuple[Shot, ...]:
    from mleg_tui.gallery import album  # noqa: PLC0415 - after the pinning

    return album.shots(
        only=arguments.only,
        languages=(arguments.lang,) if arguments.lang else LANGUAGES,
        sizes=[_size(text) for text in arguments.size] or album.DEFAULT_SIZES,
        themes=arguments.themes or (album.DEFAULT_THEME,),
    )


def _taken(arguments: Arguments, wanted: tuple[Shot, ...]) -> Iterator[tuple[Shot, str, str]]:
    """Take the pictures, and tell on a terminal how far it is."""
    from mleg_tui.compose import open_store  # noqa: PLC0415 - not for the list
    from mleg_tui.gallery.album import take_all  # noqa: PLC0415

    data = Path(arguments.data) if arguments.data else None
    taking = take_all(
        wanted, partial(open_store, "memory:"), data=data, jobs=_jobs(arguments, len(wanted))
    )
    for number, taken in enumerate(taking, 1):
        if sys.stderr.isatty():
            end = "\n" if number == len(wanted) else ""
            sys.stderr.write(f"\r{number}/{len(wanted)}{end}")
            sys.stderr.flush()
        yield taken


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None:
        problem = _("{text} nie jest rozmiarem; podaj np. 80x24").format(text=text)
        raise BadUsage(problem=problem, command=_COMMAND)
    return int(match[1]), int(match[2])


def _jobs(arguments: Arguments, pictures: int) -> int:
    """Return in how many processes to take the pictures: a few are not worth a second one."""
    if arguments.jobs is not None:
        if not arguments.jobs.isdigit() or int(arguments.jobs) < 1:
            raise BadUsage(problem=_("--jobs to liczba od 1"), command=_COMMAND)
        return int(arguments.jobs)
    return min(os.cpu_count() or 1, 1 + pictures // 12)
