"""The first sheet of an XLSX file as rows of plain cells; what is no value is marked as odd.

Formulas are never evaluated.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board.sheet_book import MOST_SIGNS, Book, Text
from board.sheet_xml import Faulty, Parts

MOST_SIGNS_OF_SHEET = 4 * 1024 * 1024
"""Signs of all cells together, twice a CSV file's: many cells may name one long text."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no value: `code` says what is there instead."""

    code: str


Cell = str | int | float | Odd
Row = tuple[int, tuple[Cell, ...]]
"""The line in the file, from 1, and its cells; an empty one is ''."""

_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


def sheet_rows(content: bytes, most_rows: int, most_columns: int) -> Sequence[Row]:
    """Return the rows that hold anything, up to line `most_rows`. Raises Faulty."""
    parts = Parts(content)
    book = Book.of(parts)
    sheet = _Sheet(book, most_rows, most_columns)
    parts.walk(book.sheet, sheet)
    return sheet.rows


class _Sheet:
    """The cells, row by row; rows and cells that do not say where they are follow one another."""

    def __init__(self, book: Book, rows: int, columns: int) -> None:
        self.rows: list[Row] = []
        self._book = book
        self._most_rows, self._most_columns = rows, columns
        self._line = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._cell: Mapping[str, str] = {}
        self._formula = self._inside = False
        self._value: list[str] = []
        self._text = Text()
        self._signs_left = MOST_SIGNS_OF_SHEET

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        self._text.opens(name)
        self._inside = name == "v"
        if name == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._column = 0
        elif name == "c":
            self._cell, self._formula = attributes, False
            self._value.clear()
            self._text.taken()
            self._column = _column(attributes.get("r", "")) or self._column + 1
        elif name == "f":
            self._formula = True

    def closes(self, name: str) -> None:
        self._text.closes(name)
        self._inside = False
        if name == "c" and self._line <= self._most_rows and self._column <= self._most_columns:
            cell = self._cells[self._column] = self._read()
            self._count(cell)
        elif name == "row":
            self._keep()

    def says(self, text: str) -> None:
        self._text.says(text)
        if self._inside:
            self._value.append(text)

    def _count(self, cell: Cell) -> None:
        self._signs_left -= len(cell) if isinstance(cell, str) else 0
        if self._signs_left < 0:
            raise Faulty("swells")

    def _keep(self) -> None:
        cells, self._cells = self._cells, {}
        # Rows may all claim one line: their number is bounded, too.
        if len(self.rows) < self._most_rows and any(cell != "" for cell in cells.values()):
            width = max(cells)
            self.rows.append((self._line, tuple(cells.get(at, "") for at in range(1, width + 1))))

    def _read(self) -> Cell:
        kind, value = self._cell.get("t", "n"), "".join(self._value)
        if self._formula:
            return Odd("formula")
        if kind == "inlineStr":
            return self._text.taken()
        if value == "":
            return ""
        if kind == "s":
            return self._book.words[int(value)]
        if kind == "str":
            return value[:MOST_SIGNS].strip()
        if kind == "e":
            return Odd("error")
        return _number(value) if kind == "n" and not self._is_date() else Odd("no_value")

    def _is_date(self) -> bool:
        return self._cell.get("s", "0") in self._book.dates


def _column(place: str) -> int:
    """The number of a column, from 1, as a cell's place says it; 0 when it says none."""
    found = _PLACE.fullmatch(place)
    number = 0
    for sign in found[1] if found else "":
        number = number * 26 + ord(sign) - ord("A") + 1
    return number


def _number(value: str) -> int | float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return int(number) if number.is_integer() else number
