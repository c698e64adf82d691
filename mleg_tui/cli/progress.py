"""The progress of what takes a while: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
STEP = 512
"""So many things pass before the bar is told."""


@contextmanager
def shown(
    what: str, total: int | None = None, *, beside: bool = False
) -> Iterator[Callable[[int], object]]:
    """Show how far it is while the body runs; gives what is to be told how much is done.

    Without a ``total`` the bar only tells that something happens. ``beside`` says that a result is
    written meanwhile; where it goes to the same terminal no bar is shown.
    """
    is_in_the_way = beside and sys.stdout is not None and sys.stdout.isatty()
    if sys.stderr is None or not sys.stderr.isatty() or is_in_the_way:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def counted(things: Iterable[T], tell: Callable[[int], object]) -> Iterator[T]:
    """Yield things, and tell now and then how many went by."""
    for number, thing in enumerate(things):
        if not number % STEP:
            tell(number)
        yield thing
