"""The process that listens has workers: it limits who comes, and passes each to one of them.

It loads neither SSH nor Textual and never looks into what is sent, so little can end it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of
from mleg_tui.serve.log import log
from mleg_tui.serve.rate_limiter import RateLimiter, ServerFull
from mleg_tui.serve.settings import Settings
from mleg_tui.serve.socket_passing import READY, Visitor, pass_socket

_SHUTDOWN = 4.0
"""Seconds for the workers to end; then they are killed."""
_BACKLOG = 512
_MOST_FAILURES = 5
"""So many times in a row may a worker die before it was ready."""
_FIRST_BACKOFF, _LONGEST_BACKOFF = 0.1, 5.0
_NOT_PASSED_ON = ("COLUMNS", "LINES", "MLEG_TUI_PASSWORD", "MLEG_TUI_SPEED", "NO_COLOR")
"""Variables that are about whoever started the server, not about the visitors."""
PassOn = Callable[[socket.socket, Visitor], None]
"""Passes somebody to a worker, or raises ``Refused``."""
LetIn = Callable[[Sequence[socket.socket]], AbstractAsyncContextManager[None]]
"""What takes people's connections from sockets that listen, for as long as it is entered."""


class CannotListen(Refused):
    """The address is taken, or is not this machine's."""

    message = N_("Nie można nasłuchiwać pod adresem {host}, port {port}: {reason}.")
    advice = N_("Podaj inny port (--port) albo adres (--host).")


class NoWorkers(Refused):
    """The workers die before they serve anybody."""

    message = N_("Procesy, które mają prowadzić sesje, kończą się, zanim zaczną.")
    advice = N_("Szczegóły są powyżej i w dzienniku programu.")


class WorkerProcess:
    """A worker as it is seen from here: a process, and the addresses of its connections.

    One that takes the place of a worker that served may be passed connections before it is ready:
    they wait for it, or else all that were thrown out would fill the others.
    """

    def __init__(self, process: Process, control: socket.socket, *, is_successor: bool) -> None:
        self.process = process
        self.control = control
        self.connections: dict[str, str] = {}
        self.is_ready = False
        self.is_successor = is_successor

    def takes(self, sock: socket.socket, number: str, who: Visitor) -> bool:
        """Take a connection; tell whether that was possible."""
        may = self.is_ready or self.is_successor
        if may and pass_socket(self.control, sock, number, who):
            self.connections[number] = who.host
            return True
        return False


class Workers:
    """Starts the workers, restarts one that died, and passes people to them.

    ``command`` starts a worker; it gets the number of its control socket as its last argument,
    and ``configuration`` as the first line of its standard input.
    """

    def __init__(self, settings: Settings, command: Sequence[str], configuration: str) -> None:
        self._settings = settings
        self._command = command
        self._configuration = configuration
        self._limiter = RateLimiter(settings.limits)
        self._workers: set[WorkerProcess] = set()
        self._count = 0
        self._ready = asyncio.Event()
        self._ended = asyncio.Event()
        self._failed: NoWorkers | None = None

    async def serve(self, let_in: LetIn, listening: Callable[[str, int], None]) -> None:
        """Serve until SIGTERM or SIGINT. Raises ``CannotListen``, ``NoWorkers``.

        ``listening`` is called with address and port once somebody may come.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        sockets = await _listen(self._settings.host, self._settings.port)
        supervisors = [
            asyncio.create_task(self._supervise()) for _ in range(self._settings.workers)
        ]
        try:
            await self._ready.wait()
            if not self._ended.is_set():
                async with let_in(sockets):
                    listening(*sockets[0].getsockname()[:2])
                    await self._ended.wait()
        finally:
            for sock in sockets:
                sock.close()
            await self._close(supervisors)
        if self._failed is not None:
            raise self._failed

    def pass_on(self, sock: socket.socket, who: Visitor) -> None:
        """Pass a connection to the worker with the fewest. Raises ``Refused``."""
        self._limiter.admit(who.host)
        self._count += 1
        number = str(self._count)
        for worker in sorted(self._workers, key=lambda worker: len(worker.connections)):
            if worker.takes(sock, number, who):
                return
        self._limiter.release(who.host)
        raise ServerFull

    def _end(self) -> None:
        self._ended.set()
        self._ready.set()  # whoever waits for that need not any more

    async def _supervise(self) -> None:
        """Keep one worker running, with a longer pause after each failure."""
        failures, backoff, served = 0, _FIRST_BACKOFF, False
        while not self._ended.is_set():
            worker = await self._start(is_successor=served)
            await self._listen_to(worker)
            status = await worker.process.wait()
            if self._ended.is_set():
                return
            log.error("a worker ended (%s) with %d sessions", status, len(worker.connections))
            self._forget(worker)
            served = worker.is_ready
            failures = 0 if served else failures + 1
            if failures >= _MOST_FAILURES:
                self._failed = NoWorkers()
                self._end()
                return
            backoff = _FIRST_BACKOFF if served else min(backoff * 2, _LONGEST_BACKOFF)
            await asyncio.sleep(backoff)

    async def _start(self, *, is_successor: bool) -> WorkerProcess:
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                str(theirs.fileno()),
                stdin=PIPE,
                stdout=PIPE,
                pass_fds=[theirs.fileno()],
                env=worker_environment(os.environ),
            )
        ours.setblocking(False)  # noqa: FBT003 - the socket's own
        worker = WorkerProcess(process, ours, is_successor=is_successor)
        self._workers.add(worker)
        if process.stdin is not None:
            with suppress(ConnectionError):
                process.stdin.write(f"{self._configuration}\n".encode())
                await process.stdin.drain()
        return worker

    async def _listen_to(self, worker: WorkerProcess) -> None:
        """Read what a worker reports, to its end."""
        while worker.process.stdout is not None and (
            line := await worker.process.stdout.readline()
        ):
            word = line.decode().strip()
            if word == READY:
                worker.is_ready = True
                if sum(one.is_ready for one in self._workers) == self._settings.workers:
                    self._ready.set()
            else:
                host = worker.connections.pop(word, None)
                if host is not None:
                    self._limiter.release(host)

    def _forget(self, worker: WorkerProcess) -> None:
        self._workers.discard(worker)
        worker.control.close()
        for host in worker.connections.values():
            self._limiter.release(host)

    async def _close(self, supervisors: Sequence[asyncio.Task[None]]) -> None:
        """End the workers, who tell their sessions; kill who does not end in time."""
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.process.terminate()
        if supervisors:
            await asyncio.wait(supervisors, timeout=_SHUTDOWN)
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.process.kill()
            worker.control.close()
        for task in supervisors:
            task.cancel()
        await asyncio.gather(*supervisors, return_exceptions=True)


async def _listen(host: str, port: int) -> list[socket.socket]:
    """Return listening sockets for all addresses of a host. Raises ``CannotListen``."""
    sockets: list[socket.socket] = []
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, *_others, address in dict.fromkeys(found):
            taken = sockets[0].getsockname()[1] if sockets else port
            place = (address[0], taken, *address[2:])
            sockets.append(socket.create_server(place, family=family, backlog=_BACKLOG))
            sockets[-1].setblocking(False)  # noqa: FBT003
    except (OSError, UnicodeError, OverflowError) as error:
        for sock in sockets:
            sock.close()
        raise CannotListen(host=host, port=port, reason=reason_of(error)) from error
    return sockets


def worker_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return a worker's environment.

    The memory that checking a password takes, 19 MB, is to go back to the system each time: glibc
    would learn to keep it, for each thread.
    """
    kept = {
        name: value
        for name, value in environ.items()
        if name not in _NOT_PASSED_ON and not name.startswith(("TEXTUAL", "SSH_", "TMUX"))
    }
    return kept | {"MALLOC_MMAP_THRESHOLD_": str(1024 * 1024)}
