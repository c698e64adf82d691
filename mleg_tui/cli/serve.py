"""``mleg-tui serve``: the program for people who sit elsewhere, over SSH or on a web page."""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mleg_tui import languages
from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, command, option, path_of, several, switch
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.locale import _, speech
from mleg_tui.serve.settings import Limits, Settings, SshSettings

if TYPE_CHECKING:
    from mleg_tui.serve.workers import Workers

_PORTS = (0, 65_535)
_SSH_PORT, _WEB_PORT = 2222, 8000
_MOST_SESSIONS, _MOST_WORKERS = 10_000, 64
_MEMORY = "memory:"
_TIMES = frozenset({"login", "idle", "longest"})
_WHO, _HOW_MUCH = N_("kto może wejść"), N_("ograniczenia")


@dataclass(frozen=True, kw_only=True)
class Served(Arguments):
    """Where a server listens, what those see who come, and how much of everything they may use."""

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

    sandbox: bool = switch(
        "--sandbox",
        N_("każdy gość ma własny świat i zegar na czas wizyty; magazyn danych ma tylko dziekanat"),
    )

    world_data: str | None = option(
        "--world-data",
        N_("dane demonstracyjne, od których zaczynają się te światy (domyślnie własne programu)"),
        metavar=N_("KATALOG"),
    )

    workers: str | None = option(
        "--workers",
        N_("ile procesów prowadzi sesje (domyślnie po jednym na rdzeń)"),
        metavar="N",
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
class Ssh(Served):
    """Who may come over SSH."""

    host_key: str | None = option(
        "--host-key", N_("klucz serwera; powstaje przy pierwszym uruchomieniu"), metavar=N_("PLIK")
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
    login: str | None = option(
        "--login-time",
        N_("na przedstawienie się (domyślnie 30s)"),
        metavar=N_("CZAS"),
        under=_HOW_MUCH,
    )


@dataclass(frozen=True, kw_only=True)
class Web(Served):
    """Which names the page answers to, and for how many people."""

    names: Sequence[str] = several(
        "--name",
        N_("nazwa, pod którą strona też odpowiada, np. za serwerem pośredniczącym"),
        metavar=N_("NAZWA"),
    )
    sessions: str | None = option(
        "--visitors", N_("najwyżej tyle osób naraz (domyślnie 200)"), metavar="N", under=_HOW_MUCH
    )


class ExtraMissing(Refused):
    """What the server needs is not installed."""

    message = N_("Ten serwer potrzebuje dodatku „{extra}”, a nie jest on zainstalowany.")
    advice = N_("Zainstaluj go: pip install 'mleg-tui[{extra}]'")


def _serve_ssh(arguments: Ssh) -> int:
    """Serve until it is ended. Raises ``ExtraMissing``, ``CannotListen``, ``BadHostKey``."""
    try:
        from mleg_tui.serve.ssh.host_key import fingerprint, host_key
    except ModuleNotFoundError as error:
        raise ExtraMissing(extra="ssh") from error
    from mleg_tui.serve.ssh.listener import SshListener

    store, keys = _store(arguments), arguments.authorized_keys
    if arguments.sandbox and (arguments.ssh_login or keys is not None):
        raise arguments.wrong(_("--sandbox wpuszcza każdego: nie łączy się z logowaniem przez SSH"))
    settings = SshSettings(
        **_shared(arguments, store, _SSH_PORT),
        host_key=str(_host_key(arguments.host_key)),
        ssh_login=arguments.ssh_login or keys is not None,
        authorized_keys=keys and str(path_of(keys)),
        follows_locale=not (arguments.lang or os.environ.get(languages.VARIABLE)),
    )

    async def listen(passing: Workers) -> None:
        shown = fingerprint(host_key(Path(settings.host_key)))
        await passing.serve(SshListener(passing.pass_on).let_in, partial(_tell_server, shown))

    return _serve(arguments, settings, store, listen)


def _tell_server(fingerprint: str, host: str, port: int) -> None:
    listening = _("Serwer SSH nasłuchuje: {host}, port {port} (kończy Ctrl+C)")
    shown = _("Odcisk klucza serwera: {fingerprint}").format(fingerprint=fingerprint)
    output.announce(listening.format(host=host, port=port), shown)


def _serve(
    arguments: Served,
    settings: Settings,
    store: str,
    listen: Callable[[Workers], Awaitable[None]],
) -> int:
    """Let the workers listen for as long as ``listen`` does."""
    import asyncio

    from mleg_tui.cli.serve_worker import workers
    from mleg_tui.serve.log import logged

    gc.enable()  # the start did without; this runs for long
    _check_look(arguments, store)

    async def serve() -> None:
        await listen(workers(settings, store))

    with logged():
        asyncio.run(serve())
    return 0


def _store(arguments: Served) -> str:
    from mleg_tui.compose import settings_from

    return settings_from(os.environ, arguments.store).store


def _shared(arguments: Served, store: str, port: int) -> dict[str, Any]:
    """Return the settings that both ways have."""
    return {
        "host": arguments.host,
        "port": _number(arguments, "port", port, _PORTS),
        "workers": _workers(arguments, store),
        "language": speech().code,
        "theme": arguments.look,
        "plain": arguments.calm,
        "university": arguments.begin_at,
        "sandbox": arguments.sandbox,
        "world_data": _world_data(arguments),
        "limits": _limits(arguments),
    }


def _world_data(arguments: Served) -> str | None:
    if arguments.world_data is not None and not arguments.sandbox:
        raise arguments.wrong(_("--world-data jest tylko dla --sandbox"))
    return arguments.world_data and str(path_of(arguments.world_data).absolute())


def _limits(arguments: Served) -> Limits:
    """Return the limits as far as they were asked for; a command's field has the limit's name."""
    given = [one.name for one in fields(Limits) if getattr(arguments, one.name, None) is not None]
    return replace(Limits(), **{name: _limit(arguments, name) for name in given})


def _limit(arguments: Served, name: str) -> int:
    if name not in _TIMES:
        return _number(arguments, name, 0, (1, _MOST_SESSIONS))
    from mleg_tui.simulation.typed import parse_duration

    seconds = int(parse_duration(getattr(arguments, name)).total_seconds())
    if seconds < 1:
        problem = _("{option} to co najmniej sekunda").format(option=_flag(arguments, name))
        raise arguments.wrong(problem)
    return seconds


def _workers(arguments: Served, store: str) -> int:
    """Return how many processes serve: one for each core, and one alone where a store needs it."""
    if store == _MEMORY:
        if arguments.workers not in (None, "1"):
            output.tell(_("Magazyn memory: ma tylko jeden proces, więc sesje prowadzi jeden."))
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return _number(arguments, "workers", min(cores, _MOST_WORKERS), (1, _MOST_WORKERS))


def _host_key(given: str | None) -> Path:
    if given is not None:
        return path_of(given).absolute()
    from platformdirs import user_data_path

    return user_data_path("mleg-tui", appauthor=False) / "ssh_host_ed25519_key"


def _check_look(arguments: Served, store: str) -> None:
    """Make the store if it is new.

    Raises where it, the university, the theme, or the data of worlds cannot be used.
    """
    from mleg_tui.cli.config import check_theme
    from mleg_tui.compose import open_services, own_worlds, settings_from
    from mleg_tui.services.initial_data import Beginning

    with closing((services := open_services(settings_from(os.environ, store))).store):
        if arguments.begin_at:
            services.campus.university(arguments.begin_at)
        if arguments.sandbox:
            world = own_worlds(services, Beginning(), _world_data(arguments)).begin()
            world.campus.university(arguments.begin_at or DEFAULT_UNIVERSITY)
    if arguments.look is not None:
        check_theme(arguments.look, arguments.command)


def _serve_web(arguments: Web) -> int:
    """Serve until it is ended. Raises ``ExtraMissing``, ``CannotListen``."""
    try:
        from mleg_tui.serve.web.site import Site
    except ModuleNotFoundError as error:
        raise ExtraMissing(extra="web") from error

    store = _store(arguments)
    settings = Settings(**_shared(arguments, store, _WEB_PORT))
    host, visitors = settings.host, settings.limits.sessions

    async def listen(passing: Workers) -> None:
        site = Site(pass_on=passing.pass_on, host=host, names=arguments.names, visitors=visitors)
        async with site.answering() as let_in:
            await passing.serve(let_in, partial(_tell_page, host))

    return _serve(arguments, settings, store, listen)


def _tell_page(host: str, _address: str, port: int) -> None:
    """Say where the page is, and how little stands before it."""
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
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
    from mleg_tui.simulation.typed import parse_number

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
