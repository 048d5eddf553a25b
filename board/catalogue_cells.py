"""The rows of a CSV or XLSX file as plain cells, within bounds; what is no value is marked as odd.

Formulas are never evaluated, and a file that would swell in memory is not opened. Knows no heads.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from board.core.catalogue import MOST_ITEMS

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = MOST_ITEMS + 1
MOST_COLUMNS = 40
_MOST_UNPACKED = 20 * 1024 * 1024
_MOST_PARTS = 200
_ENCRYPTED = 1
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no value: `code` says what is there instead."""

    code: str


Cell = str | int | float | Odd
Row = tuple[int, tuple[Cell, ...]]
"""The line in the file, from 1, and its cells; an empty one is ''."""


class Unreadable(Exception):
    """A file that is no table of ours: `code` of a sentence, `line` where it went wrong or 0."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


def rows_of(content: bytes) -> Sequence[Row]:
    """Return the rows that hold anything. Raises Unreadable; may take a second: use a thread."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if content.startswith(_OLD_OFFICE):
        raise Unreadable("old_office")
    read = _sheet_rows if content.startswith(_ZIP) else _text_rows
    rows: list[Row] = []
    for line, cells in read(content):
        if any(cell != "" for cell in cells):
            rows.append((line, cells))
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", line)
    return rows


def _text_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, tuple(_written(cell) for cell in cells[:MOST_COLUMNS])
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable("no_table", line) from None


def _decoded(content: bytes) -> str:
    if content.startswith(_WIDE) or b"\0" in content:
        raise Unreadable("encoding")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _written(text: str) -> Cell:
    bare = text.strip()
    return Odd("formula") if bare.startswith("=") else bare


def _sheet_rows(content: bytes) -> Iterator[Row]:
    try:
        _look_inside(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        most = 2 * MOST_ROWS
        for number, cells in enumerate(sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS), 1):
            yield number, tuple(_cell(cell) for cell in cells)
    except Unreadable:
        raise
    except Exception as error:
        # A foreign file may break the library anywhere, and with anything.
        raise Unreadable("broken_sheet") from error


def _look_inside(content: bytes) -> None:
    """Refuse what swells, what is locked and what defines words of its own; else read it once.

    `zipfile` gives no more bytes of a part than the part's head says, so the sum of the heads
    bounds what is unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
            raise Unreadable("swells")
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Unreadable("locked")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _require_plain(_unpacked(packed, part))


def _require_plain(xml: bytes) -> None:
    """Refuse XML that declares entities, also where 16 bits per sign would hide them."""
    declared = b"<!DOCTYPE" in xml or b"<!ENTITY" in xml
    if declared or b"\0" in xml:
        raise Unreadable("broken_sheet")


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return packed.read(part)
    except (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError):
        raise Unreadable("broken_sheet") from None


def _cell(cell: SheetCell | ReadOnlyCell | EmptyCell | object) -> Cell:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        return Odd("formula")
    if kind == "e":
        return Odd("error")
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if float(value).is_integer() else value
    return Odd("no_value")
