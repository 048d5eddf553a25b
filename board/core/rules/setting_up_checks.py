"""The shop's own checks and defect codes: what they must be like."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite

from board.core import commands as c
from board.core import events as e
from board.core.check_templates import CheckBook, CheckTemplate, Point
from board.core.events import Event
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.limits import text_fault
from board.core.shop import Shop

MOST_TEMPLATES = 100
MOST_POINTS = 40
MOST_DEFECTS = 60
POINT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MOST_SIGNS = 80
_MOST_SIGNS_OF_UNIT = 10
_MOST_SIGNS_OF_KIND = 40


@shop_rule.register
def _set_up_checks(command: c.SetUpChecks, case: Case) -> Outcome:
    refused = book_fault(command.book)
    if refused is not None:
        return refused
    return () if command.book == case.shop.check_book else (e.ChecksSetUp(command.book),)


def imported_checks(command: c.ImportShop, shop: Shop) -> tuple[Event, ...]:
    """The checks of a file; a file that says nothing of them leaves them as they are."""
    book = command.checks
    return () if book is None or book == shop.check_book else (e.ChecksSetUp(book),)


def book_fault(book: CheckBook) -> Refused | None:
    """None when every template and defect code can be used."""
    if len(book.templates) > MOST_TEMPLATES:
        return Refused("too_many", {"limit": MOST_TEMPLATES}, ("book.templates",))
    faults = (fault for template in book.templates for fault in _template_faults(template))
    return _defects_fault(book.defects) or next(faults, None)


def _defects_fault(defects: Mapping[str, str]) -> Refused | None:
    if len(defects) > MOST_DEFECTS:
        return Refused("too_many", {"limit": MOST_DEFECTS}, ("book.defects",))
    faults = (_defect_fault(code, word) for code, word in defects.items())
    return next((fault for fault in faults if fault is not None), None)


def _defect_fault(code: str, word: str) -> Refused | None:
    if not code.strip() or code != code.strip() or not word.strip():
        return Refused("text_needed", fields=("book.defects",))
    fault = text_fault(code, _MOST_SIGNS_OF_KIND, "book.defects")
    return fault or text_fault(word, MOST_SIGNS, "book.defects")


def defect_is_sound(code: str, word: str) -> bool:
    """Whether a defect code and its word can be used."""
    return _defect_fault(code, word) is None


def unit_is_sound(unit: str) -> bool:
    """Whether a unit is short enough to stand beside its value."""
    return text_fault(unit, _MOST_SIGNS_OF_UNIT, "unit") is None


def _template_faults(template: CheckTemplate) -> Iterator[Refused]:
    ids = [point.id for point in template.points]
    if len(ids) > MOST_POINTS or len(template.kinds) > MOST_POINTS:
        yield Refused("too_many", {"limit": MOST_POINTS}, ("book.templates",))
    twice = [point for point in ids if ids.count(point) > 1]
    if twice:
        yield Refused("id_wrong", {"id": twice[0][:40]}, ("book.templates",))
    for kind in template.kinds:
        if fault := text_fault(kind, _MOST_SIGNS_OF_KIND, "book.templates"):
            yield fault
    for point in template.points:
        yield from _point_faults(point)


def _point_faults(point: Point) -> Iterator[Refused]:
    if not POINT_ID.fullmatch(point.id):
        yield Refused("id_wrong", {"id": point.id[:40]}, ("book.templates",))
    if not point.text.strip():
        yield Refused("text_needed", fields=("book.templates",))
    texts = ((point.text, MOST_SIGNS), (point.unit, _MOST_SIGNS_OF_UNIT))
    for text, limit in texts:
        if fault := text_fault(text, limit, "book.templates"):
            yield fault
    if not bounds_fit(point):
        yield Refused("number_wrong", fields=("book.templates",))


def bounds_fit(point: Point) -> bool:
    """Whether the bounds belong to a value and leave room between them."""
    bounds = [bound for bound in (point.least, point.most) if bound is not None]
    if bounds and not point.unit:
        return False
    return all(map(isfinite, bounds)) and bounds == sorted(bounds)
