"""What Textual keeps private is touched in one package, and each touch is noted here.

When Textual is upgraded: run these, then look at every part noted under an older version.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
import rich
import textual

from tests.textual_internals.private_parts import modules, touched

WRITTEN_FOR: Mapping[str, Mapping[str, str]] = {
    "8.2.8": {
        "app": "_batch_count _close_messages_no_wait _driver _end_batch _exception "
        "_exit_renderables _fatal_error _handle_exception _message_queue "
        "_print_error_renderables _return_code _screen_stack _shutdown _stop_all _timers",
        "cover": "_batch_count _compositor _display",
        "gone": "_callback _closing _exit _pruning",
        "inert": "_strip_control_codes",
        "keyboard": "_parse_extended_key _xterm_parser",
        "rest": "_callbacks _message_queue _next_callbacks _result_callbacks _waiters",
        "screen": "_batch_count _compositor _compositor_refresh _dirty_regions _full_map "
        "_layout_required _on_screen_resume _on_update _refresh_layout _repaint_required "
        "_reset_focus _screen_resized _scrollbar_changes _size_updated _subscriptions",
        "settle": "_animations _background_screens _callbacks _check_resize _compositor _context "
        "_dirty_widgets _driver _exception _exit _layout_required _on_timer_update "
        "_recompose_required _repaint_required _result_callbacks _scheduled _scroll_required _size",
        "shared_process": "_capture_stderr _capture_stdout _color_system _context _display "
        "_exit_renderables _filters _print_error_renderables _process_messages _render_cache "
        "_segments _styles_cache",
        "shortcuts": "_compositor _dirty_regions",
        "stream_driver": "_app _loop _size",
        "strips": "_cell_count _cell_length _link_ids _render_cache _segments",
        "stylesheet": "_parse_cache _rules _variables",
        "terminal": "_app _file _get_terminal_size _loop _query_in_band_window_resize",
    }
}
"""Version of Textual → module of ``textual_internals`` → the private names that it touches."""
NOTED = [
    (since, module, name)
    for since, parts in WRITTEN_FOR.items()
    for module, names in parts.items()
    for name in names.split()
]


@cache
def their_names() -> set[str]:
    """Return every private name in the source of Textual and of what it stands on."""
    folders = [Path(library.__file__ or "").parent for library in (textual, rich, asyncio)]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    words = (re.findall(r"\b_[a-z]\w*", path.read_text(encoding="utf-8")) for path in files)
    return {path.stem for path in files}.union(*words)


@pytest.mark.parametrize(("since", "module", "name"), NOTED)
def test_a_private_part_is_still_there(since: str, module: str, name: str) -> None:
    if name not in their_names():
        pytest.fail(
            f"textual_internals/{module}.py touches {name} of Textual {since}, "
            f"which {version('textual')} does not have"
        )


def test_every_private_part_that_is_touched_is_noted() -> None:
    found = {
        (module.__name__.rpartition(".")[2], name)
        for module in modules("textual_internals")
        for name in touched(module)
    }
    assert found == {(module, name) for _since, module, name in NOTED}


@pytest.mark.parametrize("folder", ["ui", "gallery", "demo", "serve"])
def test_no_private_part_is_touched_elsewhere(folder: str) -> None:
    found = {module.__name__: touched(module) for module in modules(folder)}
    found.pop("mleg_tui.serve.ssh.asyncssh_internals", None)  # has a test of its own
    assert {name: parts for name, parts in found.items() if parts} == {}
