"""Where the tables of a TOML text and their keys stand, to the sign. Pure.

The text must be valid TOML: tomllib has read it before. Values are not looked into.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_QUOTES = ('"""', "'''", '"', "'")


@dataclass(frozen=True, slots=True)
class Span:
    """One statement: from its first sign to the end of its last line, and its value within."""

    start: int
    end: int
    value_start: int = 0
    value_end: int = 0


@dataclass(slots=True)
class TableText:
    """One [[name]] table: its head's line and those of its keys, in their order."""

    name: str
    head: Span
    keys: dict[str, Span] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Behind its last line."""
        return max((self.head.end, *(one.end for one in self.keys.values())))

    @property
    def lines(self) -> tuple[Span, ...]:
        """Everything that is its own: comments on lines of their own are not."""
        return (self.head, *self.keys.values())


def tables_in(text: str) -> list[TableText]:
    """The [[name]] tables in their order; [name] tables end one and are not told."""
    found: list[TableText] = []
    open_one: TableText | None = None
    for is_head, name, span in _statements(text):
        if is_head:
            open_one = TableText(name, span) if name else None
            found += [open_one] if open_one else []
        elif open_one is not None:
            open_one.keys[name] = span
    return found


def _statements(text: str) -> Iterator[tuple[bool, str, Span]]:
    """Each head (its name, '' of a [name] table) and each key with its span."""
    at = 0
    while at < len(text):
        start, at = at, _without_blanks(text, at)
        if at < len(text) and text[at] not in "#\r\n":
            if text[at] == "[":
                end = _line_end(text, at)
                yield True, _head(text[at:end]), Span(start, end)
                at = end
                continue
            equals = _past_key(text, at)
            value = _without_blanks(text, equals + 1)
            closing = _past_value(text, value)
            end = _line_end(text, closing)
            yield False, _plain(text[at:equals]), Span(start, end, value, closing)
            at = end
        else:
            at = _line_end(text, at)


def _head(line: str) -> str:
    if not line.startswith("[["):
        return ""
    return _plain(line[2 : line.index("]]")])


def _plain(key: str) -> str:
    """A key without its quotes; dotted keys stay as they are written."""
    bare = key.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" and _BARE.match(bare[1:-1]):
        return bare[1:-1]
    return bare


def _without_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    """Behind the end of the line, or of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _past_key(text: str, at: int) -> int:
    """Where the equals sign of a key stands."""
    while text[at] != "=":
        at = _past_text(text, at, text[at]) if text[at] in "\"'" else at + 1
    return at


def _past_value(text: str, at: int) -> int:
    """Behind the last sign of a value, which may go over several lines."""
    depth, last = 0, at
    while at < len(text):
        sign = text[at]
        if sign in "\r\n" and not depth:
            break
        if sign == "#":
            if not depth:
                break
            at = _line_end(text, at)
            continue
        if sign in "\"'":
            at = last = _past_text(text, at, _quote(text, at))
            continue
        depth += (sign in "[{") - (sign in "]}")
        at += 1
        last = at if not sign.isspace() else last
    return last


def _quote(text: str, at: int) -> str:
    return next(one for one in _QUOTES if text.startswith(one, at))


def _past_text(text: str, at: int, quote: str) -> int:
    """Behind a text in quotes."""
    at += len(quote)
    while not text.startswith(quote, at):
        at += 2 if text[at] == "\\" and quote[0] == '"' else 1
    at += len(quote)
    if len(quote) == 3:
        # Up to two quotes of the same kind may stand before the closing three.
        while text.startswith(quote[0], at):
            at += 1
    return at
