"""Single values of a shop file: taken when they are right, noted with line and reason when not."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import TypeVar

from board.core import workflow_faults, workflow_plans
from board.core.rules.holding import MOST_SECONDS as MOST_HOLD_SECONDS
from board.core.rules.setting_up import MOST_YEARS
from board.shop_file_places import Path, Places

Table = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_NAME_LETTERS = 80
MOST_MISTAKES = 100
_A_YEAR_SECONDS = 366 * 86400


SENTENCES: dict[str, str] = {
    "unknown_key": "unknown key; known are {known}",
    "table": "must be a table: [{name}]",
    "rows": "must be rows: [[{name}]]",
    "text": "must be a text in quotes",
    "texts": 'must be a list of texts: ["a", "b"]',
    "switch": "must be true or false",
    "seconds": "must be a whole number of seconds above 0",
    "seconds_or_never": "must be a whole number of seconds, or 0 for never",
    "hold_of_calendar": "a break belongs to the calendar and does not escalate",
    "percent": "must be a whole number from 0 to 100",
    "above_sure": "must not be above sure_percent, which is {sure}",
    "years": "must be a whole number of years from 0 (for ever) to {most}",
    "time": 'must be a time such as "08:30"',
    "word": "“{found}” is not one of {known}",
    "id": "“{found}” must be 1 to 40 of a-z, 0-9 and hyphen",
    "code": "“{found}” must be 1 to 40 of a-z, 0-9 and _",
    "taken": "“{found}” is already taken",
    "name": "must have 1 to {most} characters",
    "not_known": "“{found}” is not known",
    "syntax": "this is not TOML: {detail}",
    "dots": "this line has more than {most} dots",
    "pin_of_nobody": "nobody of this id is among the people",
    "pin": 'a PIN is 4 digits in quotes, e.g. "2580"',
    "phone": 'must be a number to call: 5 to 20 digits, e.g. "010-8888 6666"',
    "wifi": "a network's name has at most {most} characters",
    "hours": "must differ from the opening time",
    "role_of_nobody": "“{found}” is no role for people",
    "no_role": "at least one role is needed",
    "no_bay": "there is no bay “{found}” in this file",
    "no_manager": "at least one of them must be a manager",
    "point": "needs a text that is no point of the shipped list",
    "number": "must be a number",
    "unit": "must have at most 10 characters",
    "bounds": "least and most need a unit, and least must not be above most",
    "too_many": "at most {most} are possible",
    "check_twice": "there is already a check “{level}” for this kind “{kind}”",
}
"""What may be wrong, by code; continues the name of the key."""
_ALL = {
    **SENTENCES,
    **{f"workflow.{code}": said for code, said in workflow_faults.SENTENCES.items()},
    **{f"workflow.{code}": said for code, said in workflow_plans.SENTENCES.items()},
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong and where: a line from 1, the key, a code of a sentence, its parameters."""

    line: int
    key: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def reason(self) -> str:
        """The reason in English, e.g. `opens: must be a time such as "08:30"`."""
        return self.told(str)

    def told(self, speak: Callable[[str], str]) -> str:
        """The reason in another language; `speak` translates."""
        sentence = speak(_ALL[self.code]).format(**self.params)
        return f"{self.key}: {sentence}" if self.key else sentence


class Values:
    """Reads values out of tables; `mistakes` holds what was passed over."""

    def __init__(self, places: Places) -> None:
        self.mistakes: list[Mistake] = []
        self._places = places

    def wrong(self, path: Path, code: str, **params: object) -> None:
        """Note a mistake at the line of `path`, a hundred at most; one kind there counts once."""
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        found = Mistake(self._places.line(path), key, code, params)
        if len(self.mistakes) < MOST_MISTAKES and found not in self.mistakes:
            self.mistakes.append(found)

    def only(self, table: Table, known: Collection[str], path: Path) -> None:
        """Note every key that is not among the known ones."""
        for key in table:
            if key not in known:
                self.wrong((*path, key), "unknown_key", known=", ".join(sorted(known)))

    def table(self, tables: Table, name: str, path: Path = ()) -> Table:
        """Return the table of that name, empty when there is none."""
        found = tables.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong((*path, name), "table", name=name)
        return {}

    def rows(self, tables: Table, name: str, path: Path = ()) -> list[Table]:
        """Return the rows of an array of tables, empty when there is none."""
        found = tables.get(name, [])
        if isinstance(found, list) and all(isinstance(row, dict) for row in found):
            return found
        self.wrong((*path, name), "rows", name=name)
        return []

    def text(self, table: Table, key: str, path: Path, default: str = "") -> str:
        """Return a text."""
        found = table.get(key, default)
        if isinstance(found, str):
            return found
        self.wrong((*path, key), "text")
        return default

    def texts(self, table: Table, key: str, path: Path) -> tuple[str, ...]:
        """Return a list of texts."""
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.wrong((*path, key), "texts")
        return ()

    def switch(self, table: Table, key: str, path: Path, default: bool) -> bool:
        """Return true or false."""
        found = table.get(key, default)
        if isinstance(found, bool):
            return found
        self.wrong((*path, key), "switch")
        return default

    def seconds(self, table: Table, key: str, path: Path, default: int) -> int:
        """Return a whole number of seconds from 1 to a year."""
        found = table.get(key, default)
        is_whole = isinstance(found, int) and not isinstance(found, bool)
        if is_whole and isinstance(found, int) and 0 < found <= _A_YEAR_SECONDS:
            return found
        self.wrong((*path, key), "seconds")
        return default

    def seconds_or_never(self, table: Table, key: str, path: Path, default: int) -> int:
        """Return a whole number of seconds up to 30 days; 0 means never."""
        found = table.get(key, default)
        is_whole = isinstance(found, int) and not isinstance(found, bool)
        if is_whole and isinstance(found, int) and 0 <= found <= MOST_HOLD_SECONDS:
            return found
        self.wrong((*path, key), "seconds_or_never")
        return default

    def percent(self, table: Table, key: str, path: Path, default: int) -> int:
        """Return a whole number from 0 to 100."""
        found = table.get(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= 100:
            return found
        self.wrong((*path, key), "percent")
        return default

    def years(self, table: Table, key: str, path: Path) -> int:
        """Return a whole number of years; 0 means for ever."""
        found = table.get(key, 0)
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MOST_YEARS:
            return found
        self.wrong((*path, key), "years", most=MOST_YEARS)
        return 0

    def time(self, table: Table, key: str, path: Path, default: time) -> time:
        """Return a time of day, given as `08:30` in quotes or as TOML's own time."""
        found = table.get(key, default)
        if isinstance(found, time):
            return found.replace(second=0, microsecond=0)
        parts = _CLOCK_TIME.fullmatch(found) if isinstance(found, str) else None
        if parts is None:
            self.wrong((*path, key), "time")
            return default
        return time(int(parts[1]), int(parts[2]))

    def word(
        self, found: object, kind: type[Word], path: Path, allowed: Collection[Word] = ()
    ) -> Word | None:
        """Return one of the words of an enumeration, or of those of it that are `allowed`."""
        known = [word for word in kind if not allowed or word in allowed]
        if isinstance(found, str) and found in known:
            return kind(found)
        self.wrong(path, "word", found=found, known=", ".join(known))
        return None

    def new_id(self, table: Table, path: Path, taken: Collection[str]) -> str:
        """Return an id that no row before has."""
        found = self.text(table, "id", path)
        if not _ID.fullmatch(found):
            self.wrong((*path, "id"), "id", found=found)
        elif found in taken:
            self.wrong((*path, "id"), "taken", found=found)
        return found

    def name(self, table: Table, path: Path) -> str:
        """Return a name of 1 to 80 characters."""
        found = self.text(table, "name", path)
        if not found.strip() or len(found) > _NAME_LETTERS:
            self.wrong((*path, "name"), "name", most=_NAME_LETTERS)
        return found

    def one_of(
        self, table: Table, key: str, path: Path, known: Collection[str], default: str
    ) -> str:
        """Return a text that is one of the known ones."""
        found = self.text(table, key, path, default)
        if found not in known and found != default:
            self.wrong((*path, key), "not_known", found=found)
            return default
        return found
