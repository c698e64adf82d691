"""No module reaches itself through its imports, late ones and those for annotations counted."""

from pathlib import Path

import mleg_tui
from tests.architecture.imports import circles, import_graph

PACKAGE = Path(mleg_tui.__file__).parent


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(import_graph(PACKAGE)) == set()


def test_a_late_import_and_one_for_annotations_make_a_circle(tmp_path: Path) -> None:
    package = tmp_path / "house"
    (package / "rooms").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "rooms" / "__init__.py").write_text("")
    (package / "roof.py").write_text("from .rooms import kitchen\n")
    (package / "rooms" / "kitchen.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import house.rooms.cellar\n"
    )
    (package / "rooms" / "cellar.py").write_text(
        "def climb():\n    from ..roof import tiles\n    from . import *\n"
    )

    graph = import_graph(package)

    assert circles(graph) == {
        frozenset({"house.roof", "house.rooms.kitchen", "house.rooms.cellar"})
    }
    assert graph["house.roof"] == {"house.rooms.kitchen"}
