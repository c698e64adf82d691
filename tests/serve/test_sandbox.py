"""Every visitor in a world of their own, and the office in the store that it shares."""

from __future__ import annotations

import gc
import shutil
from asyncio import to_thread
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from mleg_tui.compose import own_worlds
from mleg_tui.domain.account import Account
from mleg_tui.domain.order import Order
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.services import Services
from mleg_tui.services.store import Store
from tests.serve.conftest import EitherServer, Serving
from tests.serve.conversation import Server, holds, new_services, own_worlds_of

ANNA, OFFICE = "anna.nowak", "dziekanat"


@pytest.fixture
async def sandbox(serving: Serving) -> AsyncIterator[EitherServer]:
    async with serving(sandbox=True) as running:
        feed = running.worker.context.services.feed
        feed.start()  # as a worker does
        yield running
        feed.stop()


def orders(services: Services) -> tuple[Order, ...]:
    return services.store.read(lambda view: view.select(Order))


def is_collected(thing: ref[Any]) -> bool:
    gc.unfreeze()  # as a worker does now and then
    gc.collect()
    return thing() is None


async def test_two_visitors_have_an_order_each_and_the_shared_store_none(
    sandbox: EitherServer,
) -> None:
    async with sandbox.terminal() as one, sandbox.terminal() as other:
        for terminal in (one, other):
            await terminal.log_in(ANNA)
            terminal.press("l")
            await terminal.until("Brak mLegitymacji")
        one.press("z")
        await one.until("oczekujący")
        other.press("f5")
        other.press("z")
        await other.until("oczekujący")
        worlds = [session._world for session in sandbox.worker.context.sessions]
        assert [len(await to_thread(orders, world)) for world in worlds if world] == [1, 1]
    assert not orders(sandbox.services)


async def test_the_clock_is_the_visitors_own(sandbox: EitherServer) -> None:
    async with sandbox.terminal() as one, sandbox.terminal() as other:
        for terminal in (one, other):
            await terminal.log_in(ANNA)
        one.press("l")
        one.press("z")
        await one.until("oczekujący")
        one.press(".", ".")
        await one.until("gotowy do pobrania")
        one.press("=")
        await one.until(lambda: "czas stoi" not in one.text)
        assert "czas stoi" in other.text
        assert "12:00" in other.text
    shown = sandbox.services.time.show()
    assert shown.paused


async def test_who_logs_in_to_the_office_sees_the_shared_store(sandbox: EitherServer) -> None:
    shared = sandbox.services
    shared.ordering.place(shared.login.vouch("ewa.lis"))
    async with sandbox.terminal(size=(100, 30)) as office:
        await office.log_in(OFFICE)
        await office.until("wspólne dane serwera")
        office.press("4")
        await office.until("Ewa Lis")
        shared.ordering.place(shared.login.vouch(ANNA))
        await office.until("Anna Nowak")
        office.press("w")
        await office.log_in("ewa.lis")
        office.press("l")
        await office.until("Brak mLegitymacji")


async def test_the_office_of_the_shared_store_has_its_clock(sandbox: EitherServer) -> None:
    async with sandbox.terminal(size=(100, 30)) as office:
        await office.log_in(OFFICE)
        office.press("=")
        await office.until(lambda: "czas stoi" not in office.text)
    assert not sandbox.services.time.show().paused


async def test_nobody_is_a_student_of_the_shared_store(sandbox: EitherServer) -> None:
    async with sandbox.terminal() as terminal:
        await terminal.until("Identyfikator:")
        shared = sandbox.services

        def enrol(work: Any) -> None:
            known = work.get(Account, ANNA)
            work.add(replace(known, id="tylko.tu", version=0))

        shared.store.transact(enrol)
        terminal.type("tylko.tu")
        terminal.press("tab")
        terminal.type("demo")
        terminal.press("enter")
        await terminal.until("nie mogą zostać uznane")


async def test_the_world_is_gone_after_the_visit(sandbox: EitherServer) -> None:
    async with sandbox.terminal() as terminal:
        await terminal.log_in(ANNA)
        terminal.press("l")
        terminal.press("z")
        await terminal.until("oczekujący")
        world = sandbox.session._world
        assert world is not None
        assert world.feed._loop is not None
        feed = world.feed
        store: ref[Store] = ref(world.store)
        del world
        terminal.press("ctrl+q")
        await terminal.ended_with(0)
    await holds(lambda: not sandbox.worker.context.sessions)
    assert feed._loop is None, "nobody looks at it any more"
    del feed
    await holds(lambda: is_collected(store))
    async with sandbox.terminal() as again:
        await again.log_in(ANNA)
        again.press("l")
        await again.until("Brak mLegitymacji")


async def test_the_login_page_says_what_is_ones_own(sandbox: EitherServer) -> None:
    async with sandbox.terminal(size=(100, 40)) as terminal:
        await terminal.until("własny świat z własnym zegarem")
        terminal.press("f2")
        await terminal.until("a world of your own")


async def test_one_begins_in_a_scenario_and_is_the_office_of_ones_own_world(
    sandbox: EitherServer,
) -> None:
    async with sandbox.terminal(size=(100, 40)) as terminal:
        await terminal.until("Zacznij od scenariusza")
        await terminal.log_in("jan.kowalski")
        terminal.press("l", "z")
        await terminal.until("Bądź dziekanatem")
        terminal.press("tab", "enter")
        await terminal.until("Jesteś teraz dziekanatem")


async def test_a_world_that_is_full_says_so_and_the_server_goes_on(folder: Path) -> None:
    async with Server(folder, sandbox=True) as server, server.terminal(size=(100, 30)) as terminal:
        await terminal.log_in(ANNA)
        world = server.session._world
        assert world is not None
        world.store.sound._most = 0  # type: ignore[attr-defined]
        terminal.press("l", "z")
        await terminal.until("W tym świecie wydarzyło się już")
        async with server.terminal() as other:
            await other.log_in(ANNA)


def test_worlds_begin_with_data_of_the_operators_own(tmp_path: Path) -> None:
    data = Path(shutil.copytree(own_directory(), tmp_path / "data"))
    students = (data / "students.json").read_text(encoding="utf-8")
    renamed = students.replace('"first_name": "Anna"', '"first_name": "Hanna"')
    (data / "students.json").write_text(renamed, encoding="utf-8")
    shared = new_services()
    world = own_worlds(shared, Beginning(), str(data)).begin()
    assert world.ordering.card(world.login.vouch(ANNA)).student.first_name == "Hanna"
    assert shared.ordering.card(shared.login.vouch(ANNA)).student.first_name == "Anna"


def test_worlds_share_what_never_changes_and_nothing_else() -> None:
    shared = new_services()
    worlds = own_worlds_of(shared)
    one, other = worlds.begin(), worlds.begin()
    one.ordering.place(one.login.vouch(ANNA))
    one.time.forward(timedelta(days=1))
    assert (len(orders(one)), len(orders(other)), len(orders(shared))) == (1, 0, 0)
    assert other.time.show().now == shared.time.show().now < one.time.show().now
    assert one.off_loop is other.off_loop
