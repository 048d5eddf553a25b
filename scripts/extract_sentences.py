"""Finds the sentences that pure code keeps in tables, for gettext, beside those in calls.

The core knows nothing of languages: it keeps English sentences as values of dictionaries with an
agreed name, and the doors translate them. Babel calls `sentences` as babel.cfg says.
"""

import ast
from collections.abc import Iterator
from typing import IO, Any

from babel.messages.extract import extract_python

TABLES = frozenset({"SENTENCES", "WORDS"})
"""Names of module-level dictionaries whose values people read."""

Found = tuple[int, Any, Any, Any]


def sentences(
    file: IO[bytes], keywords: Any, comment_tags: list[str], options: Any
) -> Iterator[Found]:
    """Yield (line, function name, message id, comments) for each text, marked or in a table."""
    yield from _in_tables(ast.parse(file.read()))
    file.seek(0)
    yield from extract_python(file, keywords, comment_tags, options)


def words(file: IO[bytes], keywords: Any, comment_tags: list[str], options: Any) -> Iterator[Found]:
    """The same for a file in which every table is made of words people read."""
    for statement in ast.parse(file.read()).body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Dict):
            yield from _values(statement.value)


def _in_tables(module: ast.Module) -> Iterator[Found]:
    for statement in module.body:
        table = _table(statement)
        if table is not None:
            yield from _values(table)


def _values(table: ast.Dict) -> Iterator[Found]:
    for value in table.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.lineno, "gettext", value.value, []


def _table(statement: ast.stmt) -> ast.Dict | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as table) if name in TABLES:
            return table
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as table) if name in TABLES:
            return table
    return None
