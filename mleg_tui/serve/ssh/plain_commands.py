"""Plain commands over SSH: ``ssh HOST order status --json``, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.locale import _, speech
from mleg_tui.serve.log import log
from mleg_tui.serve.ssh.asyncssh_internals import ChannelStream
from mleg_tui.serve.stream import LONGEST_INPUT
from mleg_tui.services.session import Session

_AT_A_TIME, _FROM_ONE_ADDRESS, _OF_ONE_ACCOUNT = 4, 3, 1
_LONGEST_COMMAND = 4_096
_SECONDS = 30.0
"""From the request to the end of the command."""
_SECONDS_TO_TAKE_IT = 60.0
"""For a visitor with a slow line, when the command has ended."""
_MOST_OUTPUT = 1024 * 1024
"""So many bytes may wait for a visitor while a command goes on."""
_PIECE = 16 * 1024
_BAD_USAGE, _LOGIN_REFUSED, _TOO_LONG = 2, 5, 124
_READ: Mapping[frozenset[str], int | None] = {
    frozenset({"phone", "add", "--accept-terms"}): 2,
    frozenset({"office", "-"}): None,
}
"""Words of commands that read standard input: so many lines, or all. Others are given nothing."""
_NOBODY = N_(
    "Ten serwer nie pyta przez SSH, kim jesteś, więc nie wykonuje poleceń."
    " Połącz się bez polecenia i zaloguj się na stronie logowania."
)
_NOT_A_COMMAND = N_("Tego polecenia nie można zrozumieć.")
_TOO_MUCH = N_("Polecenie nie przyjmie tylu danych: przez SSH najwyżej {most} kB.")
_TOOK_TOO_LONG = N_("Polecenie trwało zbyt długo i zostało przerwane.")


class ConcurrencyLimit:
    """So many commands run at a time in all, fewer from one address, fewer of one account.

    Whoever asks for more waits behind their own first, so the common queue is never full of them.
    """

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(_AT_A_TIME)
        self._of: dict[tuple[str, str], asyncio.Semaphore] = {}
        self._asked: Counter[tuple[str, str]] = Counter()

    @asynccontextmanager
    async def slot(self, account: str, address: str) -> AsyncIterator[None]:
        """Wait for a free slot, and release it at the end."""
        async with (
            self._one_of(("account", account), _OF_ONE_ACCOUNT),
            self._one_of(("address", address), _FROM_ONE_ADDRESS),
            self._all,
        ):
            yield

    @asynccontextmanager
    async def _one_of(self, whose: tuple[str, str], most: int) -> AsyncIterator[None]:
        self._asked[whose] += 1
        try:
            async with self._of.setdefault(whose, asyncio.Semaphore(most)):
                yield
        finally:
            self._asked[whose] -= 1
            if not self._asked[whose]:
                del self._asked[whose], self._of[whose]


class PlainCommands:
    """Runs ``command``, which reads a line of JSON with the login and the words of the command.

    What follows on its standard input is the visitor's. So neither is an argument, which others
    on this machine could see. A process is started when all that it will read is there: somebody
    who leaves a command waiting costs nothing and holds nobody up.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
        self._command = command
        self._environ = dict(os.environ if environ is None else environ)
        self._limit = ConcurrencyLimit()

    async def run(self, line: str, who: Session | None, host: str, stream: ChannelStream) -> int:
        """Run a command line for somebody, or say why not; return the exit status."""
        if who is None:
            stream.tell(_(_NOBODY))
            return _LOGIN_REFUSED
        words = _words(line)
        if words is None:
            stream.tell(_(_NOT_A_COMMAND))
            return _BAD_USAGE
        log.info("command of “%s”: %s", who.login, " ".join(words[:2]).encode("ascii", "replace"))
        try:
            async with asyncio.timeout(_SECONDS):
                typed = await _typed(words, stream)
                if typed is None:
                    stream.tell(_(_TOO_MUCH).format(most=LONGEST_INPUT // 1024))
                    return _BAD_USAGE
                async with self._limit.slot(who.login, network(host)):
                    status = await self._obey(words, who.login, typed, stream)
        except TimeoutError:
            stream.tell(_(_TOOK_TOO_LONG))
            return _TOO_LONG
        with suppress(TimeoutError):
            async with asyncio.timeout(_SECONDS_TO_TAKE_IT):
                await stream.drained(0)
        return status

    async def _obey(
        self, words: Sequence[str], login: str, typed: bytes, stream: ChannelStream
    ) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._environ
        )
        errand = json.dumps({"login": login, "words": words, "language": speech().code})
        feeding = asyncio.create_task(_feed(process, f"{errand}\n".encode() + typed))
        try:
            async with asyncio.TaskGroup() as tasks:
                for output, error in ((process.stdout, False), (process.stderr, True)):
                    tasks.create_task(_show(output, stream, error=error))
            return await process.wait()
        finally:
            feeding.cancel()
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _typed(words: Sequence[str], stream: ChannelStream) -> bytes | None:
    """Wait for what a command will read; ``None`` if that is too much."""
    said = {word.rpartition("=")[2] for word in words}
    for known, lines in _READ.items():
        if known <= said:
            return await stream.input.lines(lines)
    return b""


def _words(line: str) -> list[str] | None:
    """Return the words of a command, without the program's name that may stand before them."""
    if len(line) > _LONGEST_COMMAND:
        return None
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    return words[1:] if words[:1] == ["mleg-tui"] else words


async def _feed(process: Process, given: bytes) -> None:
    pipe = process.stdin
    if pipe is not None:
        with suppress(ConnectionError):  # it ended without reading all
            pipe.write(given)
            await pipe.drain()
        pipe.close()


async def _show(output: asyncio.StreamReader | None, stream: ChannelStream, *, error: bool) -> None:
    while output is not None and (written := await output.read(_PIECE)):
        stream.show(written, error=error)
        await stream.drained(_MOST_OUTPUT)
