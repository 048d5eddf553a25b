"""Tables of one name in a TOML text, with the lines they and their keys stand on. Pure."""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from board.core.slips import FileSlip, Slip, slip

Wrong = tuple[str, Slip]
"""The key of a table and what is wrong with it."""
LONGEST_WORD = 120
"""Of what a person wrote, as much is compared with the known words."""
_KINDS: Mapping[type, str] = {
    str: "text",
    bool: "true_or_false",
    float: "number",
    int: "whole",
    list: "list",
}
_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Invalid value", "toml_value"),
    ("Expected '='", "toml_equals"),
    ("Unclosed array", "toml_list"),
    ("Expected ']", "toml_head"),
    ("Unterminated string", "toml_text"),
    ("Expected newline", "toml_rest"),
    ("Cannot ", "toml_twice"),
    ("Duplicate", "toml_twice"),
    ("Invalid statement", "toml_statement"),
    ("Illegal character '\\n'", "toml_text"),
    ("Illegal character", "toml_sign"),
    ("Found invalid character", "toml_sign"),
)
"""How the parser's own sentences begin, and what is said instead of them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something a person has to mend in the file; lines count from 1."""

    line: int
    slip: Slip

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return str(self.slip)

    def within(self, file: str) -> FileSlip:
        """The same with the name of the file."""
        return FileSlip(file, self.line, self.slip)


@dataclass(frozen=True, slots=True)
class Table:
    """One [[name]] table with the lines on which its keys stand."""

    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def mistake(self, key: str, found: Slip) -> Mistake:
        """A mistake where the key stands, or at the head of the table."""
        return Mistake(self.lines.get(key, self.line), found)


def read_tables(text: str, name: str) -> list[Table] | Mistake:
    """The [[name]] tables of a TOML file, or what is wrong with the whole of it."""
    values = _loaded(text)
    if isinstance(values, Mistake):
        return values
    listed = values.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return Mistake(1, slip("tables", name=name))
    return _with_lines(listed, text, name)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole TOML text: its top and the tables below it, one name after the other."""

    top: Table
    below: Mapping[str, Sequence[Table]]

    def one(self, name: str) -> Table:
        """The [name] table; empty when it is not there."""
        return next(iter(self.below.get(name, ())), Table({}, 1))

    def many(self, name: str) -> Sequence[Table]:
        """The [[name]] tables."""
        return self.below.get(name, ())


def read_document(
    text: str, single: Collection[str], repeated: Collection[str]
) -> Document | Mistake:
    """A TOML text with the tables of these names, or what is wrong with the whole of it."""
    values = _loaded(text)
    if isinstance(values, Mistake):
        return values
    below: dict[str, Sequence[Table]] = {}
    plain = _keys_of_the_top(text)
    for name in (*single, *repeated):
        is_one = name in single
        listed = [values.get(name, {})] if is_one else values.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            found = slip("table" if is_one else "tables", name=name)
            return Mistake(plain.get(name, 1), found)
        below[name] = _with_lines(listed, text, name)
    rest = {key: value for key, value in values.items() if key not in below}
    return Document(Table(rest, 1, plain), below)


def _loaded(text: str) -> dict[str, object] | Mistake:
    """Besides its own errors the parser raises others, of numbers too long and nesting too deep."""
    try:
        return tomllib.loads(text)
    except ValueError as fault:
        return Mistake(_line_in(str(fault), text), _syntax(str(fault)))
    except RecursionError:
        return Mistake(1, slip("nested"))


def _syntax(said: str) -> Slip:
    """What the parser says, in words that can be translated; what is rarer in its own."""
    code = next((code for begins, code in _SYNTAX if said.startswith(begins)), "")
    return slip(code) if code else slip("toml", detail=said)


def _keys_of_the_top(text: str) -> dict[str, int]:
    """Where the keys before the first table stand, and the tables themselves."""
    found: dict[str, int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*\[\[?\s*([A-Za-z0-9_-]+)", line):
            inside = True
            found.setdefault(head[1], number)
        elif not inside and (key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line)):
            found.setdefault(key[1], number)
    return found


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
            inside = re.match(rf"\[\[?\s*{name}\s*\]", bare) is not None
            if inside:
                heads.append((number, {}))
        elif inside and (key := re.match(r"([A-Za-z0-9_-]+)\s*=", bare)):
            heads[-1][1][key[1]] = number
    heads += [(1, {})] * (len(listed) - len(heads))
    return [Table(values, *head) for values, head in zip(listed, heads, strict=False)]


def near(word: str, known: Collection[str]) -> str:
    """Which known word may have been meant by an unknown one; '' if none."""
    found = difflib.get_close_matches(word[:LONGEST_WORD], known, n=1)
    found = found or [one for one in known if word and one.startswith(word)]
    return found[0] if found else ""


def unknown_keys(values: Mapping[str, object], known: Collection[str]) -> Iterator[Wrong]:
    """The keys that mean nothing here."""
    for key in values:
        if key not in known:
            yield key, slip("unknown_key", near(key, known), key=key)


def wrong_keys(
    values: Mapping[str, object], kinds: Mapping[str, type], needed: Collection[str]
) -> list[Wrong]:
    """What is missing, not known here, or of another kind than `kinds` has for its key."""
    found = [(key, slip("missing", key=key)) for key in needed if key not in values]
    found += unknown_keys(values, kinds)
    for key, kind in kinds.items():
        if key in values and not _is(values[key], kind):
            found.append((key, slip(_KINDS[kind], key=key)))
    return found


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)
