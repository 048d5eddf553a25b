"""Files made to do harm are refused, and never with anything but a sentence."""

import io
import random
import tracemalloc
import zipfile

import pytest

from board.catalogue_cells import MOST_BYTES
from board.catalogue_file import SENTENCES, read_catalogue
from board.sheet_cells import sheet_rows
from tests.catalogue.sheets import SOUND, book, parts_of, with_part

SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(("code", "work"), ("A1", "x"))
TIES = "xl/_rels/workbook.xml.rels"
TO_SHEET = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="/%s" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/worksheet"/></Relationships>'
)


def codes(content: bytes) -> list[str]:
    """The codes of a file's mistakes."""
    return [one.code for one in read_catalogue(content).mistakes]


def test_a_bomb_is_not_unpacked() -> None:
    """Falls over without `> MOST_UNPACKED` in `board/sheet_xml.py`."""
    bomb = with_part(GOOD, SHEET, b"<a>" + b" " * 40_000_000)
    assert len(bomb) < 100_000
    assert codes(bomb) == ["swells"]


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(with_part(GOOD, SHEET, b"<a>" + b" " * 40_000_000))
    at = bomb.rindex(b"PK\x01\x02" + bomb[bomb.rindex(SHEET.encode()) - 42 :][:2])
    bomb[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert codes(bytes(bomb)) == ["broken_sheet"]


def test_many_parts_are_refused() -> None:
    kept = io.BytesIO(GOOD)
    with zipfile.ZipFile(kept, "a") as packed:
        for name, body in parts_of(300):
            packed.writestr(name, body)
    assert codes(kept.getvalue()) == ["swells"]


@pytest.mark.parametrize("name", [SHEET, "xl/worksheets/sheet1.XML", "xl/worksheets/sheet1.dat"])
def test_entities_are_refused_in_any_encoding_and_under_any_name(name: str) -> None:
    """Falls over without `StartDoctypeDeclHandler` in `board/sheet_xml.py`."""
    laughs = '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    for encoding in ("utf-8", "utf-16"):
        named = with_part(with_part(GOOD, TIES, TO_SHEET % name.encode()), SHEET, b"<a/>")
        assert codes(with_part(named, name, laughs.encode(encoding))) == ["broken_sheet"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "xl/styles.xml",
            b"<styleSheet><cellXfs>%s</cellXfs></styleSheet>" % (b"<xf/>" * 1_500_000),
        ),
        (SHEET, b"<worksheet><row>%s</row></worksheet>" % (b"<c/>" * 1_500_000)),
        (SHEET, b"<worksheet>%s</worksheet>" % (b"<row/>" * 1_500_000)),
        (SHEET, b"<a>" * 1_500_000),
        (SHEET, b"<a %s/>" % (b'b=">" ' * 100_000)),
        (SHEET, b'<a><b c=""/>%s</a>' % (b'<b c="" d="" e="" f="" g=""/>' * 900_000)),
    ],
    ids=["styles", "cells", "rows", "depth", "a long tag", "attributes"],
)
def test_what_swells_when_it_is_parsed_is_told_apart(name: str, body: bytes) -> None:
    """Falls over without `MOST_ELEMENTS` and `_LONG` in `board/sheet_xml.py`."""
    small = with_part(GOOD, name, body)
    assert len(small) < 200_000
    assert codes(small) == ["swells"]


def test_a_sheet_that_claims_a_million_rows_is_not_counted_out() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">'
        b'<c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert codes(with_part(GOOD, SHEET, far)) == ["empty"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old_office"),
        (b"PK\x03\x04 not a zip", "broken_sheet"),
        (SOUND.encode("utf-16"), "encoding"),
        (b"code,work\nA1,\xff\xff\n", "encoding"),
        (b"code,work\nA1,a\0b\n", "encoding"),
        (SOUND.encode().replace("片".encode(), b"\xe7\x89"), "bytes"),
        (b'code,work\nA1,"never ends\n', "no_table"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (b'code,work\n"' + b"x" * 200_000 + b'",1\n', "no_table"),
    ],
)
def test_what_is_no_table_of_ours_is_one_mistake(content: bytes, code: str) -> None:
    assert codes(content) == [code]


def named_often(word: str, rows: str) -> bytes:
    """A file whose only text is `word`, with these rows."""
    tie = '<Relationship Id="{0}" Type="/{1}" Target="{2}"/>'.format
    ties = tie("rId1", "worksheet", "worksheets/sheet1.xml")
    ties += tie("rId2", "sharedStrings", "words.xml")
    named = with_part(GOOD, TIES, f"<x>{ties}</x>".encode())
    named = with_part(named, "xl/words.xml", f"<sst><si><t>{word}</t></si></sst>".encode())
    return with_part(named, SHEET, f"<x>{rows}</x>".encode())


def test_a_long_text_that_many_cells_name_is_never_copied() -> None:
    """Falls over without `MOST_SIGNS_OF_SHEET` in `board/sheet_cells.py`."""
    cells = '<c t="s"><v>0</v></c>' * 40
    small = named_often(" " + "a" * 32_700, f"<row>{cells}</row>" * 2_500)
    assert len(small) < 20_000
    tracemalloc.start()
    assert codes(small) == ["swells"]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60_000_000


def test_rows_that_all_claim_one_line_are_counted() -> None:
    """Falls over without `len(self.rows) < self._most_rows` in `board/sheet_cells.py`."""
    rows = '<row r="1"><c><v>1</v></c></row>' * 60_000
    found = sheet_rows(named_often("x", rows), 100, 40)
    assert len(found) == 100


def test_a_locked_file_is_told_apart() -> None:
    locked = bytearray(GOOD)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert codes(bytes(locked)) == ["locked"]


def test_whatever_bytes_come_the_answer_is_in_words() -> None:
    dice = random.Random(20261122)
    for _ in range(300):
        broken = bytearray(GOOD if dice.random() < 0.7 else SOUND.encode("gb18030"))
        for _ in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        for one in read_catalogue(bytes(broken[: dice.randrange(1, len(broken))])).mistakes:
            assert one.told(str)
    assert SENTENCES
