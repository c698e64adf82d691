"""How a connection gets from the listener's process into a worker's.

The socket itself goes over a Unix socket, with a number. When the connection has ended, the worker
writes the number to its standard output. Its standard input is open for as long as the listener
runs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

from mleg_tui.serve.ssh.worker import Worker

READY = "ready"
_LONGEST_MESSAGE = 32
_FAREWELL = 1.0


async def work(worker: Worker, control: socket.socket) -> None:
    """Serve what is handed over, until SIGTERM or the end of standard input."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    loop.add_reader(sys.stdin.fileno(), _end_with_listener, ended)
    control.setblocking(False)  # noqa: FBT003 - the socket's own
    await worker.warm_up()
    worker.context.services.feed.start()
    served: set[asyncio.Task[None]] = set()

    def take() -> None:
        for number, sock in _handed_over(control):
            task = asyncio.create_task(_serve(worker, sock, number))
            served.add(task)
            task.add_done_callback(served.discard)

    loop.add_reader(control.fileno(), take)
    _tell(READY)
    await ended.wait()
    loop.remove_reader(control.fileno())
    await worker.say_goodbye()
    worker.context.services.feed.stop()
    if served:
        await asyncio.wait(served, timeout=_FAREWELL)


def _end_with_listener(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        ended.set()


async def _serve(worker: Worker, sock: socket.socket, number: str) -> None:
    try:
        await worker.serve(sock)
    finally:
        _tell(number)


def _handed_over(control: socket.socket) -> Iterator[tuple[str, socket.socket]]:
    with suppress(BlockingIOError):
        while True:
            message, descriptors, _flags, _from = socket.recv_fds(control, _LONGEST_MESSAGE, 1)
            if not message:
                return  # the listener is gone; standard input tells it, too
            number = message.decode().strip()
            if not descriptors:  # this process has as many open as it may
                _tell(number)
            for descriptor in descriptors:
                sock = socket.socket(fileno=descriptor)
                sock.setblocking(False)  # noqa: FBT003
                yield number, sock


def _tell(word: str) -> None:
    with suppress(OSError):  # the listener is gone
        os.write(sys.stdout.fileno(), f"{word}\n".encode())
