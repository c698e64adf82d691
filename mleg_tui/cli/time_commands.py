"""``mleg-tui time``: shows and sets the simulated clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import instant
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.domain.calendar import shown
from mleg_tui.locale import _
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.time_desk import TimeDesk, TimeShown
from mleg_tui.simulation.duration import parse_duration
from mleg_tui.simulation.forecast import COMING_LABELS, REACHED, Coming
from mleg_tui.simulation.typed import parse_moment, parse_number, parse_speed

_SHOWN_AHEAD = 10


def run(arguments: Arguments) -> int:
    """Read or set the simulated time and show it."""
    with services_at_one_moment(arguments) as services:
        document, lines = _obey(services, arguments)
    if arguments.json:
        output.show_json(document)
    else:
        output.show(lines)
    return 0


def _obey(services: Services, arguments: Arguments) -> tuple[dict[str, object], list[str]]:
    desk, administrator = services.simulation, Administrator()
    match arguments.command:
        case "next":
            limit = parse_number(arguments.limit) if arguments.limit else _SHOWN_AHEAD
            ahead = desk.whats_next(administrator, limit)
            return {"next": _happening(ahead)}, _ahead_lines(ahead) or [_("brak")]
        case "step":
            stepped = desk.step(administrator)
            time = services.time.show()
            document = {**_document(time), "happened": _happening(stepped.happened)}
            return document, [*_ahead_lines(stepped.happened), *_lines(time)]
        case _:
            time = _set(services.time, arguments)
            return _document(time), _lines(time)


def _set(desk: TimeDesk, arguments: Arguments) -> TimeShown:
    match arguments.command:
        case "speed":
            return desk.set_speed(parse_speed(arguments.rate))
        case "pause":
            return desk.pause()
        case "resume":
            return desk.resume()
        case "forward" if arguments.to:
            return desk.forward_to(parse_moment(arguments.to))
        case "forward":
            return desk.forward(parse_duration(arguments.duration))
        case _:
            return desk.show()


def _document(time: TimeShown) -> dict[str, object]:
    upcoming = None
    if time.upcoming is not None:
        order, step = time.upcoming
        upcoming = {"order": order.id, "command": step.command.name, "at": instant(step.at)}
    lasting = {} if time.speed == time.lasting_speed else {"lasting_speed": time.lasting_speed}
    return {
        "now": instant(time.now),
        "speed": time.speed,
        **lasting,
        "paused": time.paused,
        "next": upcoming,
    }


def _lines(time: TimeShown) -> list[str]:
    state = _("zatrzymany") if time.paused else _("płynie")
    return [
        _("Czas symulacji: {moment} ({state})").format(moment=shown(time.now), state=state),
        _("Prędkość: {speed}×").format(speed=f"{time.speed:g}"),
        *_lasting(time),
        _("Następny krok: {step}").format(step=_next(time)),
    ]


def _lasting(time: TimeShown) -> Iterator[str]:
    """Say how long the speed lasts, if it is not the usual one."""
    if time.speed != time.lasting_speed:
        ends = _("Ta prędkość kończy się z programem, który o nią prosił; potem {speed}×.")
        yield ends.format(speed=f"{time.lasting_speed:g}")
    elif time.speed != 1:
        yield _("Ta prędkość zostaje, także gdy żaden program nie działa.")


def _next(time: TimeShown) -> str:
    if time.upcoming is None:
        return _("brak")
    order, step = time.upcoming
    return f"{shown(step.at)}, {order.id}, {_(COMING_LABELS[REACHED[step.command]])}"


def _happening(coming: Sequence[Coming]) -> list[dict[str, object]]:
    return [
        {"at": instant(one.at), "order": one.order, "status": one.status.name} for one in coming
    ]


def _ahead_lines(coming: Sequence[Coming]) -> list[str]:
    return [f"{shown(one.at)}, {one.order}, {_(COMING_LABELS[one.status])}" for one in coming]
