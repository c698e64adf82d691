"""The people of a class over SSH, as ``class_of_forty`` plays them: they join, work, come back."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle

import asyncssh

from tests.benchmarks.session_clients import Client

WORD = "klon"
EXERCISES = ("never-refreshed", "cancelled-by-mistake")
CANCELLING = 2
"""The exercise in which one has to cancel first."""
_PATIENCE, _SOON = 120.0, 20.0
_LINE = re.compile(rb"\x1b\[[0-9;]*H")
_CONTROL = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
_ENTER, _ESCAPE, _DOWN, _RIGHT, _NEXT = b"\r", b"\x1b", b"\x1b[B", b"\x1b[C", b"\x12"
TOUR = ((b"f", "Zdjęcie do legitymacji"), (b"2", "Numer albumu"), (b"1", "To jest symulator"))
_MAY_ORDER, _PENDING, _IN_PROGRESS = "Spełniasz wszystkie warunki", "oczekujący", "w toku"
_READY = "gotowy do pobrania"
_STATUS = r"Status:\s+\S ({})"
_STATE = rf"({_MAY_ORDER})|{_STATUS.format('|'.join((_PENDING, _IN_PROGRESS, _READY)))}"
_TASK = "SYMULATOR: ćwiczenie"
MODEL = "Wzór"
"""Somebody who is looked at, and does nothing but go from page to page."""
_MODEL_PAGES = ((*TOUR[1], "Moje dane"), (*TOUR[0], "Zdjęcie"))
_SHOWN = ((_ESCAPE, "Otwarte zajęcia"), (b"d", "Kto +Co"), (b"q", "Otwarte zajęcia"))
_LET_GO = b","
_STEP = r"▶ {}/\d"
_TURN = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How many pages somebody looks at before each step, and about how many seconds a key takes.

    ``demo_steps`` of a demo are played to all in the end.
    """

    pages: int = 1
    pause: float = 6.0
    demo_steps: int = 5

    @property
    def keys(self) -> int:
        """About how many keys it takes to do all exercises."""
        return 8 * (self.pages + 2)


@dataclass(slots=True)
class Late:
    """Seconds from what somebody sees to the board, to who looks over their shoulder, to all.

    ``demo_cpu`` is how much of a core the servers take while a demo plays to all.
    """

    board: list[float] = field(default_factory=list)
    shoulder: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    demo: list[float] = field(default_factory=list)
    demo_cpu: float = 0.0


class Lost(Exception):
    """The link is gone."""


class Reader(Client):
    """Somebody with ``ssh`` who reads what a key has painted."""

    def __init__(self, connection: asyncssh.SSHClientConnection) -> None:
        super().__init__(connection)
        self._painted = b""
        self._wanted: tuple[re.Pattern[str], asyncio.Future[tuple[str, float]]] | None = None
        self._is_gone = False
        self.pressed_at = 0.0

    async def read(self, keys: bytes, pattern: str) -> tuple[str, float]:
        """Press keys; return what of a pattern they painted, and the seconds until then.

        Raises ``Lost``.
        """
        self._painted = b""
        self.pressed_at = time.perf_counter()
        found, painted_at = await self._read(pattern, keys)
        return found, painted_at - self.pressed_at

    async def when(self, pattern: str) -> float:
        """Return when a pattern was painted, since the last key or ``forget``. Raises ``Lost``."""
        return (await self._read(pattern, b""))[1]

    async def shows(self, pattern: str) -> bool:
        """Tell whether a pattern was painted, or is before long. Raises ``Lost``."""
        try:
            async with asyncio.timeout(_SOON):
                await self.when(pattern)
        except TimeoutError:
            return False
        return True

    def forget(self) -> None:
        """Take no notice of what was painted so far."""
        self._painted = b""

    async def _read(self, pattern: str, keys: bytes) -> tuple[str, float]:
        if self._is_gone:
            raise Lost
        read: asyncio.Future[tuple[str, float]] = asyncio.get_running_loop().create_future()
        self._wanted = (re.compile(pattern), read)
        if keys:
            with suppress(OSError):  # whose link is gone is told below
                await self._send(keys)
        self._look()
        try:
            async with asyncio.timeout(_PATIENCE):
                return await read
        except TimeoutError:
            message = f"{pattern!r} was not painted, but: {self.text[-2000:]}"
            raise AssertionError(message) from None

    @property
    def text(self) -> str:
        """What was painted since the last key, without colours."""
        return _CONTROL.sub(b"", _LINE.sub(b"\n", self._painted)).decode(errors="ignore")

    def _see(self, data: bytes) -> None:
        super()._see(data)
        self._painted += data
        self._look()

    def _look(self) -> None:
        if self._wanted is None:
            return
        pattern, read = self._wanted
        found = pattern.search(self.text)
        if found:
            self._wanted = None
            read.set_result((found[found.lastindex or 0], time.perf_counter()))

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._is_gone = True
        if self._wanted is not None:
            self._wanted[1].set_exception(Lost())
            self._wanted = None


class Participant:
    """Somebody in the class, who does its exercises and comes back when the link is lost."""

    def __init__(
        self,
        nickname: str,
        ports: Sequence[int],
        pace: Pace,
        note: Callable[[], object],
    ) -> None:
        """``ports`` are the doors, of which each visit takes the next; each key is noted."""
        self.nickname = nickname
        self.number = ""
        self.taken: list[float] = []
        self.away: list[float] = []
        self._doors = cycle(ports)
        self._pace = pace
        self._note = note
        self._exercise = 1
        self._has_cancelled = self._has_dialog = False
        self._random = random.Random(nickname)  # noqa: S311 - no secret
        self._client: Reader

    async def join(self) -> None:
        """Come in, and sit before the task of the first exercise."""
        await self._connect()
        await self._client.read(_DOWN + _ENTER, "Hasło zajęć:")
        self.number = await self._fill_in(WORD, r"Numer: (\d{6})")
        await self._client.read(_ENTER, _TASK)
        self._has_dialog = True

    @property
    def screen(self) -> Reader:
        """What they have before them."""
        return self._client

    async def begin(self) -> None:
        """Put the task away, and go to the first page."""
        await self._client.read(_ENTER + TOUR[0][0], TOUR[0][1])
        self._has_dialog = False

    async def work(self) -> None:
        """Do all exercises, whatever comes between, and not in step with the others."""
        await asyncio.sleep(self._random.uniform(0, self._pace.pause))
        is_through = False
        while not is_through:
            try:
                is_through = await self._goes_on()
            except Lost:
                await self._come_back()

    async def leave(self) -> None:
        """Be gone."""
        await self._client.leave()

    async def _connect(self) -> None:
        self._client, _seconds = await Reader.arrive(next(self._doors))
        await self._client.when("Dołącz do zajęć")

    async def _fill_in(self, secret: str, sees: str) -> str:
        typed = _ENTER.join([self.nickname.encode(), secret.encode(), b""])
        return (await self._client.read(typed, sees))[0]

    async def _come_back(self) -> None:
        """Take one's place again, at whichever door lets one in."""
        began = time.perf_counter()
        async with asyncio.timeout(_PATIENCE):
            while True:
                with suppress(Lost, OSError, asyncssh.Error, ConnectionError):
                    await self._connect()
                    await self._client.read(_DOWN + _DOWN + _ENTER, "Numer:")
                    place = await self._fill_in(self.number, rf"{self.nickname} (\d)/\d")
                    # Who was sent on as the link broke may have to begin the exercise.
                    goes_on = int(place) != self._exercise
                    self._has_dialog = goes_on and await self._client.shows(_TASK)
                    self._exercise = int(place)
                    break
        self.away.append(time.perf_counter() - began)

    async def _goes_on(self) -> bool:
        """Go round the pages and take the next step; tell whether it was the last one."""
        (first, sees), *others = TOUR[: self._pace.pages]
        await self._act(_ENTER + first if self._has_dialog else first, sees)
        self._has_dialog = False
        for key, sees in others:
            await self._act(key, sees)
        state = await self._act(b"l", _STATE)
        if state == _MAY_ORDER:
            self._has_cancelled = True
            await self._act(b"z", _STATUS.format(_PENDING))
        elif self._exercise == CANCELLING and not self._has_cancelled:
            if state == _PENDING:
                await self._act(b"a", "Anulować|Anuluj zamówienie")
                await self._act(_RIGHT + _ENTER, _MAY_ORDER)
            else:  # it went on by itself while one was away
                await self._act(b"P", "od nowa\\?")
                await self._act(_RIGHT + _ENTER, _TASK)
                self._has_dialog = True
        elif state == _READY:
            return await self._is_last()
        else:
            # Time goes on by itself, too.
            after = f"{_IN_PROGRESS}|{_READY}" if state == _PENDING else _READY
            await self._act(b".", _STATUS.format(after))
        return False

    async def _is_last(self) -> bool:
        """Go on to the next exercise, unless there is none."""
        if self._exercise == len(EXERCISES):
            return True
        await self._act(_NEXT, _TASK)
        self._exercise += 1
        self._has_dialog = True
        return False

    async def _act(self, keys: bytes, sees: str) -> str:
        found, seconds = await self._client.read(keys, sees)
        self.taken.append(seconds)
        self._note()
        pause = self._pace.pause * self._random.uniform(0.5, 1.5)
        await asyncio.sleep(max(0.0, pause - seconds))
        return found


class Trainer:
    """Somebody of the office with the board of the class before them."""

    screen: Reader

    async def open_board(self, port: int) -> None:
        """Come in, and open the board of the only class."""
        self.screen, _seconds = await Reader.arrive(port)
        await self.screen.read(_ENTER.join((b"dziekanat", b"demo", b"")), "Aktualności")
        await self.screen.read(b"q", "Otwarte zajęcia")
        await self.screen.read(_ENTER, f"{MODEL} ")

    async def look_over_shoulder(self) -> None:
        """Look at the screen of whoever is first on the board."""
        await self.screen.read(_ENTER, TOUR[0][1])

    async def show_screen(self, people: Sequence[Participant]) -> list[float]:
        """Show one's own screen to all; return by how much each saw each page later."""
        late: list[float] = []
        await self.screen.read(b"m", ".")
        for keys, sees in _SHOWN:
            for one in people:
                one.screen.forget()
            _found, seconds = await self.screen.read(keys, sees)
            late += await _behind(people, self.screen.pressed_at + seconds, sees)
        await self.screen.read(_LET_GO, ".")
        return late

    async def play_demo(self, people: Sequence[Participant], steps: int) -> list[float]:
        """Play the first demo to all; return by how much each saw each of its first steps later."""
        late: list[float] = []
        await self.screen.read(_ENTER, f"{MODEL} ")
        await self.screen.read(b"v", "Pokaz dla wszystkich")
        for one in people:
            one.screen.forget()
        await self.screen.read(_ENTER, ".")
        for sees in map(_STEP.format, range(1, steps + 1)):
            late += await _behind(people, await self.screen.when(sees), sees)
        await self.screen.read(_ESCAPE, f"{MODEL} ")
        return late


async def _behind(people: Sequence[Participant], painted: float, sees: str) -> list[float]:
    """Return how many seconds after the trainer each sees something."""
    seen = await asyncio.gather(*(one.screen.when(sees) for one in people))
    return [max(0.0, each - painted) for each in seen]


async def lateness(model: Participant, board: Reader, shoulder: Reader, late: Late) -> None:
    """Let somebody go from page to page, and note how much later that is told and seen."""
    with suppress(Lost):
        for key, sees, title in cycle(_MODEL_PAGES):
            board.forget()
            shoulder.forget()
            _found, seconds = await model.screen.read(key, sees)
            painted = model.screen.pressed_at + seconds
            told, seen = await asyncio.gather(board.when(f"{MODEL} .*{title}"), shoulder.when(sees))
            late.board.append(max(0.0, told - painted))
            late.shoulder.append(max(0.0, seen - painted))
            await asyncio.sleep(_TURN)
