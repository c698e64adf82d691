"""``mleg-tui time``: shows and sets the simulated clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui.cli.options import argument, command, option
from mleg_tui.cli.plain import Document, P, Plain, Shown, at_one_moment, instant
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.services.services import Services
    from mleg_tui.services.time_desk import TimeDesk, TimeShown
    from mleg_tui.simulation.forecast import Coming

_SHOWN_AHEAD = 10


@dataclass(frozen=True, kw_only=True)
class Speed(Plain):
    """How fast the time goes."""

    rate: str = argument(N_("sekund symulacji na sekundę"), metavar="N")


@dataclass(frozen=True, kw_only=True)
class Forward(Plain):
    """How far, or to when."""

    duration: str = argument(
        N_("np. 90s, 10m, 2h, 1d, 1w albo 1h30m"), nargs="?", metavar=N_("CZAS"), either=True
    )
    to: str | None = option(
        "--to",
        N_("do dnia albo chwili, np. 2027-04-01 albo 2027-04-01T09:30"),
        metavar=N_("DATA"),
        either=True,
    )


@dataclass(frozen=True, kw_only=True)
class Next(Plain):
    """How much of what is coming."""

    limit: str | None = option("--limit", N_("najwyżej tyle"), metavar="N")


def _setting(act: Callable[[TimeDesk, P], TimeShown]) -> Callable[[P], int]:
    """Return what obeys a command after which the time is shown."""

    def set_and_show(services: Services, arguments: P) -> Shown:
        time = act(services.time, arguments)
        return _document(time), _lines(time)

    return at_one_moment(set_and_show)


def _forward(desk: TimeDesk, arguments: Forward) -> TimeShown:
    from mleg_tui.simulation.typed import parse_duration, parse_moment

    if arguments.to:
        return desk.forward_to(parse_moment(arguments.to))
    return desk.forward(parse_duration(arguments.duration))


def _set_speed(desk: TimeDesk, arguments: Speed) -> TimeShown:
    from mleg_tui.simulation.typed import parse_speed

    return desk.set_speed(parse_speed(arguments.rate))


def _step(services: Services, _arguments: Plain) -> Shown:
    from mleg_tui.services.session import Administrator

    happened = services.simulation.step(Administrator()).happened
    time = services.time.show()
    document = {**_document(time), "happened": _happening(happened)}
    return document, [*_ahead_lines(happened), *_lines(time)]


def _next(services: Services, arguments: Next) -> Shown:
    from mleg_tui.services.session import Administrator
    from mleg_tui.simulation.typed import parse_number

    limit = parse_number(arguments.limit) if arguments.limit else _SHOWN_AHEAD
    ahead = services.simulation.whats_next(Administrator(), limit)
    return {"next": _happening(ahead)}, _ahead_lines(ahead) or [_("brak")]


def _document(time: TimeShown) -> Document:
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
        _("Tempo: ×{speed}").format(speed=f"{time.speed:g}"),
        *_lasting(time),
        _("Następny krok: {step}").format(step=_next_step(time)),
    ]


def _lasting(time: TimeShown) -> Iterator[str]:
    """Say how long the speed lasts, if it is not the usual one."""
    if time.speed != time.lasting_speed:
        ends = _("To tempo kończy się z programem, który o nie prosił; potem ×{speed}.")
        yield ends.format(speed=f"{time.lasting_speed:g}")
    elif time.speed != 1:
        yield _("To tempo zostaje, także gdy żaden program nie działa.")


def _next_step(time: TimeShown) -> str:
    from mleg_tui.domain.order_status import PRESENTED
    from mleg_tui.simulation.forecast import REACHED

    if time.upcoming is None:
        return _("brak")
    order, step = time.upcoming
    return f"{shown(step.at)}, {order.id}, {_(PRESENTED[REACHED[step.command]].coming)}"


def _happening(coming: Sequence[Coming]) -> list[dict[str, object]]:
    return [
        {"at": instant(one.at), "order": one.order, "status": one.status.name} for one in coming
    ]


def _ahead_lines(coming: Sequence[Coming]) -> list[str]:
    from mleg_tui.domain.order_status import PRESENTED

    return [f"{shown(one.at)}, {one.order}, {_(PRESENTED[one.status].coming)}" for one in coming]


COMMANDS = {
    "show": command(
        N_("pokazuje czas i następny krok"), Plain, _setting(lambda desk, _: desk.show())
    ),
    "speed": command(
        N_("ustawia tempo, które zostaje także bez programu"),
        Speed,
        _setting(_set_speed),
    ),
    "pause": command(N_("zatrzymuje czas"), Plain, _setting(lambda desk, _: desk.pause())),
    "resume": command(N_("wznawia czas"), Plain, _setting(lambda desk, _: desk.resume())),
    "forward": command(N_("przesuwa czas do przodu"), Forward, _setting(_forward)),
    "step": command(N_("przesuwa czas do następnego zdarzenia"), Plain, at_one_moment(_step)),
    "next": command(N_("pokazuje, co się wydarzy"), Next, at_one_moment(_next)),
}
