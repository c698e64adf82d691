"""``mleg-tui screens``: snapshots of every screen, for a team's own CI."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.parser import BadUsage
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.gallery import environment
from mleg_tui.locale import _, ngettext

if TYPE_CHECKING:
    from mleg_tui.gallery.album import Taken

_USUAL_FORMATS = ("txt", "svg")


class NotAllTaken(Refused):
    """Some scenes cannot be played, which happens with other demo data."""

    message = N_("Nie udało się zrobić wszystkich zdjęć: {names}")
    advice = N_("Sprawdź dane z --data albo pomiń te ekrany; wypisuje je mleg-tui screens list.")


def run(arguments: Arguments) -> int:
    """List, take or compare."""
    environment.pin()  # before anything imports Textual
    from mleg_tui.cli.screens_taking import COMMAND  # noqa: PLC0415 - after the pinning

    if arguments.command not in ("", "list"):
        problem = _("nieznane polecenie: {command}").format(command=arguments.command)
        raise BadUsage(problem=problem, command=COMMAND)
    if arguments.command:
        return _list(arguments)
    if arguments.out:
        return _out(arguments, Path(arguments.out))
    if arguments.check:
        from mleg_tui.cli import screens_check  # noqa: PLC0415

        return screens_check.run(arguments, Path(arguments.check))
    raise BadUsage(problem=_("podaj list, --out DIR albo --check DIR"), command=COMMAND)


def _list(arguments: Arguments) -> int:
    from mleg_tui.cli.screens_taking import choice  # noqa: PLC0415

    names = list(dict.fromkeys(shot.scene for shot in choice(arguments).shots()))
    if arguments.json:
        output.show_json({"screens": names})
    else:
        output.show(names)
    return 0


def _out(arguments: Arguments, path: Path) -> int:
    from mleg_tui.cli.screens_taking import choice, taken  # noqa: PLC0415
    from mleg_tui.gallery.folder import VERSIONS, Folder, versions  # noqa: PLC0415
    from mleg_tui.gallery.png import check_available  # noqa: PLC0415

    formats = arguments.format or _USUAL_FORMATS
    if "png" in formats:
        check_available()
    chosen = choice(arguments)
    wanted = chosen.shots()
    folder = Folder(path)
    folder.make(update=arguments.update)
    for name in folder.surplus(chosen):
        folder.remove(name)
    failed = []
    for picture in taken(arguments, wanted, drawn=not {"svg", "png"}.isdisjoint(formats)):
        if picture.problem:
            failed.append(picture.shot.name)
        else:
            folder.keep(picture.shot.name, _files(picture, formats))
    folder.write(VERSIONS, versions().encode())
    if failed:
        raise NotAllTaken(names=tuple(failed))
    told = ngettext("{count} zdjęcie: {folder}", "{count} zdjęcia: {folder}", len(wanted))
    output.tell(told.format(count=len(wanted), folder=path))
    return 0


def _files(picture: Taken, formats: Collection[str]) -> dict[str, bytes]:
    """Return the contents of a picture's files by their endings."""
    files = {"txt": picture.text.encode()} if "txt" in formats else {}
    if "svg" in formats and picture.svg is not None:
        files["svg"] = picture.svg.encode()
    if "png" in formats and picture.svg is not None:
        from mleg_tui.gallery.png import png  # noqa: PLC0415 - an extra

        files["png"] = png(picture.svg)
    return files
