"""Threads that read values of kinds which nobody has read before, as a process of its own."""

from __future__ import annotations

import sys
from dataclasses import make_dataclass
from threading import Barrier, Thread
from typing import Any

from mleg_tui.services.plain_values import from_plain

THREADS, KINDS = 8, 200


def a_new_kind(number: int) -> tuple[type[Any], dict[str, Any]]:
    """Return a dataclass of dataclasses, and a plain value of it."""
    inner = make_dataclass(f"Inner{number}", [(f"field{each}", int) for each in range(20)])
    fields = [(f"part{each}", inner) for each in range(3)]
    plain = {name: {f"field{each}": each for each in range(20)} for name, _kind in fields}
    return make_dataclass(f"Outer{number}", fields), plain


def main() -> None:
    """Let all threads meet each kind at the same time."""
    kinds = [a_new_kind(number) for number in range(KINDS)]
    barrier = Barrier(THREADS)

    def read() -> None:
        for kind, plain in kinds:
            barrier.wait()
            from_plain(plain, kind)

    threads = [Thread(target=read) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.setswitchinterval(1e-6)
    main()
