"""The rows of a CSV or XLSX file as plain cells, within bounds; what is no value is marked as odd.

Formulas are never evaluated. Knows no heads.
"""

import codecs
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
_ASCII = 0x7F
_LAST_OF_PAIRS = "\u07ff"
"""The last sign that UTF-8 writes in two bytes."""
_LAST_COMMON = 0xD7
"""Lead byte of the last row of the 3,755 common signs in GB2312; the rare ones follow."""


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
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _in_gb18030(content, content.count(b"\n", 0, error.start) + 1)
    if _may_be_gb2312(content, text):
        at = next(at for at, byte in enumerate(content) if byte > _ASCII)
        raise Unreadable("unsure", content.count(b"\n", 0, at) + 1)
    return text


def _in_gb18030(content: bytes, broken_line: int) -> str:
    """A text that is no sound UTF-8, `broken_line` says where; refused when that is unsure."""
    if _is_mostly_utf8(content):
        raise Unreadable("bytes", broken_line)
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if not _is_common(text):
        raise Unreadable("unsure", broken_line)
    return text


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a text is UTF-8 with some broken bytes: what is Chinese is rarely broken.

    Chinese in GB18030 is hardly ever sound UTF-8 beyond pairs: most of its signs are broken there.
    """
    read = content.decode("utf-8-sig", "replace")
    broken = read.count("\N{REPLACEMENT CHARACTER}")
    return sum(sign > _LAST_OF_PAIRS for sign in read) > 2 * broken


def _may_be_gb2312(content: bytes, text: str) -> bool:
    """Whether sound UTF-8 has no sign but pairs of bytes that are common Chinese signs, too."""
    if text.isascii() or content.startswith(codecs.BOM_UTF8) or max(text) > _LAST_OF_PAIRS:
        return False
    try:
        return _is_common(content.decode("gb2312"))
    except UnicodeDecodeError:
        return False


def _is_common(text: str) -> bool:
    """Whether most signs that are not ASCII are of those that GB2312 puts first, by use."""
    pairs = text.encode("gb2312", "ignore").translate(None, bytes(range(_ASCII + 1)))
    common = sum(lead <= _LAST_COMMON for lead in pairs[::2])
    return 2 * common > sum(not sign.isascii() for sign in text)


def _written(text: str) -> Cell:
    bare = text.strip()
    return Odd("formula") if bare.startswith("=") else bare


def _sheet_rows(content: bytes) -> Sequence[Row]:
    try:
        return sheet_rows(content, 2 * MOST_ROWS, MOST_COLUMNS)
    except Faulty as error:
        raise Unreadable(error.code) from None
