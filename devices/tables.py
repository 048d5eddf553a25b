"""Tables of one name in a TOML text, with the lines they and their keys stand on. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something a person has to mend in the file; lines count from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """One [[name]] table with the lines on which its keys stand."""

    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def mistake(self, key: str, reason: str) -> Mistake:
        """A mistake where the key stands, or at the head of the table."""
        return Mistake(self.lines.get(key, self.line), reason)


def read_tables(text: str, name: str) -> list[Table] | Mistake:
    """The [[name]] tables of a TOML file, or what is wrong with the whole of it."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        return Mistake(_line_in(str(fault), text), str(fault))
    listed = values.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return Mistake(1, f"{name} must be written as [[{name}]] tables")
    return _with_lines(listed, text, name)


def _line_in(sentence: str, text: str) -> int:
    found = re.search(r"line (\d+)", sentence)
    return int(found[1]) if found else text.count("\n") + 1


def _with_lines(listed: list[dict[str, object]], text: str, name: str) -> list[Table]:
    """tomllib tells no lines: headers and keys are looked up in the text again."""
    heads: list[tuple[int, dict[str, int]]] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("["):
            inside = re.match(rf"\[\[\s*{name}\s*\]\]", bare) is not None
            if inside:
                heads.append((number, {}))
        elif inside and (key := re.match(r"([A-Za-z0-9_-]+)\s*=", bare)):
            heads[-1][1][key[1]] = number
    heads += [(1, {})] * (len(listed) - len(heads))
    return [Table(values, *head) for values, head in zip(listed, heads, strict=False)]
