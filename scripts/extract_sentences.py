"""Finds the sentences that pure code keeps in tables, for gettext.

The core knows nothing of languages: it keeps English sentences as values of dictionaries with an
agreed name, and the doors translate them. Babel calls `sentences` as babel.cfg says.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

TABLES = frozenset({"SENTENCES", "WORDS"})
"""Names of module-level dictionaries whose values people read."""

Message = tuple[int, str, str, list[str]]


def sentences(
    file: IO[bytes], keywords: object, comment_tags: Sequence[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Yield (line, function name, message id, comments) for each value of each such table."""
    for statement in ast.parse(file.read()).body:
        table = _table(statement)
        for value in table.values if table else ():
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, "gettext", value.value, []


def _table(statement: ast.stmt) -> ast.Dict | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as table) if name in TABLES:
            return table
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as table) if name in TABLES:
            return table
    return None
