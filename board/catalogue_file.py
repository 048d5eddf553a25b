"""A file of the catalogue of work (CSV, XLSX) into its items; mistakes by line and column.

Checks what one row can say; what the shop's rules forbid besides, the desk refuses.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from board.catalogue_cells import Unreadable, rows_of
from board.core.bays import BayKind
from board.core.catalogue import CatalogueItem
from board.core.money import fen_of
from board.core.refusals import SENTENCES as REFUSALS
from board.core.rules.catalogue import item_fault
from board.core.words import BAY_KIND
from board.sheet_cells import Cell, Odd, Row

MOST_MISTAKES = 200
HEADS: Mapping[str, str] = {
    "code": "code opcode 代码 编码 编号 项目代码 项目编码 工时代码 工时编码 维修代码",
    "text": "text name work description 名称 项目 项目名称 维修项目 工时名称 作业内容",
    "standard_hours": "hours standardhours 工时 标准工时 工时数 定额工时 标准工时(小时)",
    "price": "price labour labor labourprice laborprice 工时费 工时价格 价格 单价 金额 工费",
    "parts_price": "parts partsprice 配件费 材料费 配件价格 配件金额 材料价格",
    "kind": "kind type 类别 类型 维修类别 维修类型 业务类型",
    "skill": "skill skills 技能 工种 技能要求",
    "bay_kind": "baykind bay 工位 工位类型",
}
"""Heads of columns by what they mean, in small letters without spaces and signs between words."""

WORDS: dict[str, str] = {
    "code": "Code",
    "text": "Work item",
    "standard_hours": "Standard hours",
    "price": "Labour, yuan",
    "parts_price": "Parts, yuan",
    "kind": "Kind",
    "skill": "Skill",
    "bay_kind": "Bay kind",
}
"""What people call the columns."""

SENTENCES: dict[str, str] = {
    "too_large": "the file is too large",
    "old_office": "this is an old Excel file (.xls): save it as .xlsx",
    "too_many_rows": "there are too many rows from here on",
    "no_table": "the columns cannot be told apart from here on",
    "encoding": "the text is neither UTF-8 nor GB18030",
    "unsure": "it cannot be told which signs these are: save the file as .xlsx",
    "bytes": "this text is UTF-8 with broken signs from here on: save it again as UTF-8",
    "broken_sheet": "this Excel file cannot be read",
    "swells": "this Excel file is far too large inside",
    "locked": "this Excel file has a password",
    "empty": "there are no rows",
    "no_column": "there is no column for {name}",
    "formula": "this is a formula; put its value there",
    "error": "Excel shows an error here",
    "no_value": "this is neither text nor a number",
    "number": "“{found}” is not a number of hours",
    "money": "“{found}” is not an amount in yuan",
    "bay": "“{found}” is not a kind of bay",
    "code_twice": "the code {found} stands in line {line} too",
}
"""What may be wrong with a file, by code; continues the place where it is."""

Speak = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class RowMistake:
    """What is wrong and where: line from 1 (0: the whole file), column (`C 标准工时`), code."""

    line: int
    column: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def told(self, speak: Speak) -> str:
        """The reason in a language; `speak` translates."""
        params = dict(self.params)
        if "name" in params:
            params["name"] = speak(WORDS[str(params["name"])])
        return speak(SENTENCES.get(self.code) or REFUSALS[self.code]).format(**params)


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What a file holds: sound items, the mistakes of the others, and how many rows those are."""

    items: tuple[CatalogueItem, ...]
    mistakes: tuple[RowMistake, ...] = ()
    bad_rows: int = 0


def read_catalogue(content: bytes, speak: Speak = str) -> CatalogueFile:
    """Return what the file holds; a file that cannot be read at all is one mistake and no items.

    `speak` knows the words for kinds of bays. May take two seconds: use a thread.
    """
    try:
        rows = rows_of(content)
    except Unreadable as error:
        return CatalogueFile((), (RowMistake(error.line, "", error.code),))
    if len(rows) < 2:
        return CatalogueFile((), (RowMistake(0, "", "empty"),))
    return _Reading(rows[0], speak).read(rows[1:])


class _Reading:
    """One file being read: which column means what, which codes have been seen."""

    def __init__(self, head: Row, speak: Speak) -> None:
        self._head = head[1]
        self._line = head[0]
        self._columns = _columns(self._head)
        self._bays = _bay_words(speak)
        self._seen: dict[str, int] = {}
        self._mistakes: list[RowMistake] = []

    def read(self, rows: Sequence[Row]) -> CatalogueFile:
        for name in ("code", "text"):
            if name not in self._columns:
                self._mistakes.append(RowMistake(self._line, "", "no_column", {"name": name}))
        if self._mistakes:
            return CatalogueFile((), tuple(self._mistakes), len(rows))
        items = [item for row in rows if (item := self._item(row)) is not None]
        kept = tuple(self._mistakes[:MOST_MISTAKES])
        return CatalogueFile(tuple(items), kept, len(rows) - len(items))

    def _item(self, row: Row) -> CatalogueItem | None:
        before = len(self._mistakes)
        item = CatalogueItem(
            code=self._text(row, "code"),
            text=self._text(row, "text"),
            standard_hours=self._hours(row),
            price=self._fen(row, "price"),
            parts_price=self._fen(row, "parts_price"),
            kind=self._text(row, "kind"),
            skill=self._text(row, "skill"),
            bay_kind=self._bay(row),
        )
        if len(self._mistakes) == before:
            self._judge(row, item)
        return item if len(self._mistakes) == before else None

    def _judge(self, row: Row, item: CatalogueItem) -> None:
        refused = item_fault(item)
        if refused is not None:
            self._wrong(row, refused.fields[0], refused.code, **refused.params)
        elif item.code in self._seen:
            first = self._seen[item.code]
            self._wrong(row, "code", "code_twice", found=item.code, line=first)
        else:
            self._seen[item.code] = row[0]

    def _wrong(self, row: Row, name: str, code: str, **params: object) -> None:
        self._mistakes.append(RowMistake(row[0], self._named(name), code, params))

    def _named(self, name: str) -> str:
        at = self._columns.get(name)
        return "" if at is None else f"{_letters(at)} {self._head[at]}"

    def _value(self, row: Row, name: str) -> Cell:
        at = self._columns.get(name)
        cell = row[1][at] if at is not None and at < len(row[1]) else ""
        if isinstance(cell, Odd):
            self._wrong(row, name, cell.code)
            return ""
        return cell

    def _text(self, row: Row, name: str) -> str:
        return str(self._value(row, name))

    def _hours(self, row: Row) -> float:
        value = self._value(row, "standard_hours")
        try:
            hours = float(value) if value != "" else 0.0  # type: ignore[arg-type]
        except ValueError:
            hours = math.nan
        if not math.isfinite(hours):
            self._wrong(row, "standard_hours", "number", found=str(value)[:40])
            return 0.0
        return hours

    def _fen(self, row: Row, name: str) -> int:
        value = self._value(row, name)
        fen = fen_of(value) if isinstance(value, str) and value else _fen_of_number(value)
        if fen is None:
            self._wrong(row, name, "money", found=str(value)[:40])
        return fen or 0

    def _bay(self, row: Row) -> BayKind | None:
        word = self._text(row, "bay_kind")
        kind = self._bays.get(_bare(word))
        if word and kind is None:
            self._wrong(row, "bay_kind", "bay", found=word[:40])
        return kind


def _fen_of_number(value: Cell) -> int | None:
    """Excel's numbers are binary: 0.1 + 0.2 yuan are 30 fen."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return 0 if value == "" else None
    fen = round(value * 100)
    return fen if abs(value * 100 - fen) < 1e-6 * max(1.0, abs(fen)) and fen >= 0 else None


def _columns(head: Sequence[Cell]) -> dict[str, int]:
    """Which column means what; of two with the same meaning the first counts."""
    meant = {word: name for name, words in HEADS.items() for word in words.split()}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = meant.get(_bare(str(cell)))
        if name is not None:
            found.setdefault(name, at)
    return found


def _bare(text: str) -> str:
    return text.lower().translate({ord(sign): None for sign in " _-:：\u3000"})


def _bay_words(speak: Speak) -> dict[str, BayKind]:
    words = ((word, kind) for kind in BayKind for word in (kind, BAY_KIND[kind]))
    return {_bare(said): kind for word, kind in words for said in (word, speak(word))}


def _letters(at: int) -> str:
    """The name of a column as Excel shows it."""
    return chr(ord("A") + at) if at < 26 else "A" + chr(ord("A") + at - 26)
