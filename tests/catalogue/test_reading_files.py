"""Catalogues from CSV and XLSX: two languages, two encodings, each mistake with its place."""

from datetime import datetime

import pytest

from board.catalogue_file import CatalogueFile, RowMistake, read_catalogue
from board.core.bays import BayKind
from board.core.catalogue import MOST_ITEMS, CatalogueItem
from tests.catalogue.sheets import HEAD, SOUND, book, with_part

OIL = CatalogueItem("A01", "小保养", 0.6, 12_000, 26_050, "maintenance", "", BayKind.general)
BRAKES = CatalogueItem("B10", "前刹车片", 1.2, 38_000, 52_000, "", "制动")


def places(found: CatalogueFile) -> list[tuple[int, str, str]]:
    """Line, column and code of each mistake."""
    return [(one.line, one.column, one.code) for one in found.mistakes]


@pytest.mark.parametrize(
    "content",
    [
        SOUND.encode(),
        SOUND.encode("utf-8-sig"),
        SOUND.encode("gb18030"),
        SOUND.replace("\n", "\r\n").encode("gb18030"),
        SOUND.replace(",", ";").encode(),
        SOUND.replace(",", "\t").encode(),
        ("\n\n" + SOUND).replace("\n\n", "\n", 1).encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "windows", "semicolons", "tabs", "blank line"],
)
def test_a_csv_file_is_read_in_every_usual_form(content: bytes) -> None:
    assert read_catalogue(content) == CatalogueFile((OIL, BRAKES))


def test_an_xlsx_file_is_read_with_numbers_as_numbers() -> None:
    rows = (
        ("Code", "Description", "Standard hours", "Labour price", "Parts", "Bay kind"),
        (1001, "Oil service", 0.6, 120, 260.5, "General repair"),
        (),
        ("B10", "Pads", "1.2", "¥1,380", None, None),
    )
    found = read_catalogue(book(*rows))
    assert found.mistakes == ()
    assert [(item.code, item.price, item.parts_price) for item in found.items] == [
        ("1001", 12_000, 26_050),
        ("B10", 138_000, 0),
    ]
    assert found.items[0].bay_kind == BayKind.general


def test_texts_that_cells_name_by_number_are_read_without_how_they_are_spoken() -> None:
    """Falls over without `rPh` in `board/sheet_book.py`."""
    texts = ("<t>code</t>", "<t>work</t>", "<t>A1</t>", "<r><t>小</t></r><r><t>保养</t></r>")
    spoken = "<rPh><t>xbyng</t></rPh>"
    words = "".join(f"<si>{text}{spoken}</si>" for text in texts)
    cells = [f'<c t="s"><v>{number}</v></c>' for number in range(4)]
    rows = "<x><row>{}{}</row><row>{}{}</row></x>".format(*cells)
    tie = '<Relationship Id="{0}" Type="/{1}" Target="{2}"/>'.format
    sheet, table = "worksheets/sheet1.xml", "words.xml"
    ties = tie("rId1", "worksheet", sheet) + tie("rId2", "sharedStrings", table)
    content = book(("any",))
    for name, body in (
        (sheet, rows),
        (table, f"<sst>{words}</sst>"),
        ("_rels/workbook.xml.rels", f"<x>{ties}</x>"),
    ):
        content = with_part(content, f"xl/{name}", body.encode())
    assert [(item.code, item.text) for item in read_catalogue(content).items] == [("A1", "小保养")]


def test_utf8_with_a_broken_byte_is_not_taken_for_another_encoding() -> None:
    """Falls over without `_is_mostly_utf8(content)` in `board/catalogue_cells.py`."""
    broken = SOUND.encode().replace("片".encode(), b"\xe7\x89")
    (mistake,) = read_catalogue(broken).mistakes
    assert (mistake.line, mistake.code) == (3, "bytes")
    assert read_catalogue("code,work\nA1,机\n".encode("gb18030")).mistakes == ()


@pytest.mark.parametrize(
    "content",
    [
        b"code,text,hours\nA1,\xe6\x9c,1\nA2,oil,1\n",
        b"code,text,hours\nA1,\xe6\xb0,1\nA2,oil,1\n",
        "code,text,hours\nA1,洗水,1\nA2,oil,1\n".encode("gb18030"),
        "code,text,hours\nA1,片,1\nA2,片,1\n".encode("gb18030"),
    ],
    ids=["cut", "cut to a rare sign", "sound in both", "one sign in both"],
)
def test_signs_that_may_be_of_either_encoding_are_never_guessed(content: bytes) -> None:
    """Falls over without `"unsure"` in `board/catalogue_cells.py`."""
    (mistake,) = read_catalogue(content).mistakes
    assert (mistake.line, mistake.code) == (2, "unsure")


@pytest.mark.parametrize("text", ["片片片机油", "更换前制动片 × 2", "镗缸活塞", "水泵 ¥1", "漏油"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_signs_of_one_encoding_are_read_in_it(text: str, encoding: str) -> None:
    found = read_catalogue(f"code,text\nA1,{text}\n".encode(encoding))
    assert [item.text for item in found.items] == [text]


def test_a_mark_settles_what_may_be_of_either_encoding() -> None:
    found = read_catalogue("code,text\nA1,90°\n".encode("utf-8-sig"))
    assert [item.text for item in found.items] == ["90°"]


def test_kinds_of_bays_may_be_said_in_the_shops_language() -> None:
    said = {"General repair": "普通工位"}
    content = SOUND.replace("general", "普通工位").encode()
    found = read_catalogue(content, lambda text: said.get(text, text))
    assert found.items[0].bay_kind == BayKind.general


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",小保养,1,1,1,,,", "A 代码", "code_needed"),
        ("A1,,1,1,1,,,", "B 项目", "text_needed"),
        ("A1,x,one,1,1,,,", "C 标准工时", "number"),
        ("A1,x,nan,1,1,,,", "C 标准工时", "number"),
        ("A1,x,-1,1,1,,,", "C 标准工时", "number_wrong"),
        ("A1,x,1,12.345,1,,,", "D 工时费", "money"),
        ("A1,x,1,-1,1,,,", "D 工时费", "money"),
        ("A1,x,1,1,much,,,", "E 配件费", "money"),
        ("A1,x,1,1,1,,,moon", "H 工位类型", "bay"),
        ("A1,=1+1,1,1,1,,,", "B 项目", "formula"),
        (f"A1,{'x' * 201},1,1,1,,,", "B 项目", "too_long"),
        ("B10,again,1,1,1,,,", "A 代码", "code_twice"),
    ],
)
def test_a_bad_row_is_named_by_line_and_column_and_the_others_are_good(
    row: str, column: str, code: str
) -> None:
    found = read_catalogue(f"{SOUND}\n{row}\n".encode())
    assert places(found) == [(5, column, code)]
    assert found.items == (OIL, BRAKES)
    assert found.bad_rows == 1


def test_every_mistake_of_a_row_is_told() -> None:
    found = read_catalogue(f"{HEAD}\nA1,x,one,much,1,,,moon\n".encode())
    assert [column for _, column, _ in places(found)] == ["C 标准工时", "D 工时费", "H 工位类型"]
    assert found.mistakes[1].told(str) == "“much” is not an amount in yuan"


def test_rows_that_go_over_several_lines_are_counted_as_people_see_them() -> None:
    content = f'{HEAD}\nA1,"two\nlines",1,1,1,,,\nA2,x,one,1,1,,,\n'
    assert places(read_catalogue(content.encode())) == [
        (2, "B 项目", "signs_wrong"),
        (4, "C 标准工时", "number"),
    ]


def test_without_the_columns_that_are_needed_nothing_is_read() -> None:
    found = read_catalogue("项目,工时\n小保养,1\n".encode())
    assert found.items == ()
    assert [one.told(str) for one in found.mistakes] == ["there is no column for Code"]


def test_formulas_errors_and_dates_of_excel_are_no_values() -> None:
    rows = (
        ("code", "work", "hours", "price"),
        ("A1", '=CONCAT("a","b")', 1, 1),
        ("A2", "x", "=1+1", 1),
        ("A3", "x", 1, "#REF!"),
        (datetime(2026, 1, 2), "x", 1, 1),  # noqa: DTZ001
        (True, "x", 1, 1),
    )
    assert [(line, code) for line, _, code in places(read_catalogue(book(*rows)))] == [
        (2, "formula"),
        (3, "formula"),
        (4, "error"),
        (5, "no_value"),
        (6, "no_value"),
    ]


def test_binary_fractions_of_excel_are_the_money_they_mean() -> None:
    rows = (("code", "work", "price"), ("A1", "x", 0.1 + 0.2), ("A2", "x", 12.345))
    found = read_catalogue(book(*rows))
    assert [item.price for item in found.items] == [30]
    assert places(found) == [(3, "C price", "money")]


def test_a_catalogue_of_the_most_items_is_read_and_one_more_is_not() -> None:
    rows = "".join(f"A{n},x,1,1,1,,,\n" for n in range(MOST_ITEMS))
    assert len(read_catalogue(f"{HEAD}\n{rows}".encode()).items) == MOST_ITEMS
    found = read_catalogue(f"{HEAD}\n{rows}B,x,1,1,1,,,\n".encode())
    assert found == CatalogueFile((), (RowMistake(MOST_ITEMS + 2, "", "too_many_rows"),))


def test_a_file_without_rows_says_so() -> None:
    for content in (b"", b"\n\n", HEAD.encode(), book(("code", "work"))):
        assert [one.code for one in read_catalogue(content).mistakes] == ["empty"]
