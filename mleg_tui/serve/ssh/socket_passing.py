"""How a connection gets from the listener's process into a worker's, seen from both ends.

The socket itself goes over a Unix socket, with a number. When the connection has ended, the worker
writes the number to its standard output. Its standard input is open for as long as the listener
runs.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

READY = "ready"
"""What a worker reports before it takes connections."""
_LONGEST_MESSAGE = 32


def pass_socket(control: socket.socket, sock: socket.socket, number: str) -> bool:
    """Pass a socket to the worker at the other end; tell whether that was possible."""
    try:
        socket.send_fds(control, [f"{number}\n".encode()], [sock.fileno()])
    except OSError:  # it is too busy to take it, or about to be replaced
        return False
    return True


def passed_sockets(control: socket.socket) -> Iterator[tuple[str, socket.socket]]:
    """Yield the sockets that have been passed to this process, each with its number."""
    with suppress(BlockingIOError):
        while True:
            message, descriptors, _flags, _from = socket.recv_fds(control, _LONGEST_MESSAGE, 1)
            if not message:
                return  # the listener is gone; standard input tells it, too
            number = message.decode().strip()
            if not descriptors:  # this process has as many open as it may
                report(number)
            for descriptor in descriptors:
                sock = socket.socket(fileno=descriptor)
                sock.setblocking(False)  # noqa: FBT003 - the socket's own
                yield number, sock


def report(word: str) -> None:
    """Report to the listener that this worker is ready, or that a connection has ended."""
    with suppress(OSError):  # the listener is gone
        os.write(sys.stdout.fileno(), f"{word}\n".encode())
