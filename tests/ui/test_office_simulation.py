"""Symulacja and Dziennik zmian: the hands on time and switches, and the trace they leave."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.account import Account
from mleg_tui.errands.steps import Give
from mleg_tui.gallery.stage import Stage
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.order_queries import OrderFilter
from mleg_tui.services.session import Session
from mleg_tui.services.simulation_desk import Desk
from mleg_tui.simulation.switches import Machine
from mleg_tui.simulation.typed import BadMoment, BadNumber, parse_moment, parse_number
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.dialogs import Question, Told
from tests.ui.pilot import Play, Running, playing, program_on, text_of, told

OFFICE, ANNA = "dziekanat", "anna.nowak"
PAGE = Give("office.simulation")


def desk(play: Play) -> Desk:
    return play.services.simulation.show(play.stage.session(OFFICE))


def orders(play: Play) -> int:
    """Return how many orders the office sees."""
    office = play.stage.session(OFFICE)
    return play.services.office_orders.find(office, OrderFilter()).total


def copies(folder: Path) -> list[Path]:
    return [*folder.glob("store.json.before-reset-*.jsonl")]


async def test_it_is_marked_as_no_part_of_the_real_systems() -> None:
    async with playing(OFFICE, PAGE) as play:
        assert "To nie jest część prawdziwych systemów." in play.text
        await play.press("f2")
        assert "This is no part of the real systems." in play.text


async def test_time_is_stopped_and_goes_on() -> None:
    async with playing(OFFICE, PAGE) as play:
        before = desk(play).paused
        await play.press("h")
        assert desk(play).paused is not before
        await play.press("h")
        assert desk(play).paused is before


async def test_time_is_moved_by_a_duration_to_a_date_and_paced() -> None:
    async with playing(OFFICE, PAGE) as play:
        start = desk(play).now
        await play.press("n", "backspace", "backspace")
        await play.write("bald")
        await play.press("enter")
        assert "nie jest czasem trwania" in play.text
        await play.press("escape", "n", "enter")
        assert desk(play).now == start + timedelta(hours=1)
        await play.press("t", *["backspace"] * 10)
        await play.write("2026-06-01T09:30")
        await play.press("enter")
        assert desk(play).now.isoformat() == "2026-06-01T07:30:00+00:00"
        await play.press("v", "backspace")
        await play.write("60")
        await play.press("enter")
        assert desk(play).speed == 60
        assert "Tempo: ×60" in play.text


async def test_a_step_leads_to_what_comes_next_and_says_when_nothing_does() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("k")
        assert "Nic się samo nie wydarzy." in play.text
        await play.press("escape")
        play.services.ordering.place(play.stage.session(ANNA))
        await play.look_again()
        assert "przekazanie do systemu mObywatel" in play.text
        start = desk(play).now
        await play.press("k")
        assert desk(play).now > start
        assert "Jest teraz" in play.text


@pytest.mark.parametrize(
    ("key", "machine"),
    [
        ("g", Machine.AGENT),
        ("i", Machine.MINISTRY),
        ("e", Machine.PHONE_NETWORK),
        ("9", Machine.USOSWEB),
    ],
)
async def test_each_machine_is_switched_off_and_on(key: str, machine: Machine) -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press(key)
        assert desk(play).down == {machine}
        assert "✗ nie działa" in play.text
        await play.press(key)
        assert desk(play).down == frozenset()


async def test_rejections_and_slowdown_are_numbers_in_bounds() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("o", "backspace")
        await play.write("250")
        await play.press("enter", "b", "backspace")
        await play.write("3")
        await play.press("enter")
        assert (desk(play).rejections_per_mille, desk(play).slowdown) == (250, 3)
        assert "Odrzucane zamówienia: 250 z 1000" in play.text
        await play.press("o", "backspace", "backspace", "backspace")
        await play.write("2000")
        await play.press("enter")
        assert play.on_top(Told)
        assert desk(play).rejections_per_mille == 250


async def test_a_scenario_is_set_up_and_named() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("c", "enter", "enter")
        assert not desk(play).scenario, "the safe answer has focus"
        await play.press("c", "enter", "left", "enter")
        assert desk(play).scenario
        assert "Scenariusz jest gotowy." in play.text


async def test_a_reset_asks_first() -> None:
    async with playing(OFFICE, PAGE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("X")
        assert play.on_top(Question)
        await play.press("enter")
        assert orders(play) == 1
        await play.press("X", "left", "enter")
        assert orders(play) == 0


async def test_a_reset_says_that_nothing_is_kept_where_nothing_is() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("X")
        assert "Ten magazyn danych nie zachowuje kopii" in told(play.app)


async def test_a_reset_keeps_a_copy_and_says_where(tmp_path: Path) -> None:
    settings = Settings(str(tmp_path / "store.json"), Beginning(seed=7))
    services = open_services(settings)
    with closing(services.store):
        session = Session(
            services.store.read(lambda view: view.get(Account, OFFICE)), services.clock.now()
        )
        services.ordering.place(
            Session(services.store.read(lambda view: view.get(Account, ANNA)), services.clock.now())
        )
        async with Running(program_on(services, Options(), session), (200, 40)) as running:
            await running.shows("Zalogowany użytkownik")
            running.press("y")
            await running.shows("Dane demonstracyjne")
            running.press("X")
            await running.shows("obok magazynu danych")
            running.press("left", "enter")
            await running.shows("Są znowu dane demonstracyjne.")
            (copy,) = copies(tmp_path)
            assert str(copy) in told(running.app)
            assert services.office_orders.find(session, OrderFilter()).total == 0
    assert '"anna.nowak-001"' in copy.read_text(encoding="utf-8")
    assert copy.stat().st_mode & 0o077 == 0


def test_nonsense_is_no_moment_and_no_number() -> None:
    for nonsense in ("", "morgen", "2026-13-01"):
        with pytest.raises(BadMoment):
            parse_moment(nonsense)
    for nonsense in ("", "-1", "1.5", "²", "1" * 10):
        with pytest.raises(BadNumber):
            parse_number(nonsense)


async def test_the_audit_tells_the_newest_first_and_finds_words() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        play.services.photos.send(play.stage.session(ANNA), "owl")
        await play.press("d")
        assert "Dziennik zmian" in play.text
        assert play.text.index("students anna") < play.text.index("orders anna")
        await play.press("n")
        await play.write("ORDERS nowak")
        assert "Znaleziono 1 zmianę." in play.text
        assert "students anna" not in play.text
        await play.press("enter", "enter")
        assert "Czas prawdziwy:" in play.text
        await play.press("escape")
        assert "Znaleziono 1 zmianę." in play.text


async def test_no_secret_is_in_the_audit() -> None:
    async with playing(OFFICE, size=(160, 60)) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        play.services.time.forward(timedelta(hours=1))
        await play.press("d", "down", "enter")
        card = play.services.ordering.card(play.stage.session(ANNA))
        assert card.codes is not None
        assert card.codes.token not in play.text
        assert card.codes.distribution_pass not in play.text


async def test_right_leads_to_the_card_at_the_right() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("right", "down", "enter")
        assert desk(play).down == {Machine.MINISTRY}
        assert "✓ system mObywatel: nie działa" in play.text
        await play.press("left", "enter")
        assert not desk(play).paused
        assert "✓ Czas płynie." in play.text


async def test_where_no_frame_is_drawn_each_card_has_its_title_on_a_line_of_its_own() -> None:
    stage = Stage(MemoryStore, OFFICE, "pl", "usosweb", plain=True)
    async with stage.app.run_test(size=(80, 40)):
        await settle(stage.app)
        await stage.play([PAGE])
        lines = [line.strip() for line in text_of(stage.app).splitlines()]
        for title in ("Czas", "Systemy i awarie", "Scenariusz i dane", "Co się teraz wydarzy"):
            assert lines.count(title) == 1
