"""What an XLSX file says beside its cells: which part is its first sheet, its words, its dates.

Knows no cells; a format of numbers is only asked whether it shows a date.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from board.sheet_xml import Faulty, Parts

MOST_SIGNS = 32_767
"""Signs of one cell, as in Excel."""
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats that every program knows by number, and that show a date or a time."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_SHOWS_TIME = re.compile("[dmhys]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Book:
    """The part of the first sheet, the texts that cells name by number, and which of the formats
    that they name by number show a date or a time.
    """

    sheet: str
    words: tuple[str, ...]
    dates: frozenset[str]

    @classmethod
    def of(cls, parts: Parts) -> Self:
        """What the parts of a file say. Raises Faulty."""
        name = _target(_ties(parts, ""), "/officeDocument")
        sheets, words, formats = _Sheets(), _Words(), _Formats()
        parts.walk(name, sheets)
        ties = _ties(parts, name)
        if (part := _target(ties, "/sharedStrings")) != "":
            parts.walk(part, words)
        if (part := _target(ties, "/styles")) != "":
            parts.walk(part, formats)
        return cls(sheets.first(ties), tuple(words.all), formats.dates())


Ties = Mapping[str, tuple[str, str]]
"""What a part leads to: by id, the kind and the name of the other part."""


def _ties(parts: Parts, part: str) -> Ties:
    folder, name = posixpath.split(part)
    found = _Ties(folder)
    parts.walk(posixpath.join(folder, "_rels", f"{name}.rels"), found)
    return found.all


def _target(ties: Ties, kind: str) -> str:
    return next((name for tied, name in ties.values() if tied.endswith(kind)), "")


class _Silent:
    """Hears only how elements begin."""

    def closes(self, name: str) -> None:
        pass

    def says(self, text: str) -> None:
        pass


class _Ties(_Silent):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.all: dict[str, tuple[str, str]] = {}

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            way = posixpath.join("/", self._folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "")
            self.all[attributes.get("Id", "")] = kind, posixpath.normpath(way).lstrip("/")


class _Sheets(_Silent):
    """The sheets of the book, in the order of their tabs."""

    def __init__(self) -> None:
        self._ids: list[str] = []

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self._ids += [text for key, text in attributes.items() if key.endswith(":id")]

    def first(self, ties: Ties) -> str:
        """The part of the first sheet with cells: a diagram may have a tab of its own."""
        for each in self._ids:
            if ties.get(each, ("", ""))[0].endswith("/worksheet"):
                return ties[each][1]
        raise Faulty("broken_sheet")


class Text:
    """Text of several runs; how Chinese or Japanese signs are spoken is no part of it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._spoken = self._inside = False

    def opens(self, name: str) -> None:
        self._spoken = self._spoken or name == "rPh"
        self._inside = name == "t" and not self._spoken

    def closes(self, name: str) -> None:
        self._inside = False
        self._spoken = self._spoken and name != "rPh"

    def says(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def taken(self) -> str:
        # Without blanks around it from the start: many cells may name one text, none copies it.
        text = "".join(self._pieces)[:MOST_SIGNS].strip()
        self._pieces.clear()
        return text


class _Words:
    """The texts that cells name by number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._text = Text()

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        self._text.opens(name)

    def closes(self, name: str) -> None:
        self._text.closes(name)
        if name == "si":
            self.all.append(self._text.taken())

    def says(self, text: str) -> None:
        self._text.says(text)


class _Formats(_Silent):
    """Which of the formats that cells name by number show a date or a time."""

    def __init__(self) -> None:
        self._own: dict[str, bool] = {}
        self._numbers: list[str] = []
        self._in_cells = False

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", "").split(";")[0])
            self._own[attributes.get("numFmtId", "")] = bool(_SHOWS_TIME.search(code))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._numbers.append(attributes.get("numFmtId", "0"))

    def closes(self, name: str) -> None:
        self._in_cells = self._in_cells and name != "cellXfs"

    def dates(self) -> frozenset[str]:
        known = {str(number) for number in _DATES} - self._own.keys()
        known |= {number for number, shows in self._own.items() if shows}
        return frozenset(str(at) for at, number in enumerate(self._numbers) if number in known)
