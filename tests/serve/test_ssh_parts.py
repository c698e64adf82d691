"""The parts of the SSH server by themselves."""

from __future__ import annotations

import os
import socket
import stat
import struct
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.serve.rate_limiter import (
    RateLimiter,
    ServerFull,
    TooManyFromAddress,
    TooManyInAMinute,
)
from mleg_tui.serve.settings import Limits, Settings
from mleg_tui.serve.socket_passing import Visitor, passed_sockets
from mleg_tui.serve.ssh.disconnect_packet import disconnect_packet
from mleg_tui.serve.ssh.host_key import BadHostKey, fingerprint, host_key
from mleg_tui.serve.terminal import Terminal, Variables, clamped, printable
from mleg_tui.serve.workers import WorkerProcess, Workers


@pytest.mark.parametrize(
    ("name", "variables", "colors"),
    [
        ("xterm-256color", {}, "256"),
        ("tmux-256color", {}, "256"),
        ("xterm-256color", {"COLORTERM": "truecolor"}, "truecolor"),
        ("xterm-kitty", {}, "truecolor"),
        ("xterm-direct", {}, "truecolor"),
        ("linux", {}, "standard"),
        ("never-heard-of", {}, "standard"),
    ],
)
def test_colours_follow_from_what_the_terminal_says(
    name: str, variables: dict[str, str], colors: str
) -> None:
    assert Terminal(name, variables).colors == colors


def test_a_window_is_drawn_in_bounds() -> None:
    assert clamped(0, 0) == (80, 24)
    assert clamped(100_000, 100_000) == (400, 150)
    assert clamped(1, 1) == (20, 5)


def test_a_visitors_text_is_printable_and_short() -> None:
    assert printable("a\x1b[2J\nb" + "c" * 100) == "a�[2J�b" + "c" * 57


def test_variables_have_bounds() -> None:
    variables = Variables()
    for number in range(200):
        variables[b"LC_%d" % number] = b"x" * 1000
    variables[b"PATH"] = b"/evil"
    assert len(variables) == 64
    assert max(map(len, variables.values())) == 128


class Hands:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_limiter_counts_all_and_each_address() -> None:
    limiter = RateLimiter(Limits(sessions=3, per_address=2, new_per_minute=100))
    limiter.admit("192.0.2.1")
    limiter.admit("192.0.2.1")
    with pytest.raises(TooManyFromAddress):
        limiter.admit("192.0.2.1")
    limiter.admit("192.0.2.2")
    with pytest.raises(ServerFull):
        limiter.admit("192.0.2.3")
    limiter.release("192.0.2.1")
    limiter.admit("192.0.2.3")
    assert limiter.connected == 3


def test_the_rate_limiter_slows_down_who_comes_too_often() -> None:
    clock = Hands()
    limiter = RateLimiter(Limits(new_per_minute=3), clock)
    for _ in range(3):
        limiter.admit("2001:db8::1")
        limiter.release("2001:db8::1")
    with pytest.raises(TooManyInAMinute):
        limiter.admit("2001:db8::2")  # the same network
    limiter.admit("2001:db8:0:1::1")
    clock.now = 61.0
    limiter.admit("2001:db8::2")


def test_the_rate_limiter_lets_a_class_behind_one_address_in_with_all_its_typos() -> None:
    limiter = RateLimiter(Limits(), Hands())
    for _ in range(100):
        for _typo in range(2):
            limiter.admit("192.0.2.1")
            limiter.release("192.0.2.1")
        limiter.admit("192.0.2.1")
    assert limiter.connected == 100


def test_the_rate_limiter_remembers_only_so_many_addresses() -> None:
    limiter = RateLimiter(Limits(sessions=10**6))
    for number in range(10_000):
        limiter.admit(f"10.0.{number >> 8}.{number & 255}")
        limiter.release(f"10.0.{number >> 8}.{number & 255}")
    assert len(limiter._arrivals) <= 4_096
    assert limiter.connected == 0


@pytest.mark.parametrize("sentence", ["", "a", "Zazolc gesla jazn.", "x" * 200])
def test_a_refusal_is_a_packet_of_ssh(sentence: str) -> None:
    version, _, packet = disconnect_packet(sentence).partition(b"\r\n")
    assert version.startswith(b"SSH-2.0-")
    length, padding, kind, reason, size = struct.unpack(">IBBII", packet[:14])
    assert length + 4 == len(packet)
    assert len(packet) % 8 == 0
    assert padding >= 4
    assert (kind, reason) == (1, 12)
    assert packet[14 : 14 + size].decode() == sentence


def test_a_refusal_has_letters_that_every_client_shows() -> None:
    assert b"Zazolc gesla jazn" in disconnect_packet("Zażółć gęślą jaźń")


def test_the_host_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    key = host_key(path)
    assert fingerprint(key).startswith("SHA256:")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert fingerprint(host_key(path)) == fingerprint(key)
    assert [*path.parent.iterdir()] == [path]


def test_a_host_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "key"
    host_key(path)
    path.chmod(0o640)
    with pytest.raises(BadHostKey):
        host_key(path)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(BadHostKey):
        host_key(path)
    with pytest.raises(BadHostKey):
        host_key(tmp_path)


@pytest.mark.parametrize("content", [b"no key", b"\xff\x00", b"", None])
def test_a_host_key_that_is_none_is_told_in_our_words(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    os.truncate(path, 2**31) if content is None else path.write_bytes(content)
    with pytest.raises(BadHostKey) as refusal:
        host_key(path)
    assert refusal.value.details["reason"] == "to nie jest klucz prywatny"


def test_who_was_thrown_out_waits_for_the_successor_of_their_worker() -> None:
    no_process: Any = None
    with ExitStack() as stack:

        def worker(*, is_successor: bool = False) -> tuple[WorkerProcess, socket.socket]:
            ours, theirs = map(stack.enter_context, socket.socketpair())
            theirs.setblocking(False)  # noqa: FBT003 - the socket's own
            return WorkerProcess(no_process, ours, is_successor=is_successor), theirs

        def come() -> None:
            left, right = map(stack.enter_context, socket.socketpair())
            workers.pass_on(left, Visitor("203.0.113.9", right.fileno()))

        (serving, _), (first_of_its_place, _), (successor, control) = (
            worker(),
            worker(),
            worker(is_successor=True),
        )
        serving.is_ready = True
        workers = Workers(Settings(), (), "")
        workers._workers = {serving, first_of_its_place, successor}
        for _ in range(6):
            come()
        assert [len(one.connections) for one in (serving, first_of_its_place)] == [3, 0]
        waiting = [stack.enter_context(sock) for _number, sock, _who in passed_sockets(control)]
        assert len(waiting) == len(successor.connections) == 3
