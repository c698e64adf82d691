"""What the screen says about time to who comes back, and to who stays longer than its pace."""

from __future__ import annotations

from datetime import timedelta

from textual.widgets._toast import Toast

from mleg_tui.services.time_desk import TimeDesk
from mleg_tui.ui.options import Options
from tests.factories import House, house
from tests.ui.pilot import Running, program_on

ENDED = "Tempo ×60 skończyło się z programem, który o nie prosił"


def toasts(running: Running) -> str:
    return "\n".join(str(toast.render()) for toast in running.app.screen.query(Toast))


async def told(running: Running, text: str) -> None:
    await running.until(lambda: text in toasts(running))


def gone(home: House) -> TimeDesk:
    """Return the hands of a program that is killed before it can give anything back."""
    return TimeDesk(home.services.store, home.clock, program="gone")


async def test_who_comes_back_sees_that_the_pace_has_ended() -> None:
    home = house()
    gone(home).borrow_speed(60)
    home.later(hours=8)
    async with Running(program_on(home.services, Options(local=False))) as running:
        await told(running, ENDED)


async def test_who_comes_back_sees_how_much_time_has_passed() -> None:
    home = house()
    home.services.time.set_speed(60)
    home.later(hours=8)
    async with Running(program_on(home.services, Options(local=False))) as running:
        await told(running, "minęło 20d czasu symulacji")


async def test_who_stays_sees_the_pace_end() -> None:
    home = house()
    gone(home).borrow_speed(60)
    async with Running(program_on(home.services, Options())) as running:
        await running.until(lambda: running.app.pace == "×60")
        home.clock.moment += timedelta(minutes=5)
        await told(running, ENDED)
        assert running.app.pace == ""
