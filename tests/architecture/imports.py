"""The graph of who imports whom, every import counted: late ones and those for annotations, too."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

Graph = dict[str, set[str]]


def import_graph(package: Path) -> Graph:
    """Return each module of the package with the modules of the package that it imports."""
    files = {_name(path, package): path for path in package.rglob("*.py")}
    graph: Graph = {}
    for module, path in files.items():
        base = module if path.name == "__init__.py" else module.rpartition(".")[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[module] = {name for name in _imported(tree, base, files.keys()) if name in files} - {
            module
        }
    return graph


def circles(graph: Graph) -> set[frozenset[str]]:
    """Return the groups of modules of which each one reaches itself through all the others."""
    reached = {module: _reached_from(module, graph) for module in graph}
    return {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in graph
        if module in reached[module]
    }


def _reached_from(module: str, graph: Graph) -> set[str]:
    reached: set[str] = set()
    ahead = [module]
    while ahead:
        found = graph[ahead.pop()] - reached
        reached |= found
        ahead += found
    return reached


def _name(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.AST, base: str, modules: Iterable[str]) -> Iterator[str]:
    known = set(modules)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _source(node, base)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield inner if inner in known else source


def _source(node: ast.ImportFrom, base: str) -> str:
    if not node.level:
        return node.module or ""
    parts = base.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)
