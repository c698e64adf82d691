"""How soon one session's change stands on another's screen: in one process, and in two.

Run by hand: ``python tests/benchmarks/live.py [TIMES]``. The goal is 300 ms at most. In one process
it is measured from before the change to the screen laid out; in two, from before the writing
transaction to the last byte that the other program paints on its terminal.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from mleg_tui.compose import Settings, open_services  # noqa: E402 - found through the line above
from mleg_tui.domain.account import Account  # noqa: E402
from mleg_tui.services.services import Services  # noqa: E402
from mleg_tui.services.session import Session  # noqa: E402
from mleg_tui.ui.app import MlegTui  # noqa: E402
from mleg_tui.ui.options import Options  # noqa: E402
from tests.end_to_end.program import program  # noqa: E402
from tests.end_to_end.terminal import Terminal  # noqa: E402
from tests.factories import house  # noqa: E402
from tests.ui.pilot import Running, text_of  # noqa: E402

ANNA, OFFICE = "anna.nowak", "dziekanat"
GOAL = 300
PERIOD = 0.1
"""Changes come at any moment of the time between two looks for them."""


def act(services: Services, session: Session, number: int) -> str:
    """Order and cancel by turns; return what the office's table says then."""
    if number % 2:
        services.ordering.cancel(session)
        return "anulowany"
    services.ordering.place(session)
    return "oczekujący"


async def in_one_process(times: int) -> list[float]:
    """Measure two programs on one store in memory."""
    home, taken = house(), []
    services = Services(home.services.store, home.clock)
    async with Running(MlegTui(services, Options(), home.session(OFFICE)), (100, 60)) as office:
        await office.shows("Zalogowany użytkownik")
        office.press("4")
        await office.shows("Zamówienia: 0 z 0")
        for number in range(times):
            await asyncio.sleep(random.uniform(0, PERIOD))  # noqa: S311 - no secret
            home.later(seconds=1)
            began = time.perf_counter()
            status = act(home.services, home.session(ANNA), number)
            count = number // 2 + 1
            await office.until(partial(_shows, office, status, count))
            taken.append(time.perf_counter() - began)
    return taken


def _shows(office: Running, status: str, count: int) -> bool:
    return _turned(text_of(office.app).splitlines(), status, count)


def in_two_processes(store: Path, times: int) -> list[float]:
    """Measure a program in a terminal, while this process writes to its store."""
    taken = []
    with closing((services := open_services(Settings(str(store)))).store):
        account = services.store.read(lambda view: view.get(Account, ANNA))
        session = Session(account, services.clock.now(), idle_limit=timedelta(days=1))
        environ = {"MLEG_TUI_PASSWORD": "demo"}
        with program(store, "--user", OFFICE, size=(100, 60), environ=environ) as office:
            office.wait_for("Zalogowany użytkownik")
            office.press("4")
            office.wait_for("Zamówienia: 0 z 0")
            for number in range(times):
                time.sleep(random.uniform(0.3, 0.3 + PERIOD))  # noqa: S311 - no secret
                began = time.perf_counter()
                status = act(services, session, number)
                _wait(office, status, number // 2 + 1)
                taken.append(time.perf_counter() - began)
            office.press("ctrl+q")
    return taken


def _wait(office: Terminal, status: str, count: int) -> None:
    office.wait_for(lambda screen: _turned(screen.lines, status, count))


def _turned(lines: Sequence[str], status: str, count: int) -> bool:
    rows = [line for line in lines if "Anna" in line]
    return len(rows) == count and status in rows[0]


def told(where: str, taken: Iterable[float]) -> str:
    """Return a line with the median and the worst."""
    found = sorted(1000 * one for one in taken)
    late = found[int(0.95 * len(found))]
    return (
        f"{where}: median {median(found):.0f} ms, p95 {late:.0f} ms,"
        f" most {found[-1]:.0f} ms (goal: {GOAL} at most)\n"
    )


def main(times: int) -> None:
    """Print both."""
    alone = asyncio.run(in_one_process(times + 1))
    with tempfile.TemporaryDirectory() as folder:
        beside = in_two_processes(Path(folder) / "store.json", times + 1)
    # the first change of each also loads the modules that change things
    sys.stdout.write(told("one process", alone[1:]) + told("two processes", beside[1:]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
