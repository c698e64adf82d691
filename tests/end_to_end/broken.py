"""The program with an error in it: ``python -m tests.end_to_end.broken KIND OPTIONS``."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from textual.widgets import Input

from mleg_tui.cli import main
from mleg_tui.services.login import Login
from mleg_tui.textual_internals import ending
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.start import LocalMlegTui
from mleg_tui.ui.usosweb.login import DemoAccounts, LoginScreen

SECRET = "value-of-a-variable"


def fail(*_: object) -> NoReturn:
    secret = SECRET
    message = f"broken on purpose {len(secret)}"
    raise RuntimeError(message)


async def hang(*_: object) -> None:
    await asyncio.Event().wait()


def in_a_loops_callback(_app: object) -> None:
    asyncio.get_running_loop().call_later(0.1, fail)


def in_a_thread(_app: object) -> None:
    threading.Thread(target=fail).start()


def patched(owner: Any, name: str, broken: object) -> Callable[[], None]:
    return lambda: setattr(owner, name, broken)


def stuck() -> None:
    """Let the screen wait in vain for ever, and something else fail meanwhile."""
    ending.GRACE = 0.5
    DemoAccounts.on_resize = hang  # type: ignore[attr-defined]
    LocalMlegTui.on_ready = in_a_loops_callback  # type: ignore[method-assign, assignment]


KINDS: Mapping[str, Callable[[], None]] = {
    "rules of style": patched(MlegTui, "CSS", "}{"),
    "the first screen's parts": patched(LoginScreen, "content", fail),
    "a part's beginning": patched(DemoAccounts, "on_mount", fail),
    "the app's beginning": patched(MlegTui, "tell_of_characters", fail),
    "a worker": patched(Login, "sign_in", fail),
    "a timer": patched(LocalMlegTui, "on_ready", lambda app: app.set_interval(0.1, fail)),
    "a callback": patched(LocalMlegTui, "on_ready", in_a_loops_callback),
    "a thread": patched(LocalMlegTui, "on_ready", in_a_thread),
    "a key": patched(Input, "insert_text_at_cursor", fail),
    "drawing": patched(Input, "render_line", fail),
    "the end": patched(DemoAccounts, "on_unmount", fail),
    "something that waits in vain": stuck,
}


if __name__ == "__main__":
    KINDS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
