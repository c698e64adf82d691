"""How a visitor's socket gets from the process that listens into a worker's, seen from both ends.

The socket itself goes over a Unix socket, with a number and who it is. When the connection has
ended, the worker writes the number to its standard output. Its standard input is open for as long
as the other process runs.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

READY = "ready"
"""What a worker reports before it takes connections."""
_LONGEST_MESSAGE = 256


class Visitor(NamedTuple):
    """From where somebody comes, and how large their window is, if that is known already."""

    host: str
    port: int
    width: int = 0
    height: int = 0


def pass_socket(control: socket.socket, sock: socket.socket, number: str, who: Visitor) -> bool:
    """Pass a socket to the worker at the other end; tell whether that was possible."""
    try:
        socket.send_fds(control, [json.dumps([number, *who]).encode()], [sock.fileno()])
    except OSError:  # it is too busy to take it, or about to be replaced
        return False
    return True


def passed_sockets(control: socket.socket) -> Iterator[tuple[str, socket.socket, Visitor]]:
    """Yield the sockets that have been passed to this process, each with its number."""
    with suppress(BlockingIOError):
        while True:
            message, descriptors, _flags, _from = socket.recv_fds(control, _LONGEST_MESSAGE, 1)
            if not message:
                return  # who listens is gone; standard input tells it, too
            number, *who = json.loads(message)
            if not descriptors:  # this process has as many open as it may
                report(number)
            for descriptor in descriptors:
                sock = socket.socket(fileno=descriptor)
                sock.setblocking(False)  # noqa: FBT003 - the socket's own
                yield number, sock, Visitor(*who)


def report(word: str) -> None:
    """Report that this worker is ready, or that a connection has ended."""
    with suppress(OSError):  # who listens is gone
        os.write(sys.stdout.fileno(), f"{word}\n".encode())
