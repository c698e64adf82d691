"""Plain commands over SSH: ``ssh HOST order status --json``, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, speech
from mleg_tui.serve.ssh.log import log
from mleg_tui.serve.ssh.wire import Wire
from mleg_tui.services.session import Session

_AT_A_TIME = 4
_LONGEST_COMMAND = 4_096
_LONGEST_INPUT = 64 * 1024
_SECONDS = 30.0
_PIECE = 16 * 1024
_CRASHED, _BAD_USAGE, _LOGIN_REFUSED, _TOO_LONG = 70, 2, 5, 124
_NOBODY = N_(
    "Ten serwer nie pyta przez SSH, kim jesteś, więc nie wykonuje poleceń."
    " Połącz się bez polecenia i zaloguj się na stronie logowania."
)
_NOT_A_COMMAND = N_("Tego polecenia nie można zrozumieć.")
_TOOK_TOO_LONG = N_("Polecenie trwało zbyt długo i zostało przerwane.")


class PlainCommands:
    """Runs ``command``, which reads a line of JSON with the login and the words of the command.

    What follows on its standard input is the visitor's. So neither is an argument, which others
    on this machine could see.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
        self._command = command
        self._environ = dict(os.environ if environ is None else environ)
        self._turns = asyncio.Semaphore(_AT_A_TIME)

    async def run(
        self,
        line: str,
        who: Session | None,
        stdin: asyncio.StreamReader,
        wire: Wire,
        *,
        in_terminal: bool,
    ) -> int:
        """Obey a line for somebody and return the exit status. Says why not, where it does not."""

        def tell(sentence: str) -> None:
            wire.show(f"{sentence}\n".encode(), error=True, in_terminal=in_terminal)

        if who is None:
            tell(_(_NOBODY))
            return _LOGIN_REFUSED
        words = _words(line)
        if words is None:
            tell(_(_NOT_A_COMMAND))
            return _BAD_USAGE
        log.info("command of “%s”: %s", who.login, " ".join(words[:2]).encode("ascii", "replace"))
        try:
            async with self._turns, asyncio.timeout(_SECONDS):
                return await self._obey(words, who.login, stdin, wire, in_terminal=in_terminal)
        except TimeoutError:
            tell(_(_TOOK_TOO_LONG))
            return _TOO_LONG

    async def _obey(
        self,
        words: Sequence[str],
        login: str,
        stdin: asyncio.StreamReader,
        wire: Wire,
        *,
        in_terminal: bool,
    ) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._environ
        )
        errand = {"login": login, "words": words, "language": speech().code}
        feeding = asyncio.create_task(_feed(process, json.dumps(errand), stdin))
        try:
            async with asyncio.TaskGroup() as tasks:
                for stream, error in ((process.stdout, False), (process.stderr, True)):
                    tasks.create_task(_show(stream, wire, error=error, in_terminal=in_terminal))
            return await process.wait()
        finally:
            feeding.cancel()
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _words(line: str) -> list[str] | None:
    """Return the words of a command, without the program's name that may stand before them."""
    if len(line) > _LONGEST_COMMAND:
        return None
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    return words[1:] if words[:1] == ["mleg-tui"] else words


async def _feed(process: Process, errand: str, stdin: asyncio.StreamReader) -> None:
    """Give the process its errand and what the visitor types, up to a bound."""
    pipe = process.stdin
    if pipe is None:
        return
    left = _LONGEST_INPUT
    with suppress(ConnectionError):
        pipe.write(f"{errand}\n".encode())
        await pipe.drain()
        while left > 0 and (typed := await stdin.read(min(left, _PIECE))):
            left -= len(typed)
            pipe.write(typed)
            await pipe.drain()
    pipe.close()


async def _show(
    stream: asyncio.StreamReader | None, wire: Wire, *, error: bool, in_terminal: bool
) -> None:
    while stream is not None and (written := await stream.read(_PIECE)):
        wire.show(written, error=error, in_terminal=in_terminal)
        await wire.drained()
