"""Off the event loop: what waits for a store or a password hash runs in threads.

On the loop everybody would wait with it. The default threads of a loop are few, and names are
looked up in them, too: a store that hangs must take up none but its own.
"""

from __future__ import annotations

import asyncio
import warnings
from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from threading import Condition, Thread
from typing import Any, TypeVar

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.clock import Clock
from mleg_tui.services.store import Changes, Store, View, Work

T = TypeVar("T")
PATIENCE = 15.0
"""Seconds after which nobody waits any more: longer than a store of ours takes to say so itself."""
_AT_A_TIME, _PASSWORDS_AT_A_TIME = 6, 2
_IDLE = 10.0
"""Seconds after which a thread without work ends."""
_FAREWELL = 1.0
"""Seconds for what is under way when the program ends."""


class StoreSilent(StoreUnusable):
    """The store did not answer in time; a change may yet be written."""

    message = N_("Magazyn danych nie odpowiada.")
    advice = N_("Poczekaj chwilę, odśwież stronę i sprawdź, czy ostatnia zmiana została zapisana.")


class Threads:
    """At most so many threads for one kind of work.

    They begin when they are needed and end when they are not. No program waits for them to end:
    one that hangs would never let it.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._queue: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._changed = Condition()
        self._running = 0
        self._unfinished = 0

    async def run(self, work: Callable[[], T], within: float = PATIENCE) -> T:
        """Return what ``work`` returns, or raise what it raises.

        Raises ``StoreSilent`` after so many seconds. What had not begun by then, or when the task
        is cancelled, is not done at all.
        """
        future = self._submit(partial(copy_context().run, work))
        waiting = asyncio.wrap_future(future)
        try:
            await asyncio.wait((waiting,), timeout=within)
            if not waiting.done():
                raise StoreSilent
            return waiting.result()
        finally:
            future.cancel()
            waiting.cancel()

    def wind_up(self, within: float) -> None:
        """Wait until all is done, so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: not self._unfinished, within)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._changed:
            if self._running < min(self._unfinished + 1, self._most):
                Thread(target=self._work, name=self._name, daemon=True).start()
                self._running += 1
            self._unfinished += 1
        self._queue.put((future, work))
        return future

    def _work(self) -> None:
        while True:
            try:
                _do(*self._queue.get(timeout=_IDLE))
            except Empty:
                with self._changed:
                    if self._unfinished < self._running:  # else there is work just coming
                        self._running -= 1
                        return
            else:
                with self._changed:
                    self._unfinished -= 1
                    self._changed.notify_all()


def _do(future: Future[T], work: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks for the result
        future.set_exception(error)


class OffLoop:
    """How a coroutine asks the services of a session: beside its loop, and not for ever."""

    def __init__(self, _store: Store, _clock: Clock) -> None:
        self._asking = Threads("store", _AT_A_TIME)
        self._checking = Threads("passwords", _PASSWORDS_AT_A_TIME)

    async def ask(self, work: Callable[[], T], within: float = PATIENCE) -> T:
        """Return what ``work`` learns from the store, or does there. Raises ``StoreSilent``."""
        return await self._asking.run(work, within)

    async def check(self, work: Callable[[], T], within: float = PATIENCE) -> T:
        """Like ``ask``, for what checks a password, which takes long and much memory."""
        return await self._checking.run(work, within)

    def wind_up(self) -> None:
        """Let what is under way come to its end, if it does so soon."""
        for threads in (self._asking, self._checking):
            threads.wind_up(_FAREWELL)


class CheckedStore:
    """A store that is asked for something only after a check."""

    def __init__(self, store: Store) -> None:
        self.sound = store

    @abstractmethod
    def check(self) -> None:
        """Raise or warn where the store is not to be used."""

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state."""
        self.check()
        return self.sound.read(ask)

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction."""
        self.check()
        return self.sound.transact(change)

    def revision(self) -> str:
        """Return the store's revision."""
        self.check()
        return self.sound.revision()

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision."""
        self.check()
        return self.sound.changes(since)

    def watch(self, call: Callable[[], object], /) -> Callable[[], None] | None:
        """Call whenever something may have been committed."""
        self.check()
        return self.sound.watch(call)

    def close(self) -> None:
        """Let go of the store."""
        self.sound.close()


class GuardedStore(CheckedStore):
    """A store that warns of who calls it on an event loop; in tests that is an error."""

    def check(self) -> None:
        """Warn where everybody would wait for the store."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        message = "a store is called on an event loop, where everybody waits for it"
        warnings.warn(message, RuntimeWarning, stacklevel=4)
