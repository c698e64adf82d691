"""The page: who may see it, what a visitor's process lives through, and how the server ends."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from mleg_tui.domain.messages import NOTICE
from mleg_tui.serve.web.session import environment, packet
from tests.end_to_end.program import PROGRAM
from tests.end_to_end.terminal import ROOT
from tests.serve.website import Website, gone, visitor, website

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are read from /proc")
SOON = 5.0
"""Seconds in which a server that is told to end is gone, and all of its visitors."""


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[Website]:
    async with website(tmp_path / "store.json") as served:
        yield served


async def answer(site: Website, path: str = "", **headers: str) -> tuple[int, str]:
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
    async with visitor(site) as person:
        await person.wait_for("anna.nowak")
        pids = site.visitors()
        assert len(pids) == 1
        await person.type("anna.nowak\r")
        await person.type("demo\r")
        await person.wait_for("Zalogowany użytkownik: Anna Nowak")
        await person.type("\x11")
        await person.wait_for_the_end()
    await gone(pids)


async def test_what_no_browser_should_send_does_no_harm(site: Website) -> None:
    async with visitor(site) as person:
        await person.wait_for("anna.nowak")
        await person.type("\x1b[1114112u\x1b[97;;1114112u\ud800")
        await person.type("alive")
        await person.wait_for("alive")


async def test_a_visitor_who_closes_the_tab_leaves_no_process(site: Website) -> None:
    async with visitor(site) as early:
        assert early.text.strip() == ""  # gone before the program has drawn anything
        at_once = site.visitors()
    async with visitor(site) as person:
        await person.wait_for("anna.nowak")
        pids = site.visitors()
        person.socket._response.close()  # as when the browser dies: no word
    await gone(pids | at_once)
    assert not site.visitors()


async def test_language_university_theme_and_size_reach_the_visitor(tmp_path: Path) -> None:
    options = ("--lang", "en", "--university", "pwr", "--theme", "contrast")
    async with (
        website(tmp_path / "store.json", *options) as site,
        visitor(site, (120, 40)) as person,
    ):
        await person.wait_for("anna.nowak")
        assert "PWr" in person.screen.display[1]
        await person.wait_for("NOT A DOCUMENT")
        assert {cell.bg for row in person.screen.buffer.values() for cell in row.values()} >= {
            "000000"
        }
        assert "F2" in person.screen.display[39]
        await person.say("resize", {"width": 60, "height": 20})
        person.screen.resize(20, 60)
        await person.wait_for("anna.nowak")
        _status, page = await answer(site)
        assert '<html lang="en">' in page


async def test_the_page_may_be_for_screen_readers(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--plain") as site, visitor(site) as person:
        await person.wait_for("anna.nowak")
        await person.type("anna.nowak\rdemo\r")
        await person.wait_for("Zalogowany użytkownik: Anna Nowak")
        assert "─" not in person.text


@pytest.mark.parametrize("path", ["", "ws", "page/page.js", "textual/js/textual.js"])
async def test_a_foreign_name_is_refused(site: Website, path: str) -> None:
    for name in ("evil.example", "evil.example:80", "localhost.evil.example", "x y", ""):
        status, _text = await answer(site, path, Host=name)
        assert status in (400, 403), name


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://localhost", "http://127.0.0.1"]
)
async def test_a_foreign_page_cannot_drive_it(site: Website, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{site.url}ws", headers=headers)
    assert refused.value.status == 403
    assert not site.visitors()


async def test_another_name_can_be_allowed(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--name", "pokaz.example") as site:
        assert (await answer(site, Host="pokaz.example"))[0] == 200
        assert (await answer(site, Host="inny.example"))[0] == 403


@pytest.mark.parametrize(
    "path", ["page/", "textual/", "page/../site.py", "textual/%2e%2e/server.py"]
)
async def test_no_other_files_are_shown(site: Website, path: str) -> None:
    assert (await answer(site, path))[0] in (403, 404)


async def test_whoever_is_too_many_is_told(tmp_path: Path) -> None:
    async with website(tmp_path / "store.json", "--visitors", "1") as site:
        async with visitor(site) as first:
            await first.wait_for("anna.nowak")
            pids = site.visitors()
            async with visitor(site) as second:
                await second.wait_for("Strona jest zajęta: pokazuje program 1 osobie naraz.")
                await second.wait_for_the_end()
            assert site.visitors() == pids
        await gone(pids)
        async with visitor(site) as third:
            await third.wait_for("anna.nowak")


async def test_what_a_browser_never_says_does_no_harm(site: Website) -> None:
    async with visitor(site) as person:
        await person.wait_for("anna.nowak")
        for nonsense in ("", "{", "[]", '["stdin"]', '["stdin", 5]', '["quit"]', "[" * 100_000):
            await person.socket.send_str(nonsense)
        await person.socket.send_bytes(b"\x00\xff")
        await person.say("resize", {"width": 10**9, "height": -1})
        await person.say("resize", {"width": 80, "height": 24})
        await person.type("\ud800")
        await person.type("żyje")
        await person.wait_for("żyje")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_and_all_visitors(site: Website, number: signal.Signals) -> None:
    async with visitor(site) as one, visitor(site) as two:
        await one.wait_for("anna.nowak")
        await two.wait_for("anna.nowak")
        pids = site.visitors()
        assert len(pids) == 2
        async with asyncio.timeout(SOON):
            assert await asyncio.to_thread(site.end, number) == 0
    await gone(pids, within=0)


async def test_visitors_do_not_outlive_a_killed_server(site: Website) -> None:
    async with visitor(site) as person:
        await person.wait_for("anna.nowak")
        pids = site.visitors()
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
        "PATH": "/bin",
    }
    theirs = environment(mine, 10**9, 0)
    assert theirs.items() >= {"PATH": "/bin", "COLUMNS": "400", "ROWS": "5"}.items()
    assert not {"MLEG_TUI_PASSWORD", "MLEG_TUI_SPEED", "NO_COLOR", "SSH_CONNECTION"} & set(theirs)
    assert "TEXTUAL_LOG" not in theirs


def test_packets_are_what_textual_reads() -> None:
    assert packet('["stdin", "ż"]') == b"D\x00\x00\x00\x02\xc5\xbc"
    resized = packet('["resize", {"width": 100, "height": 9999}]')
    assert resized is not None
    assert resized[:1] == b"M"
    assert int.from_bytes(resized[1:5], "big") == len(resized[5:])
    assert json.loads(resized[5:]) == {"type": "resize", "width": 100, "height": 150}
    assert packet('["ping", "1"]') is None
