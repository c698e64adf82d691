"""A process that watches a store, for tests: ``python -m tests.stores.watcher URL TIMES``.

It looks at the revision as often as a session does, and tells each new one with the moment at
which it was seen, on the clock that all processes of a machine share.
"""

from __future__ import annotations

import sys
import time
from contextlib import closing

from mleg_tui.compose import open_store
from tests.stores.writer import tell

LOOKS_PER_SECOND = 5


def main(url: str, times: int) -> None:
    with closing(open_store(url)) as store:
        known = store.revision()
        tell("ready")
        for _ in range(times):
            while (present := store.revision()) == known:
                time.sleep(1 / LOOKS_PER_SECOND)
            known = present
            tell(f"{time.monotonic()}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
