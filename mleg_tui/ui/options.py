"""How a session begins."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple

from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.settings import DEFAULT_THEME, Settings


class Options(NamedTuple):
    """How a session begins.

    ``frozen`` stops the clock and the looking for changes: pictures. ``local`` is False where the
    person sits at another machine, whose address is then ``source``. ``plain`` is for screen
    readers: no frames, one column, and a clock that is right to the minute. ``encoding`` is the
    terminal's. ``settings`` are what the user chose in their file ``config``, which is there only
    where they may write one. ``play_demo`` plays a demonstration to a class,
    as ``PlayDemo`` in ``classroom.demo`` says.
    """

    language: str = SOURCE_LANGUAGE
    theme: str = DEFAULT_THEME
    university: str = DEFAULT_UNIVERSITY
    login: str = ""
    follow: bool = True
    screen: str = "usosweb"
    frozen: bool = False
    keymap: Keymap = Keymap()
    local: bool = True
    source: str = ""
    plain: bool = False
    encoding: str = "utf-8"
    settings: Settings = Settings()
    config: Path | None = None
    play_demo: Callable[..., Coroutine[Any, Any, None]] | None = None
