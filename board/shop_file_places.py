"""Where in a TOML text a key stands: TOML readers give values without lines, people need them.

Knows headers and keys only; the text must be sound TOML.
"""

import re
from collections import Counter

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.\-\"' ]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w\-]+|\"[^\"]*\"|'[^']*')\s*(?:\.[^=]*)?=")

Path = tuple[str | int, ...]


class Places:
    """The line of each table and key, by path; rows of arrays of tables count from 0."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._rows: Counter[Path] = Counter()
        table: Path = ()
        for number, line in enumerate(text.split("\n"), 1):
            if header := _HEADER.match(line):
                table = self._table(header[1], line.lstrip().startswith("[["), number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*table, key[1].strip("\"'")), number)

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it; 1 if nothing is known."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _within(self, names: list[str]) -> Path:
        """The path of a table's outer names: of rows it is the newest."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self._rows:
                path = (*path, self._rows[path] - 1)
        return path

    def _table(self, name: str, is_row: bool, number: int) -> Path:
        *outer, last = (part.strip(" \"'") for part in name.split("."))
        path: Path = (*self._within(outer), last)
        if is_row:
            row = self._rows[path]
            self._rows[path] += 1
            self._lines.setdefault(path, number)
            path = (*path, row)
        self._lines.setdefault(path, number)
        return path
