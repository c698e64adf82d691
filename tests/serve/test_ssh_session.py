"""A session over SSH, and only there: what a client sends beside the keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.serve.conversation import Server


@pytest.mark.parametrize(
    ("sent", "heading"),
    [
        ({}, "Identyfikator:"),
        ({"LANG": "C.UTF-8"}, "Identyfikator:"),
        ({"LANG": "de_DE.UTF-8"}, "Username:"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "pl_PL.UTF-8"}, "Identyfikator:"),
    ],
)
async def test_a_session_begins_in_the_language_of_the_visitors_locale(
    folder: Path, sent: dict[str | bytes, str | bytes], heading: str
) -> None:
    async with (
        Server(folder, follows_locale=True) as server,
        server.terminal(environ=sent) as terminal,
    ):
        await terminal.until(heading)


async def test_the_login_is_filled_in_for_an_ssh_name_that_the_page_lists(server: Server) -> None:
    async with server.terminal("anna.nowak") as known, server.terminal("root") as unknown:
        await known.until(lambda: known.text.count("anna.nowak") == 2)
        await unknown.until("Identyfikator:")
        assert "root" not in unknown.text


async def test_a_letter_split_over_two_packets_is_one_letter(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.type("za")
        terminal.type("ż".encode()[:1])
        await terminal.until(lambda: " za" in terminal.text)
        terminal.type("ż".encode()[1:] + "ółć".encode())
        await terminal.until("zażółć")


async def test_colours_side_by_side_are_each_terminals_own(server: Server) -> None:
    async with (
        server.terminal(term="xterm-256color", environ={"COLORTERM": "truecolor"}) as true,
        server.terminal(term="xterm-256color") as indexed,
        server.terminal(term="xterm") as sixteen,
        server.terminal(term="weird-terminal-9") as unknown,
        server.terminal(environ={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as none,
    ):
        for terminal in (true, indexed, sixteen, unknown, none):
            await terminal.until("ZALOGUJ")
        assert b"38;2;" in true.raw
        assert b"38;5;" not in true.raw
        assert b"38;5;" in indexed.raw
        assert b"38;2;" not in indexed.raw
        for terminal in (sixteen, unknown):
            assert b"38;2;" not in terminal.raw
            assert b"38;5;" not in terminal.raw
        greys = [part.split(b";")[:3] for part in re.findall(rb"[34]8;2;([0-9;]+)", none.raw)]
        assert greys
        assert all(len(set(rgb)) == 1 for rgb in greys)
