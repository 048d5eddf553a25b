"""The project's own files, as the house tests look at them."""

import ast
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("board", "displays", "devices", "migrations", "bench", "scripts", "tests")
OURS = frozenset({*FOLDERS, *(path.stem for path in ROOT.glob("*.py"))})


@cache
def python_files() -> tuple[str, ...]:
    """All Python files of the project as paths from its root."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(str(path.relative_to(ROOT)) for path in [*inside, *ROOT.glob("*.py")]))


@cache
def tree(file: str) -> ast.Module:
    """The syntax tree of one of our files."""
    # Where garbage is collected in the middle, Python 3.11.2 may lose count of its depth there.
    gc.disable()
    try:
        return ast.parse((ROOT / file).read_text(), file)
    finally:
        gc.enable()


def imports(file: str) -> Iterator[tuple[int, str]]:
    """(line, module) of each import anywhere in a file; `from a import b` gives a.b."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def functions(file: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
