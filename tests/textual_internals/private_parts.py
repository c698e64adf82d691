"""Which private parts of Textual and Rich our code touches, read off its source."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import mleg_tui

PACKAGE = Path(mleg_tui.__file__).parent
LIBRARIES = ("textual", "rich")
_STANDARD = {"os", "sys"}
"""Modules of the standard library with an underscore before a name that is documented."""
_OF_NAMED_TUPLES = {"_replace", "_asdict", "_fields"}
"""What a named tuple documents with an underscore before it, for its fields have none."""
_read: dict[type, set[str]] = {}
"""Class → its private names: one of Textual's is read once for all of ours."""


def modules(folder: str) -> Iterator[ModuleType]:
    """Yield the modules of a folder of the package, loaded."""
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        yield importlib.import_module(name.removesuffix(".__init__"))


def touched(module: ModuleType) -> set[str]:
    """Return the private names that a module takes from a library, from outside or by override."""
    tree = ast.parse(inspect.getsource(module))
    return {*_imported(tree), *_of_others(tree), *_of_bases(module)}


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and _is_library(node.module):
            yield from (part for part in node.module.split(".") if _is_private(part))
            yield from (alias.name for alias in node.names if _is_private(alias.name))


def _of_others(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_private(node.attr):
            if node.attr in _OF_NAMED_TUPLES:
                continue
            of = node.value.id if isinstance(node.value, ast.Name) else ""
            if of not in {"self", "cls", *_STANDARD}:
                yield node.attr


def _of_bases(module: ModuleType) -> Iterator[str]:
    for kind in vars(module).values():
        if inspect.isclass(kind) and kind.__module__ == module.__name__:
            theirs = {base for base in kind.__mro__ if _is_library(base.__module__)}
            known = set().union(*(_private_names(base) for base in theirs))
            yield from known & _private_names(kind)


def _private_names(kind: type) -> set[str]:
    if kind not in _read:
        source = inspect.getsource(kind)
        found = re.findall(r"(?:\bself\.|\bdef |^    )(_[a-z]\w*)", source, re.MULTILINE)
        _read[kind] = set(found)
    return _read[kind]


def _is_library(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in LIBRARIES


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
