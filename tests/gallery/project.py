"""Another project, whose tests pin screens of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNIVERSITIES = ROOT / "demo_data" / "universities.json"
_TEST = """
def test_our_login_page(mleg_screen):
    assert "{expected}" in mleg_screen("usosweb.login", lang="pl", size="80x24")
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a configuration, one test, and a university of its own."""

    folder: Path
    python: str = sys.executable
    """The interpreter that runs its tests."""

    def write(self, *, name: str = "Nasza Uczelnia", **ini: str) -> None:
        """Write everything anew; the login page shows the university's name."""
        settings = "".join(f'{key} = "{value}"\n' for key, value in ini.items())
        head = '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\nmleg_data = "data"\n'
        (self.folder / "pyproject.toml").write_text(head + settings, "utf-8")
        (self.folder / "data").mkdir(exist_ok=True)
        own = json.loads(UNIVERSITIES.read_text("utf-8"))["universities"]
        ours = next(university for university in own if university["id"] == "agh")
        ours["name"] = {"pl": name, "en": name}
        only = json.dumps({"regulations": {}, "skins": {}, "universities": [ours]})
        (self.folder / "data" / "universities.json").write_text(only, "utf-8")
        self.test(_TEST.format(expected=name))

    def test(self, source: str) -> None:
        """Replace the test."""
        (self.folder / "tests").mkdir(exist_ok=True)
        (self.folder / "tests" / "test_screens.py").write_text(source, "utf-8")

    @property
    def picture(self) -> Path:
        """Where the picture is kept."""
        return self.folder / "tests" / "screens" / "usosweb.login.pl.80x24.txt"

    def pytest(self, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run its tests in an environment that would spoil pictures."""
        spoilt = {"NO_COLOR": "1", "TERM": "dumb", "TZ": "Asia/Tokyo", "COLUMNS": "50"}
        own = ("MLEG_TUI_", "PYTEST_", "LC_ALL")
        clean = {name: text for name, text in os.environ.items() if not name.startswith(own)}
        return subprocess.run(
            [
                self.python,
                "-m",
                "pytest",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:asyncio",
                *self._plugin,
                *options,
            ],
            cwd=self.folder,
            env={**clean, **spoilt, "LANG": "C.UTF-8", **self._path, **environ},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    @property
    def _plugin(self) -> list[str]:
        """Return how to load the plugin where our checkout is not installed."""
        known = self.python != sys.executable or entry_points(group="pytest11", name="mleg_tui")
        return [] if known else ["-p", "mleg_tui.testing.plugin"]

    @property
    def _path(self) -> dict[str, str]:
        return {"PYTHONPATH": str(ROOT)} if self.python == sys.executable else {}
