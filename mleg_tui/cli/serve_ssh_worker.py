"""A worker process of ``mleg-tui serve ssh``; the listener starts it, with a socket."""

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
from mleg_tui.compose import open_services, settings_from
from mleg_tui.domain.errors import MlegError
from mleg_tui.serve.log import logged
from mleg_tui.serve.ssh.settings import Limits, Settings

COMMAND = (sys.executable, "-m", "mleg_tui.cli.serve_ssh_worker")
PLAIN = (sys.executable, "-m", "mleg_tui.cli.serve_ssh_plain")


def errand(settings: Settings, store: str) -> str:
    """Return what a worker is to do, as a line for its standard input."""
    return json.dumps({"settings": asdict(settings), "store": store})


def main() -> int:
    """Serve until the listener ends; return the exit status."""
    given: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**given["settings"].pop("limits"))
    settings = Settings(**given["settings"], limits=limits)
    os.environ["MLEG_TUI_STORE"] = given["store"]  # for the plain commands
    with logged(), log_kept():
        try:
            return _serve(settings, given["store"])
        except MlegError as error:
            output.tell_error(error)
            return exit_status(error)


def _serve(settings: Settings, store: str) -> int:
    from mleg_tui.serve.ssh.worker import Worker, serve_until_end  # noqa: PLC0415 - draws

    control = socket.socket(fileno=int(sys.argv[1]))
    services = open_services(settings_from(os.environ, store)).guarded()

    async def serve() -> None:
        await serve_until_end(Worker(settings, services, PLAIN), control)

    with closing(services), control:
        asyncio.run(serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
