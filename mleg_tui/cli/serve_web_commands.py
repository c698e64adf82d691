"""``mleg-tui serve web``: the program on a web page."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from contextlib import closing
from functools import partial
from ipaddress import ip_address

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.given import check_theme, number
from mleg_tui.compose import Settings, open_services, settings_from
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, speech

_COMMAND = "mleg-tui serve web"
_PORT, _MOST = 8000, 65_535
_VISITORS = 10
_number = partial(number, command=_COMMAND)


class WebMissing(Refused):
    """What the page needs is not installed."""

    message = N_("Strona WWW potrzebuje dodatku „web”, a nie jest on zainstalowany.")
    advice = N_("Zainstaluj go: pip install 'mleg-tui[web]'")


def run(arguments: Arguments) -> int:
    """Serve until the operator ends it. Raises ``WebMissing``, ``CannotListen``."""
    try:
        from mleg_tui.serve.web.site import Site, serve  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise WebMissing from error
    from mleg_tui.serve.log import logged  # noqa: PLC0415

    gc.enable()  # the start did without; this runs for long
    settings = settings_from(os.environ, arguments.store)
    command = [sys.executable, "-m", "mleg_tui", *_look(arguments, settings)]
    site = Site(
        command=command,
        environ={**os.environ, "MLEG_TUI_STORE": settings.store, "MLEG_TUI_LANG": speech().code},
        host=arguments.host,
        port=_number("--port", arguments.port, _PORT, (0, _MOST)),
        names=arguments.names,
        visitors=_number("--visitors", arguments.visitors, _VISITORS, (1, _MOST)),
    )
    with logged():
        asyncio.run(serve(site, lambda address: _tell(site.host, address)))
    return 0


def _look(arguments: Arguments, settings: Settings) -> list[str]:
    """Return the options of the visitors' program, known to be good; the store is there then."""
    look: list[str] = []
    with closing((services := open_services(settings)).store):
        if arguments.begin_at:
            look += ["--university", services.campus.university(arguments.begin_at).id]
    if arguments.look:
        check_theme(arguments.look, command=_COMMAND)
        look += ["--theme", arguments.look]
    if arguments.calm:
        look.append("--plain")
    return look


def _tell(host: str, address: str) -> None:
    """Say where the page is, and how little stands before it."""
    output.tell(
        _("Strona: {address} (kończy Ctrl+C)").format(address=address),
        _("Strona nie ma własnego logowania: widzi ją każdy, kto do niej dotrze."),
    )
    if not _is_loopback(host):
        warning = _("Uwaga: {host} to nie tylko ta maszyna, a nic nie jest szyfrowane.")
        output.tell(warning.format(host=host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
