"""The rows of a CSV or XLSX file as plain cells, within bounds; what is no value is marked as odd.

Formulas are never evaluated. Knows no heads.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from board.core.catalogue import MOST_ITEMS
from board.sheet_cells import Cell, Odd, Row, sheet_rows
from board.sheet_xml import Faulty

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = MOST_ITEMS + 1
MOST_COLUMNS = 40
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


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
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(content):
            raise Unreadable("bytes", content.count(b"\n", 0, error.start) + 1) from None
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a text is UTF-8 with some broken bytes: what is not English is rarely broken.

    Chinese in GB18030 is hardly ever sound UTF-8: most of its signs are broken there.
    """
    read = content.decode("utf-8-sig", "replace")
    broken = read.count("\N{REPLACEMENT CHARACTER}")
    return sum(not sign.isascii() for sign in read) > 2 * broken


def _written(text: str) -> Cell:
    bare = text.strip()
    return Odd("formula") if bare.startswith("=") else bare


def _sheet_rows(content: bytes) -> Sequence[Row]:
    try:
        return sheet_rows(content, 2 * MOST_ROWS, MOST_COLUMNS)
    except Faulty as error:
        raise Unreadable(error.code) from None
