"""A worker process of ``mleg-tui serve``; the process that listens starts it, with a socket."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Any

from mleg_tui.cli import output
from mleg_tui.cli.crash import log_kept
from mleg_tui.cli.output import exit_status
from mleg_tui.compose import open_services, own_worlds, settings_from
from mleg_tui.domain.errors import MlegError
from mleg_tui.serve.log import logged
from mleg_tui.serve.settings import Limits, Settings, SshSettings
from mleg_tui.serve.workers import Workers

PLAIN = (sys.executable, "-m", "mleg_tui.cli.serve_ssh_plain")
_SSH, _WEB = "ssh", "web"


def workers(settings: Settings, store: str) -> Workers:
    """Return the workers for a server."""
    way = _SSH if isinstance(settings, SshSettings) else _WEB
    errand = json.dumps({"settings": asdict(settings), "store": store})
    return Workers(settings, (sys.executable, "-m", __name__, way), errand)


def main() -> int:
    """Serve until the process that listens ends; return the exit status."""
    way, control = sys.argv[1:]
    given: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**given["settings"].pop("limits"))
    kind = SshSettings if way == _SSH else Settings
    os.environ["MLEG_TUI_STORE"] = given["store"]  # for the plain commands
    with logged(), log_kept():
        try:
            return _serve(kind(**given["settings"], limits=limits), given["store"], int(control))
        except MlegError as error:
            output.tell_error(error)
            return exit_status(error)


def _serve(settings: Settings, store: str, descriptor: int) -> int:
    from mleg_tui.serve.worker import Worker, serve_until_end

    control = socket.socket(fileno=descriptor)
    opened = settings_from(os.environ, store)
    services = open_services(opened).guarded()
    worlds = own_worlds(services, opened.beginning, settings.world_data)

    def worker() -> Worker:
        if isinstance(settings, SshSettings):
            from mleg_tui.serve.ssh.worker import SshWorker

            return SshWorker(settings, services, PLAIN, worlds)
        from mleg_tui.serve.web.session import WebWorker

        return WebWorker(settings, services, worlds)

    async def serve() -> None:
        await serve_until_end(worker(), control)

    with closing(services), control:
        asyncio.run(serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
