"""``mleg-tui screens``: snapshots of every screen, for a team's own CI."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, argument, option, several, sole, switch
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.gallery import environment
from mleg_tui.locale import _, ngettext

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.gallery.album import Choice, Shot, Taken
    from mleg_tui.gallery.check import Finding
    from mleg_tui.gallery.folder import Folder

DIFFERENT = 4
"""The exit status where pictures differ."""
_USUAL_FORMATS = ("txt", "svg")
_IN_FULL = 5
"""Of so many pictures the changed lines are shown; of more only the names."""
_SIZE = re.compile(r"([1-9]\d{1,2})x([1-9]\d{1,2})")
_WORTH_A_PROCESS = 12
"""Pictures that take longer than starting a process."""
_TOLD: Mapping[str, MessageId] = {
    "different": N_("różni się: {name}"),
    "missing": N_("brakuje: {name}"),
    "surplus": N_("nadmiarowe: {name}"),
    "failed": N_("nie udało się zrobić: {name}"),
}
"""What is said of each ``Problem``."""


@dataclass(frozen=True, kw_only=True)
class Screens(Arguments):
    """Which pictures, and what to do with them."""

    listed: str = argument(N_("wymienia nazwy ekranów"), nargs="?", metavar="list")
    json: bool = switch("--json", N_("jeden dokument JSON"))
    out: str | None = option(
        "--out", N_("robi zdjęcia do tego katalogu"), metavar=N_("KATALOG"), either=False
    )
    check: str | None = option(
        "--check", N_("porównuje ekrany z jego zdjęciami"), metavar=N_("KATALOG"), either=False
    )
    only: Sequence[str] = several("--only", N_("tylko te ekrany"), metavar=N_("WZORZEC"))
    size: Sequence[str] = several("--size", N_("rozmiar, np. 80x24"), metavar="WxH")
    themes: Sequence[str] = several(
        "--theme", N_("motyw kolorów; no-color: bez nich"), metavar=N_("NAZWA")
    )
    format: Sequence[str] = several(
        "--format",
        N_("tekst, obraz SVG (domyślnie oba) albo PNG (dodatek images)"),
        choices=("txt", "svg", "png"),
    )
    universities: Sequence[str] = several(
        "--university", N_("ekrany, jakie są na tej uczelni"), metavar="ID"
    )
    data: str | None = option(
        "--data", N_("własne dane, np. universities.json"), metavar=N_("KATALOG")
    )
    update: bool = switch("--update", N_("zastępuje zdjęcia w katalogu"))
    actual: str = option(
        "--actual",
        N_("dokąd trafiają zdjęcia, które się różnią"),
        default="actual",
        metavar=N_("KATALOG"),
    )
    jobs: str | None = option("--jobs", N_("w ilu procesach"), metavar="N")


class NotAllTaken(Refused):
    """Some scenes cannot be played, which happens with other demo data."""

    message = N_("Nie udało się zrobić wszystkich zdjęć: {names}")
    advice = N_("Sprawdź dane z --data albo pomiń te ekrany; wypisuje je mleg-tui screens list.")


def _run(arguments: Screens) -> int:
    """List, take or compare."""
    environment.pin()  # before anything imports Textual
    if arguments.listed not in ("", "list"):
        raise arguments.wrong(_("nieznane polecenie: {command}").format(command=arguments.listed))
    if arguments.listed:
        return _list(arguments)
    if arguments.out:
        return _out(arguments, Path(arguments.out))
    if arguments.check:
        return _check(arguments, Path(arguments.check))
    raise arguments.wrong(_("podaj list, --out DIR albo --check DIR"))


def _list(arguments: Screens) -> int:
    wanted, senseless = _sensible(arguments, _choice(arguments).shots())
    names = list(dict.fromkeys(shot.scene for shot in wanted))
    if arguments.json:
        document: dict[str, object] = {"screens": names}
        if arguments.universities:
            out = {(shot.scene, shot.university): why for shot, why in senseless.items()}
            document["left_out"] = [
                {"screen": screen, "university": university, "reason": _(reason)}
                for (screen, university), reason in out.items()
            ]
        output.show_json(document)
    else:
        output.show(names)
    return 0


def _out(arguments: Screens, path: Path) -> int:
    from mleg_tui.gallery.folder import Folder
    from mleg_tui.gallery.picture import check_available

    formats = arguments.format or _USUAL_FORMATS
    if "png" in formats:
        check_available()
    chosen = _choice(arguments)
    wanted, senseless = _sensible(arguments, chosen.shots())
    folder = Folder(path)
    folder.make(update=arguments.update)
    for name in (*folder.surplus((chosen,)), *(shot.name for shot in senseless)):
        folder.remove(name)
    failed = []
    for picture in _taken(arguments, wanted, drawn=not {"svg", "png"}.isdisjoint(formats)):
        if picture.problem:
            failed.append(picture.shot.name)
        else:
            folder.keep(picture.shot.name, _files(picture, formats))
    folder.note(chosen)
    if failed:
        raise NotAllTaken(names=tuple(failed))
    told = ngettext("{count} zdjęcie: {folder}", "{count} zdjęcia: {folder}", len(wanted))
    output.tell(told.format(count=len(wanted), folder=path))
    return 0


def _sensible(
    arguments: Screens, shots: Iterable[Shot]
) -> tuple[tuple[Shot, ...], dict[Shot, MessageId]]:
    """Return the pictures that make sense at their university, and those that do not, and why.

    A line for each screen that is left out goes to standard error.
    """
    from mleg_tui.compose import open_store
    from mleg_tui.gallery.album import left_out

    wanted = tuple(dict.fromkeys(shots))
    if not any(shot.university for shot in wanted):
        return wanted, {}
    with _completed(arguments) as data:
        senseless = left_out(wanted, partial(open_store, "memory:"), data=data)
    told = _("pominięto {screen} ({university}): {reason}")
    lines = {
        told.format(screen=shot.scene, university=shot.university, reason=_(reason)): None
        for shot, reason in senseless.items()
    }
    output.tell(*lines)
    return tuple(shot for shot in wanted if shot not in senseless), senseless


def _files(picture: Taken, formats: Collection[str]) -> dict[str, bytes]:
    """Return the contents of a picture's files by their endings."""
    from mleg_tui.gallery.picture import png

    files = {"txt": picture.text.encode()} if "txt" in formats else {}
    if "svg" in formats and picture.svg is not None:
        files["svg"] = picture.svg.encode()
    if "png" in formats and picture.svg is not None:
        files["png"] = png(picture.svg)
    return files


def _check(arguments: Screens, path: Path) -> int:
    """Compare; return the exit status."""
    from mleg_tui.gallery.check import REPORT, Finding, Problem, verdicts
    from mleg_tui.gallery.folder import Folder, versions

    folder, actual = Folder(path), Folder(Path(arguments.actual))
    choices = _compared(arguments, folder)
    shots = (shot for choice in choices for shot in choice.shots())
    wanted, senseless = _sensible(arguments, shots)
    kept = {*folder.names()}
    names = [*folder.surplus(choices), *(one.name for one in senseless if one.name in kept)]
    surplus = [Finding(name, Problem.SURPLUS) for name in names]
    before, now = folder.versions(), versions()
    if before is not None and before != now:
        _tell_versions(before, now)
    pictures = _taken(arguments, wanted, drawn=False)
    findings = [*surplus, *verdicts(folder, pictures, actual)]
    report = actual.path / REPORT
    shown = str(report) if any(finding.now for finding in findings) else None
    if arguments.json:
        output.show_json(_document(findings, len(wanted), before, now, shown))
    else:
        output.show(_lines(findings))
    _tell_outcome(findings, len(wanted), shown)
    return DIFFERENT if findings else 0


def _compared(arguments: Screens, folder: Folder) -> tuple[Choice, ...]:
    """Return which pictures to compare: where nothing is said, what the folder was made of."""
    from mleg_tui.gallery.album import Choice

    chosen = _choice(arguments)
    if chosen != Choice():
        return (chosen,)
    choices = folder.choices()
    if Choice() not in choices:
        told = _("Folder zrobiono z: {options}")
        output.tell(told.format(options="; ".join(choice.options for choice in choices)))
    return choices


def _tell_versions(before: str, now: str) -> None:
    told = _("Uwaga: zdjęcia zrobiono inną wersją: {before}; teraz: {now}")
    output.tell(told.format(before=", ".join(before.splitlines()), now=", ".join(now.splitlines())))


def _lines(findings: list[Finding]) -> list[str]:
    lines = []
    in_full = _IN_FULL
    for finding in findings:
        lines.append(_(_TOLD[finding.problem.value]).format(name=finding.name))
        changes = finding.changes() if in_full else []
        lines += [f"  {line}" for line in changes]
        in_full -= bool(changes)
    return lines


def _tell_outcome(findings: list[Finding], compared: int, report: str | None) -> None:
    told = ngettext("Porównano {count} zdjęcie.", "Porównano {count} zdjęcia.", compared)
    output.tell(told.format(count=compared))
    if findings:
        told = ngettext("{count} się nie zgadza.", "{count} się nie zgadzają.", len(findings))
        output.tell(told.format(count=len(findings)))
    if report is not None:
        output.tell(_("Obok siebie: {path}").format(path=report))


def _document(
    findings: list[Finding], compared: int, before: str | None, now: str, report: str | None
) -> dict[str, object]:
    return {
        "compared": compared,
        "versions": {"kept": _by_name(before), "present": _by_name(now)},
        "findings": [
            {"name": each.name, "problem": each.problem.value, "changes": each.changes()}
            for each in findings
        ],
        "report": report,
    }


def _by_name(versions: str | None) -> dict[str, str] | None:
    if versions is None:
        return None
    pairs = (line.partition(" ") for line in versions.splitlines())
    return {name: version for name, _space, version in pairs}


def _choice(arguments: Screens) -> Choice:
    """Return which pictures are meant. Raises ``BadUsage``."""
    from mleg_tui.gallery.album import Choice

    return Choice(
        only=arguments.only,
        languages=(arguments.lang,) if arguments.lang else (),
        sizes=tuple(_size(arguments, text) for text in arguments.size),
        themes=arguments.themes,
        universities=arguments.universities,
    )


def _completed(arguments: Screens) -> AbstractContextManager[Path | None]:
    from mleg_tui.gallery.beginning import completed

    return completed(Path(arguments.data) if arguments.data else None)


def _taken(arguments: Screens, wanted: Collection[Shot], *, drawn: bool) -> Iterator[Taken]:
    """Take the pictures; on a terminal, tell how far it is."""
    from mleg_tui.compose import open_store
    from mleg_tui.gallery.album import take_all

    jobs = _jobs(arguments, len(wanted))
    with _completed(arguments) as data:
        pictures = take_all(
            wanted, partial(open_store, "memory:"), data=data, jobs=jobs, drawn=drawn
        )
        is_seen = sys.stderr is not None and sys.stderr.isatty()
        yield from _watched(pictures, len(wanted)) if is_seen else pictures


def _size(arguments: Screens, text: str) -> tuple[int, int]:
    """Return columns and rows of a size such as ``80x24``. Raises ``BadUsage``."""
    match = _SIZE.fullmatch(text)
    if match is None:
        problem = _("{text} nie jest rozmiarem; podaj np. 80x24").format(text=text)
        raise arguments.wrong(problem)
    return int(match[1]), int(match[2])


def _watched(pictures: Iterator[Taken], total: int) -> Iterator[Taken]:
    """Keep one line of the terminal up to date, and leave it empty."""
    columns = shutil.get_terminal_size().columns
    try:
        for number, picture in enumerate(pictures, 1):
            _overwrite(f"{number}/{total} {picture.shot.name}"[: columns - 1])
            yield picture
    finally:
        _overwrite("")


def _overwrite(line: str) -> None:
    with suppress(OSError):  # nobody looks any more
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _jobs(arguments: Screens, pictures: int) -> int:
    """Return in how many processes to take the pictures: a few are not worth a second one."""
    if arguments.jobs is None:
        return min(os.cpu_count() or 1, 1 + pictures // _WORTH_A_PROCESS)
    if not arguments.jobs.isascii() or not arguments.jobs.isdigit() or int(arguments.jobs) < 1:
        raise arguments.wrong(_("--jobs to liczba od 1"))
    return min(int(arguments.jobs), max(pictures, 1))


COMMAND = sole(Screens, _run)
