"""``mleg-tui serve``: the program for people who sit elsewhere, over SSH or on a web page."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from mleg_tui import languages
from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, command, option, path_of, several, switch
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, speech
from mleg_tui.serve.ssh.settings import PORT as SSH_PORT
from mleg_tui.serve.ssh.settings import Limits
from mleg_tui.serve.ssh.settings import Settings as SshSettings

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.compose import Settings

_PORTS = (0, 65_535)
_WEB_PORT, _VISITORS, _MOST_VISITORS = 8000, 10, 65_535
_MOST_SESSIONS, _MOST_WORKERS = 10_000, 64
_MEMORY = "memory:"
_TIMES = frozenset({"login", "idle", "longest"})
_WHO, _HOW_MUCH = N_("kto może wejść"), N_("ograniczenia")


@dataclass(frozen=True, kw_only=True)
class Served(Arguments):
    """Where a server listens, and what those see who come."""

    host: str = option(
        "--host",
        N_("gdzie nasłuchiwać (domyślnie 127.0.0.1)"),
        default="127.0.0.1",
        metavar=N_("ADRES"),
    )
    port: str | None = option("--port", N_("port; 0 to dowolny wolny"), metavar="N")
    begin_at: str | None = option("--university", N_("uczelnia na stronie logowania"), metavar="ID")
    look: str | None = option("--theme", N_("motyw kolorów"), metavar=N_("NAZWA"))
    calm: bool = switch(
        "--plain", N_("dla czytników ekranu: bez ramek, w jednej kolumnie, bez ruchu")
    )


@dataclass(frozen=True, kw_only=True)
class Ssh(Served):
    """Who may come over SSH, and how much of everything."""

    host_key: str | None = option(
        "--host-key", N_("klucz serwera; powstaje przy pierwszym uruchomieniu"), metavar=N_("PLIK")
    )
    workers: str | None = option(
        "--workers",
        N_("ile procesów prowadzi sesje (domyślnie po jednym na rdzeń)"),
        metavar="N",
    )
    ssh_login: bool = switch(
        "--ssh-login",
        N_("SSH pyta o hasło konta programu i otwiera od razu USOSweb"),
        under=_WHO,
    )
    authorized_keys: str | None = option(
        "--authorized-keys",
        N_("pliki z kluczami publicznymi, po jednym na konto, nazwane jak ono"),
        metavar=N_("KATALOG"),
        under=_WHO,
    )
    sessions: str | None = option(
        "--max-sessions", N_("sesji naraz (domyślnie 200)"), metavar="N", under=_HOW_MUCH
    )
    per_address: str | None = option(
        "--max-per-address",
        N_("sesji naraz z jednego adresu (domyślnie 120)"),
        metavar="N",
        under=_HOW_MUCH,
    )
    new_per_minute: str | None = option(
        "--new-per-minute",
        N_("nowych połączeń na minutę z jednego adresu (domyślnie 300)"),
        metavar="N",
        under=_HOW_MUCH,
    )
    login: str | None = option(
        "--login-time",
        N_("na przedstawienie się (domyślnie 30s)"),
        metavar=N_("CZAS"),
        under=_HOW_MUCH,
    )
    idle: str | None = option(
        "--idle-time",
        N_("bez naciśnięcia klawisza (domyślnie 30m)"),
        metavar=N_("CZAS"),
        under=_HOW_MUCH,
    )
    longest: str | None = option(
        "--longest", N_("najdłuższa sesja (domyślnie 8h)"), metavar=N_("CZAS"), under=_HOW_MUCH
    )


@dataclass(frozen=True, kw_only=True)
class Web(Served):
    """Which names the page answers to, and for how many people."""

    names: Sequence[str] = several(
        "--name",
        N_("nazwa, pod którą strona też odpowiada, np. za serwerem pośredniczącym"),
        metavar=N_("NAZWA"),
    )
    visitors: str | None = option(
        "--visitors", N_("najwyżej tyle osób naraz (domyślnie 10)"), metavar="N"
    )


class SshMissing(Refused):
    """What the server needs is not installed."""

    message = N_("Serwer SSH potrzebuje dodatku „ssh”, a nie jest on zainstalowany.")
    advice = N_("Zainstaluj go: pip install 'mleg-tui[ssh]'")


class WebMissing(Refused):
    """What the page needs is not installed."""

    message = N_("Strona WWW potrzebuje dodatku „web”, a nie jest on zainstalowany.")
    advice = N_("Zainstaluj go: pip install 'mleg-tui[web]'")


def _serve_ssh(arguments: Ssh) -> int:
    """Serve until the operator ends it. Raises ``SshMissing``, ``CannotListen``, ``BadHostKey``."""
    import asyncio  # noqa: PLC0415 - not for the help

    try:
        from mleg_tui.serve.ssh.host_key import fingerprint, host_key  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SshMissing from error
    from mleg_tui.cli.serve_ssh_worker import COMMAND, errand  # noqa: PLC0415
    from mleg_tui.compose import settings_from  # noqa: PLC0415
    from mleg_tui.serve.log import logged  # noqa: PLC0415
    from mleg_tui.serve.ssh.listener import Listener  # noqa: PLC0415

    gc.enable()
    store = settings_from(os.environ, arguments.store).store
    settings = _ssh_settings(arguments, store)
    _check_look(arguments, store)
    shown = fingerprint(host_key(Path(settings.host_key)))

    def listening(host: str, port: int) -> None:
        output.announce(
            _("Serwer SSH nasłuchuje: {host}, port {port} (kończy Ctrl+C)").format(
                host=host, port=port
            ),
            _("Odcisk klucza serwera: {fingerprint}").format(fingerprint=shown),
        )

    with logged():
        asyncio.run(Listener(settings, COMMAND, errand(settings, store)).serve(listening))
    return 0


def _ssh_settings(arguments: Ssh, store: str) -> SshSettings:
    keys = arguments.authorized_keys
    return SshSettings(
        host=arguments.host,
        port=_number(arguments, "port", SSH_PORT, _PORTS),
        workers=_workers(arguments, store),
        host_key=str(_host_key(arguments.host_key)),
        ssh_login=arguments.ssh_login or keys is not None,
        authorized_keys=keys and str(path_of(keys)),
        language=speech().code,
        follows_locale=not (arguments.lang or os.environ.get(languages.VARIABLE)),
        theme=arguments.look,
        plain=arguments.calm,
        university=arguments.begin_at,
        limits=_limits(arguments),
    )


def _limits(arguments: Ssh) -> Limits:
    """Return the limits as far as they were asked for; a command's field has the limit's name."""
    given = [one.name for one in fields(Limits) if getattr(arguments, one.name) is not None]
    return replace(Limits(), **{name: _limit(arguments, name) for name in given})


def _limit(arguments: Ssh, name: str) -> int:
    if name not in _TIMES:
        return _number(arguments, name, 0, (1, _MOST_SESSIONS))
    from mleg_tui.simulation.duration import parse_duration  # noqa: PLC0415 - not for the help

    seconds = int(parse_duration(getattr(arguments, name)).total_seconds())
    if seconds < 1:
        problem = _("{option} to co najmniej sekunda").format(option=_flag(arguments, name))
        raise arguments.wrong(problem)
    return seconds


def _workers(arguments: Ssh, store: str) -> int:
    """Return how many processes serve: one for each core, and one alone where a store needs it."""
    if store == _MEMORY:
        if arguments.workers not in (None, "1"):
            output.tell(_("Magazyn memory: ma tylko jeden proces, więc sesje prowadzi jeden."))
        return 1
    return _number(arguments, "workers", _cores(), (1, _MOST_WORKERS))


def _cores() -> int:
    return min(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, _MOST_WORKERS
    )


def _host_key(given: str | None) -> Path:
    if given is not None:
        return path_of(given).absolute()
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no file was named

    return user_data_path("mleg-tui", appauthor=False) / "ssh_host_ed25519_key"


def _check_look(arguments: Ssh, store: str) -> None:
    """Make the store if it is new. Raises where it, the university or the theme cannot be used."""
    from mleg_tui.compose import open_services, settings_from  # noqa: PLC0415 - not for the help

    with closing((services := open_services(settings_from(os.environ, store))).store):
        if arguments.begin_at:
            services.campus.university(arguments.begin_at)
    if arguments.look is not None:
        arguments.check_theme(arguments.look)


def _serve_web(arguments: Web) -> int:
    """Serve until the operator ends it. Raises ``WebMissing``, ``CannotListen``."""
    import asyncio  # noqa: PLC0415 - not for the help

    try:
        from mleg_tui.serve.web.site import Site, serve  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise WebMissing from error
    from mleg_tui.compose import settings_from  # noqa: PLC0415
    from mleg_tui.serve.log import logged  # noqa: PLC0415

    gc.enable()  # the start did without; this runs for long
    settings = settings_from(os.environ, arguments.store)
    command = [sys.executable, "-m", "mleg_tui", *_look(arguments, settings)]
    site = Site(
        command=command,
        environ={**os.environ, "MLEG_TUI_STORE": settings.store, "MLEG_TUI_LANG": speech().code},
        host=arguments.host,
        port=_number(arguments, "port", _WEB_PORT, _PORTS),
        names=arguments.names,
        visitors=_number(arguments, "visitors", _VISITORS, (1, _MOST_VISITORS)),
    )
    with logged():
        asyncio.run(serve(site, lambda address: _tell_page(site.host, address)))
    return 0


def _look(arguments: Web, settings: Settings) -> list[str]:
    """Return the options of the visitors' program, known to be good; the store is there then."""
    from mleg_tui.compose import open_services  # noqa: PLC0415 - not for the help

    look: list[str] = []
    with closing((services := open_services(settings)).store):
        if arguments.begin_at:
            look += ["--university", services.campus.university(arguments.begin_at).id]
    if arguments.look:
        arguments.check_theme(arguments.look)
        look += ["--theme", arguments.look]
    if arguments.calm:
        look.append("--plain")
    return look


def _tell_page(host: str, address: str) -> None:
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


def _number(arguments: Served, name: str, default: int, within: tuple[int, int]) -> int:
    """Return the number of an option, or its default. Raises ``BadUsage``, ``NotANumber``."""
    from mleg_tui.simulation.typed import parse_number  # noqa: PLC0415 - not for the help

    given, (least, most) = getattr(arguments, name), within
    value = default if given is None else parse_number(given)
    if not least <= value <= most:
        problem = _("{option} to liczba od {least} do {most}")
        option = _flag(arguments, name)
        raise arguments.wrong(problem.format(option=option, least=least, most=most))
    return value


def _flag(arguments: Served, name: str) -> str:
    """Return how the option of a field is written."""
    (flag,) = next(one.metadata["flags"] for one in fields(arguments) if one.name == name)
    return str(flag)


COMMANDS = {
    "ssh": command(
        N_("program przez SSH; każda sesja na tym samym magazynie danych"), Ssh, _serve_ssh
    ),
    "web": command(N_("program na stronie WWW, do pokazów; bez logowania"), Web, _serve_web),
}
