"""TinyDB's own tests pass on our storage, but for those of how its own file looks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SDIST = os.environ.get("MLEG_TUI_TINYDB_SDIST")
"""TinyDB's source archive, which has its tests; ``.ci/run`` downloads it."""

ALLOWED = {
    "1": {"test_tables.py::test_table_repr[json]"},  # wants the name JSONStorage
    "2": {
        "test_tables.py::test_table_repr[json]",
        "test_storages.py::test_json_kwargs",  # wants the layout of json.dumps
    },
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if _SDIST is None:
        assert not os.environ.get("CI"), "in CI MLEG_TUI_TINYDB_SDIST has to name the archive"
        pytest.skip("MLEG_TUI_TINYDB_SDIST does not name TinyDB's source archive")
    directory = tmp_path_factory.mktemp("tinydb")
    with tarfile.open(_SDIST) as archive:
        archive.extractall(directory, filter="data")
    (tests,) = directory.glob("*/tests")
    return tests.rename(directory / "suite")


@pytest.mark.parametrize("level", ALLOWED)
def test_tinydbs_own_tests(suite: Path, level: str) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "tests.stores.tinydb_suite", "-q", "-rf"]
    run = subprocess.run(
        [*command, "--rootdir", str(suite), "-c", os.devnull, "-p", "no:cacheprovider", str(suite)],
        cwd=suite,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "MLEG_TUI_SUITE_LEVEL": level},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = set(re.findall(r"^FAILED (\S+\.py::\S+)", run.stdout, re.MULTILINE))
    assert {name.rpartition("/")[2] for name in failed} == ALLOWED[level], run.stdout
    assert re.search(r"(\d+) passed", run.stdout), run.stdout
    assert "error" not in run.stdout.splitlines()[-1]
