"""Single values of a shop file: taken when they are right, noted with line and reason when not."""

import re
from collections.abc import Collection, Mapping
from datetime import time
from enum import StrEnum
from typing import TypeVar

from board.shop_file_places import Path, Places

Table = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_NAME_LETTERS = 80
_A_YEAR_SECONDS = 366 * 86400


class Values:
    """Reads values out of tables; `mistakes` holds (line, reason) of what was passed over."""

    def __init__(self, places: Places) -> None:
        self.mistakes: list[tuple[int, str]] = []
        self._places = places

    def wrong(self, path: Path, reason: str) -> None:
        """Note a mistake at the line of `path`."""
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        told = f"{name}: {reason}" if name else reason
        self.mistakes.append((self._places.line(path), told))

    def only(self, table: Table, known: Collection[str], path: Path) -> None:
        """Note every key that is not among the known ones."""
        for key in table:
            if key not in known:
                self.wrong((*path, key), f"unknown key; known are {', '.join(sorted(known))}")

    def table(self, tables: Table, name: str) -> Table:
        """Return the table of that name, empty when there is none."""
        found = tables.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong((name,), f"must be a table: [{name}]")
        return {}

    def rows(self, tables: Table, name: str) -> list[Table]:
        """Return the rows of an array of tables, empty when there is none."""
        found = tables.get(name, [])
        if isinstance(found, list) and all(isinstance(row, dict) for row in found):
            return found
        self.wrong((name,), f"must be rows: [[{name}]]")
        return []

    def text(self, table: Table, key: str, path: Path, default: str = "") -> str:
        """Return a text."""
        found = table.get(key, default)
        if isinstance(found, str):
            return found
        self.wrong((*path, key), "must be a text in quotes")
        return default

    def texts(self, table: Table, key: str, path: Path) -> tuple[str, ...]:
        """Return a list of texts."""
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.wrong((*path, key), 'must be a list of texts: ["a", "b"]')
        return ()

    def switch(self, table: Table, key: str, path: Path, default: bool) -> bool:
        """Return true or false."""
        found = table.get(key, default)
        if isinstance(found, bool):
            return found
        self.wrong((*path, key), "must be true or false")
        return default

    def seconds(self, table: Table, key: str, path: Path, default: int) -> int:
        """Return a whole number of seconds from 1 to a year."""
        found = table.get(key, default)
        is_whole = isinstance(found, int) and not isinstance(found, bool)
        if is_whole and isinstance(found, int) and 0 < found <= _A_YEAR_SECONDS:
            return found
        self.wrong((*path, key), "must be a whole number of seconds above 0")
        return default

    def time(self, table: Table, key: str, path: Path, default: time) -> time:
        """Return a time of day, given as `08:30` in quotes or as TOML's own time."""
        found = table.get(key, default)
        if isinstance(found, time):
            return found.replace(second=0, microsecond=0)
        parts = _CLOCK_TIME.fullmatch(found) if isinstance(found, str) else None
        if parts is None:
            self.wrong((*path, key), 'must be a time such as "08:30"')
            return default
        return time(int(parts[1]), int(parts[2]))

    def word(self, found: object, kind: type[Word], path: Path) -> Word | None:
        """Return one of the words of an enumeration."""
        if isinstance(found, str) and found in list(kind):
            return kind(found)
        self.wrong(path, f"'{found}' is not one of {', '.join(kind)}")
        return None

    def new_id(self, table: Table, path: Path, taken: Collection[str]) -> str:
        """Return an id that no row before has."""
        found = self.text(table, "id", path)
        if not _ID.fullmatch(found):
            self.wrong((*path, "id"), f"'{found}' must be 1 to 40 of a-z, 0-9 and hyphen")
        elif found in taken:
            self.wrong((*path, "id"), f"'{found}' is already taken")
        return found

    def name(self, table: Table, path: Path) -> str:
        """Return a name of 1 to 80 characters."""
        found = self.text(table, "name", path)
        if not found.strip() or len(found) > _NAME_LETTERS:
            self.wrong((*path, "name"), f"must have 1 to {_NAME_LETTERS} characters")
        return found

    def one_of(
        self, table: Table, key: str, path: Path, known: Collection[str], default: str
    ) -> str:
        """Return a text that is one of the known ones."""
        found = self.text(table, key, path, default)
        if found not in known and found != default:
            listed = f": {', '.join(known)}" if len(known) < 10 else ""
            self.wrong((*path, key), f"'{found}' is not known{listed}")
            return default
        return found
