"""The page: who may see it, what a visitor lives through, and how the server ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from mleg_tui.domain.messages import NOTICE
from mleg_tui.serve.workers import worker_environment
from tests.end_to_end.program import PROGRAM
from tests.end_to_end.terminal import ROOT
from tests.serve.conversation import holds
from tests.serve.website import WebServer, Website, gone, visitor, website

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are read from /proc")
SOON = 5.0
"""Seconds in which a server that is told to end is gone, and all of its visitors."""


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[Website]:
    async with website(tmp_path / "store.json") as served:
        yield served


@pytest_asyncio.fixture
async def here() -> AsyncIterator[WebServer]:
    """Serve the page in this process."""
    async with WebServer() as served:
        yield served


async def answer(site: Website | WebServer, path: str = "", **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(site.url + path, headers=headers) as got,
    ):
        return got.status, await got.text()


async def test_the_page_says_what_it_is_and_loads_nothing_from_outside(site: Website) -> None:
    async with aiohttp.ClientSession() as session, session.get(site.url) as got:
        page, headers = await got.text(), got.headers
        loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
        sheet = await (await session.get(f"{site.url}page/page.css")).text()
        script = await (await session.get(f"{site.url}textual/js/textual.js")).text()
        fonts = re.findall(r'url\("\.\./([^"]*)"', sheet)
        async with session.get(site.url + fonts[0]) as font:
            assert font.status == 200
            assert await font.read()
    assert f"<title>mleg-tui · {NOTICE}</title>" in page
    assert f"<strong>{NOTICE}</strong>" in page
    assert "Strona nie ma własnego logowania" in page
    assert "Strona nie ma własnego logowania" in "".join(site.told)
    assert not re.search(r"https?:|//", page + sheet.replace("..//", ""))
    assert "page/page.js" in loaded
    assert "sessionWebsocketUrl" in script
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


async def test_a_visitor_logs_in_and_leaves(site: Website) -> None:
    async with visitor(site.port) as person:
        await person.until("anna.nowak")
        person.type("anna.nowak\r")
        person.type("demo\r")
        await person.until("Zalogowany użytkownik: Anna Nowak")
        person.type("\x11")
        await person.ended()
        assert person.modes_left_on == set()


async def test_what_no_browser_should_send_does_no_harm(site: Website) -> None:
    async with visitor(site.port) as person:
        await person.until("anna.nowak")
        person.type("\x1b[1114112u\x1b[97;;1114112u\ud800")
        person.type("alive")
        await person.until("alive")


async def test_visitors_share_the_workers(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--workers", "2") as site:
        pids = site.workers()
        assert len(pids) == 2
        async with AsyncExitStack() as inside:
            for _ in range(5):
                person = await inside.enter_async_context(visitor(site.port))
                await person.until("anna.nowak")
            assert site.workers() == pids


async def test_a_killed_worker_takes_its_own_visitors_only(tmp_path: Path) -> None:
    async with (
        website(tmp_path / "store.json", "--workers", "2", "--visitors", "2") as site,
        visitor(site.port) as one,
        visitor(site.port) as other,
    ):
        for person in (one, other):
            await person.until("anna.nowak")
        before = site.workers()
        os.kill(min(before), signal.SIGKILL)
        await holds(lambda: one.is_over or other.is_over)
        (alive,) = (person for person in (one, other) if not person.is_over)
        alive.press("f2")
        await alive.until("SIMULATION")
        await holds(lambda: len(site.workers()) == 2 and site.workers() != before)
        async with visitor(site.port) as new:  # in the place that is free again
            await new.until("anna.nowak")


async def test_language_university_theme_and_size_reach_the_visitor(tmp_path: Path) -> None:
    options = ("--lang", "en", "--university", "pwr", "--theme", "contrast")
    async with (
        website(tmp_path / "store.json", *options) as site,
        visitor(site.port, (120, 40)) as person,
    ):
        await person.until("anna.nowak")
        assert "PWr" in person.screen.display[1]
        await person.until("NOT A DOCUMENT")
        assert {cell.bg for row in person.screen.buffer.values() for cell in row.values()} >= {
            "000000"
        }
        assert "F2" in person.screen.display[39]
        person.say("resize", {"width": 60, "height": 20})
        person.screen.resize(20, 60)
        await person.until("anna.nowak")
        _status, page = await answer(site)
        assert '<html lang="en">' in page


async def test_the_page_may_be_for_screen_readers(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--plain") as site, visitor(site.port) as person:
        await person.until("anna.nowak")
        person.type("anna.nowak\rdemo\r")
        await person.until("Zalogowany użytkownik: Anna Nowak")
        assert "─" not in person.text


@pytest.mark.parametrize("path", ["", "ws", "page/page.js", "textual/js/textual.js"])
async def test_a_foreign_name_is_refused(here: WebServer, path: str) -> None:
    for name in ("evil.example", "evil.example:80", "localhost.evil.example", "x y", ""):
        status, _text = await answer(here, path, Host=name)
        assert status in (400, 403), name


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://localhost", "http://127.0.0.1"]
)
async def test_a_foreign_page_cannot_drive_it(here: WebServer, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{here.url}ws", headers=headers)
    assert refused.value.status == 403
    assert not here.worker.connections


async def test_another_name_can_be_allowed(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--name", "pokaz.example") as site:
        assert (await answer(site, Host="pokaz.example"))[0] == 200
        assert (await answer(site, Host="inny.example"))[0] == 403


@pytest.mark.parametrize(
    "path", ["page/", "textual/", "page/../site.py", "textual/%2e%2e/server.py"]
)
async def test_no_other_files_are_shown(here: WebServer, path: str) -> None:
    assert (await answer(here, path))[0] in (403, 404)


async def test_whoever_is_too_many_is_told(tmp_path: Path) -> None:
    full = "Strona jest zajęta: pokazuje program 1 osobie naraz."
    async with website(tmp_path / "store.json", "--visitors", "1", "--workers", "2") as site:
        async with visitor(site.port) as first:
            await first.until("anna.nowak")
            async with visitor(site.port) as second:
                await second.until(full)
                await second.ended()
        third = full
        while full in third:  # the place is free when the worker has noticed
            async with visitor(site.port) as person:
                await person.until(re.compile(f"{full}|anna.nowak"))
                third = person.text
        assert "anna.nowak" in third


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_and_all_visitors(site: Website, number: signal.Signals) -> None:
    async with visitor(site.port) as one, visitor(site.port) as two:
        await one.until("anna.nowak")
        await two.until("anna.nowak")
        pids = site.workers()
        async with asyncio.timeout(SOON):
            assert await asyncio.to_thread(site.end, number) == 0
        for person in (one, two):
            await person.ended()
            assert "Serwer kończy pracę" in person.raw.decode()
            assert person.modes_left_on == set()
    await gone(pids, within=0)


async def test_workers_do_not_outlive_a_killed_server(site: Website) -> None:
    async with visitor(site.port) as person:
        await person.until("anna.nowak")
        pids = site.workers()
        site.end(signal.SIGKILL)
        await gone(pids, within=SOON)


async def test_an_address_that_can_be_reached_from_outside_is_warned_of(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--host", "0.0.0.0") as site:  # noqa: S104
        assert site.process.stderr is not None
        warning = await asyncio.to_thread(site.process.stderr.readline)
    assert "0.0.0.0" in warning  # noqa: S104
    assert "nie jest szyfrowane" in warning


def refused(*options: str) -> tuple[int, str]:
    done = subprocess.run(
        [*PROGRAM, "serve", "web", *options],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_taken_port_is_told_with_advice(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, told = refused("--port", str(port), "--store", str(tmp_path / "store.json"))
    assert status == 1
    assert f"port {port}" in told
    assert "--port" in told.splitlines()[-1]
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("options", "status", "word"),
    [
        (("--port", "70000"), 2, "--port"),
        (("--port", "x"), 2, "x"),
        (("--visitors", "0"), 2, "--visitors"),
        (("--theme", "nope"), 2, "usosweb-dark"),
        (("--university", "nope"), 2, "agh"),
        (("--host", "nowhere.invalid", "--port", "0"), 1, "nowhere.invalid"),
    ],
)
def test_wrong_options_are_refused(
    tmp_path: Path, options: tuple[str, ...], status: int, word: str
) -> None:
    got, told = refused(*options, "--store", str(tmp_path / "store.json"))
    assert got == status
    assert word in told
    assert "Traceback" not in told


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['aiohttp'] = None;"
        "from mleg_tui.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "web", "--store", str(tmp_path / "store.json")],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'mleg-tui[web]'" in done.stderr
    assert not [*tmp_path.iterdir()]


def test_the_operators_own_settings_stay_theirs() -> None:
    mine = {
        "MLEG_TUI_PASSWORD": "x",
        "MLEG_TUI_SPEED": "60",
        "NO_COLOR": "1",
        "TEXTUAL_LOG": "/tmp/log",  # noqa: S108
        "SSH_CONNECTION": "x",
        "COLUMNS": "80",
        "PATH": "/bin",
    }
    assert worker_environment(mine).keys() == {"PATH", "MALLOC_MMAP_THRESHOLD_"}
