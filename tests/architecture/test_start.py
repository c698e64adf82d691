"""What is loaded until the login page is seen: nothing that another page or command needs."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.end_to_end.terminal import Terminal

LATER = {
    "PIL",
    "aiohttp",
    "argon2",
    "asyncssh",
    "hypothesis",
    "importlib.metadata",
    "json",
    "markdown_it",
    "mleg_tui.domain.order",
    "mleg_tui.gallery",
    "mleg_tui.cli.options",
    "mleg_tui.simulation.typed",
    "mleg_tui.ui.classroom",
    "mleg_tui.ui.desk",
    "mleg_tui.ui.help",
    "mleg_tui.ui.modal",
    "mleg_tui.ui.palette",
    "mleg_tui.ui.phone.frame",
    "psycopg",
    "pygments",
    "qrcode",
    "shtab",
    "sqlalchemy",
    "sqlite3",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "textual_serve",
    "tinydb",
    "tomllib",
    "tree_sitter",
    "urllib.request",
}
PAINTED = """
import os, sys
from pathlib import Path
from mleg_tui.cli import main
from textual.drivers.linux_driver import LinuxDriver
write = LinuxDriver.write
def watched(driver, data):
    write(driver, data)
    if "anna.nowak" in data:
        Path(sys.argv[1]).write_text(" ".join(sys.modules))
        driver.flush()
        os._exit(0)
LinuxDriver.write = watched
main(["--store", sys.argv[2]])
"""


def test_the_login_page_loads_only_what_it_needs(tmp_path: Path) -> None:
    report = tmp_path / "modules"
    command = [sys.executable, "-c", PAINTED, str(report), str(tmp_path / "store.json")]
    for _start in ("founds the store", "as on any other day"):
        environ = {"PYTHONWARNINGS": None, "XDG_CONFIG_HOME": str(tmp_path)}
        with Terminal(command, environ=environ) as terminal:
            assert terminal.wait() == 0
    loaded = set(report.read_text().split())
    assert "mleg_tui.ui.usosweb.login" in loaded
    assert loaded.isdisjoint(LATER), loaded & LATER
