"""``mleg-tui serve ssh``: the program over SSH."""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import closing
from functools import partial
from pathlib import Path

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.given import check_theme, file, number
from mleg_tui.cli.parser import BadUsage
from mleg_tui.compose import open_services, settings_from
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, speech
from mleg_tui.serve.ssh.settings import PORT, Limits, Settings
from mleg_tui.simulation.duration import parse_duration

_COMMAND = "mleg-tui serve ssh"
_LAST_PORT, _MOST, _MOST_WORKERS = 65_535, 10_000, 64
_MEMORY = "memory:"
_LIMITS = Limits()
_number = partial(number, command=_COMMAND)


class SshMissing(Refused):
    """What the server needs is not installed."""

    message = N_("Serwer SSH potrzebuje dodatku „ssh”, a nie jest on zainstalowany.")
    advice = N_("Zainstaluj go: pip install 'mleg-tui[ssh]'")


def run(arguments: Arguments) -> int:
    """Serve until the operator ends it. Raises ``SshMissing``, ``CannotListen``, ``BadHostKey``."""
    try:
        from mleg_tui.serve.ssh.host_key import fingerprint, host_key  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SshMissing from error
    from mleg_tui.cli.serve_ssh_worker import COMMAND, errand  # noqa: PLC0415
    from mleg_tui.serve.log import logged  # noqa: PLC0415
    from mleg_tui.serve.ssh.listener import Listener  # noqa: PLC0415

    gc.enable()
    store = settings_from(os.environ, arguments.store).store
    settings = _settings(arguments, store)
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


def _settings(arguments: Arguments, store: str) -> Settings:
    keys = arguments.authorized_keys
    return Settings(
        host=arguments.host,
        port=_number("--port", arguments.port, PORT, (0, _LAST_PORT)),
        workers=_workers(arguments, store),
        host_key=str(_host_key(arguments.host_key)),
        ssh_login=arguments.ssh_login or keys is not None,
        authorized_keys=keys and str(file(keys)),
        language=speech().code,
        theme=arguments.look,
        plain=arguments.calm,
        university=arguments.begin_at,
        limits=_limits(arguments),
    )


def _limits(arguments: Arguments) -> Limits:
    few = (1, _MOST)
    return Limits(
        sessions=_number("--max-sessions", arguments.max_sessions, _LIMITS.sessions, few),
        per_address=_number(
            "--max-per-address", arguments.max_per_address, _LIMITS.per_address, few
        ),
        new_per_minute=_number(
            "--new-per-minute", arguments.new_per_minute, _LIMITS.new_per_minute, few
        ),
        login=_seconds("--login-time", arguments.login_time, _LIMITS.login),
        idle=_seconds("--idle-time", arguments.idle_time, _LIMITS.idle),
        longest=_seconds("--longest", arguments.longest, _LIMITS.longest),
    )


def _workers(arguments: Arguments, store: str) -> int:
    """Return how many processes serve: one for each core, and one alone where a store needs it."""
    if store == _MEMORY:
        if arguments.workers not in (None, "1"):
            output.tell(_("Magazyn memory: ma tylko jeden proces, więc sesje prowadzi jeden."))
        return 1
    return _number("--workers", arguments.workers, _cores(), (1, _MOST_WORKERS))


def _cores() -> int:
    return min(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, _MOST_WORKERS
    )


def _host_key(given: str | None) -> Path:
    if given is not None:
        return file(given).absolute()
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no file was named

    return user_data_path("mleg-tui", appauthor=False) / "ssh_host_ed25519_key"


def _check_look(arguments: Arguments, store: str) -> None:
    """Make the store if it is new. Raises where it, the university or the theme cannot be used."""
    with closing((services := open_services(settings_from(os.environ, store))).store):
        if arguments.begin_at:
            services.campus.university(arguments.begin_at)
    if arguments.look is not None:
        check_theme(arguments.look, command=_COMMAND)


def _seconds(option: str, given: str | None, default: int) -> int:
    if given is None:
        return default
    seconds = int(parse_duration(given).total_seconds())
    if seconds < 1:
        problem = _("{option} to co najmniej sekunda").format(option=option)
        raise BadUsage(problem=problem, command=_COMMAND)
    return seconds
