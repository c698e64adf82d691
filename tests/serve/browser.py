"""Headless Chromium on a page of ours, over its DevTools protocol.

The page's terminal draws on a canvas, which holds no text. What it was sent to draw is read off
the socket's frames, as the browser got them; that it was drawn shows in a picture of the window.
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pyte
from PIL import Image

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,700",
    "--remote-debugging-port=0",
)
_PORT_FILE = "DevToolsActivePort"
_PATIENCE = 20.0


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Page]:
    """Run a browser with a fresh profile and give its only page."""
    assert CHROMIUM is not None
    process = subprocess.Popen(  # noqa: ASYNC220 - it returns at once
        [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        async with aiohttp.ClientSession() as session:
            address = await _page_address(session, profile / _PORT_FILE, process)
            async with session.ws_connect(address, max_msg_size=0) as socket:
                page = Page(socket)
                for domain in ("Page", "Network", "Log"):
                    await page.ask(f"{domain}.enable")
                yield page
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)


async def _page_address(
    session: aiohttp.ClientSession, port_file: Path, process: subprocess.Popen[bytes]
) -> str:
    async with asyncio.timeout(_PATIENCE):
        while (port := _port(port_file)) is None:
            assert process.poll() is None, "the browser has ended"
            await asyncio.sleep(0.02)  # it says its port by writing a file
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        targets = await answer.json()
    return next(str(t["webSocketDebuggerUrl"]) for t in targets if t["type"] == "page")


def _port(file: Path) -> str | None:
    lines = file.read_text().splitlines() if file.exists() else []
    return lines[0] if len(lines) > 1 else None


class Page:
    """A page in the browser, whose terminal's screen is kept by pyte."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.screen = pyte.Screen(200, 60)
        self._stream = pyte.ByteStream(self.screen)
        self.asked: list[str] = []
        """The addresses that the page loaded something from."""
        self.complaints: list[str] = []
        """What the browser wrote to its console as errors."""
        self._socket = socket
        self._number = 0

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Ask the browser to do something and give its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        await self._socket.send_str(json.dumps(message))
        async with asyncio.timeout(_PATIENCE):
            while (heard := await self._next()).get("id") != self._number:
                pass
        assert "error" not in heard, heard
        result: dict[str, Any] = heard["result"]
        return result

    async def type(self, text: str) -> None:
        """Press the keys of a text; a line's end is the Enter key."""
        for letter in text:
            press = {"key": letter, "text": letter}
            if letter == "\n":
                press = {"key": "Enter", "code": "Enter", "text": "\r"}
            code = {"windowsVirtualKeyCode": 13} if letter == "\n" else {}
            await self.ask("Input.dispatchKeyEvent", type="keyDown", **press, **code)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **press, **code)

    async def wait_for(self, awaited: str | Callable[[Page], object]) -> None:
        """Listen until the terminal shows a text, or the predicate holds."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not (awaited in self.text if isinstance(awaited, str) else awaited(self)):
                    await self._next()
        except TimeoutError:
            message = f"no {awaited!r}; complaints: {self.complaints}\n{self.text}"
            raise AssertionError(message) from None

    async def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript in the page."""
        answer = await self.ask("Runtime.evaluate", expression=expression, awaitPromise=True)
        return answer["result"].get("value")

    async def colours(self) -> dict[str, float]:
        """Return which part of the window each colour covers."""
        answer = await self.ask("Page.captureScreenshot", format="png")
        picture = Image.open(BytesIO(base64.b64decode(answer["data"]))).convert("RGB")
        raw, whole = picture.tobytes(), picture.width * picture.height
        counted = Counter(raw[at : at + 3].hex() for at in range(0, len(raw), 3))
        return {colour: count / whole for colour, count in counted.items()}

    async def _next(self) -> dict[str, Any]:
        """Take in the next thing that the browser says."""
        said: dict[str, Any] = json.loads(await self._socket.receive_str())
        match said:
            case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}:
                self.asked.append(url)
            case {"method": "Network.webSocketCreated", "params": {"url": url}}:
                self.asked.append(url)
            case {"method": "Network.webSocketFrameReceived", "params": {"response": frame}}:
                if frame["opcode"] == 2:
                    self._stream.feed(base64.b64decode(frame["payloadData"]))
            case {"method": "Log.entryAdded", "params": {"entry": {"level": "error"} as entry}}:
                self.complaints.append(entry["text"])
        return said
