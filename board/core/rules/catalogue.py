"""The catalogue of work: what an import or a person adds, changes and takes away."""

import math

from board.core import commands as c
from board.core import events as e
from board.core.catalogue import MOST_ITEMS, CatalogueItem
from board.core.money import MOST_FEN
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.limits import text_fault

MOST_HOURS = 1000.0
MOST_SIGNS_OF_TEXT = 200
MOST_SIGNS_OF_WORD = 40


def item_fault(item: CatalogueItem) -> Refused | None:
    """What is wrong with one item, with the name of its field."""
    words = {"code": item.code, "kind": item.kind, "skill": item.skill}
    for name, text in words.items():
        refused = text_fault(text, MOST_SIGNS_OF_WORD, name)
        if refused is not None:
            return refused
    if not item.code.strip():
        return Refused("code_needed", fields=("code",))
    if not item.text.strip():
        return Refused("text_needed", fields=("text",))
    return text_fault(item.text, MOST_SIGNS_OF_TEXT, "text") or numbers_fault(
        item.standard_hours, item.price, item.parts_price
    )


def numbers_fault(hours: float, price: int, parts_price: int) -> Refused | None:
    """None when hours and prices (fen) of a piece of work are possible."""
    if not math.isfinite(hours) or not 0 <= hours <= MOST_HOURS:
        return Refused("number_wrong", fields=("standard_hours",))
    for name, fen in {"price": price, "parts_price": parts_price}.items():
        if not 0 <= fen <= MOST_FEN:
            return Refused("number_wrong", fields=(name,))
    return None


@shop_rule.register
def _import(command: c.ImportCatalogue, case: Case) -> Outcome:
    had = case.shop.catalogue
    given = {item.code: item for item in command.items}
    faults = (item_fault(item) for item in command.items)
    refused = next((fault for fault in faults if fault is not None), None)
    if refused is None and len(given) < len(command.items):
        refused = Refused("code_twice", fields=("code",))
    if refused is None and len(given if command.replaces else {**had, **given}) > MOST_ITEMS:
        refused = Refused("catalogue_full", {"limit": MOST_ITEMS}, ("items",))
    if refused is not None:
        return refused
    items = tuple(item for item in command.items if had.get(item.code) != item)
    removed = tuple(code for code in had if code not in given) if command.replaces else ()
    return (e.CatalogueImported(items, removed),) if items or removed else ()


@shop_rule.register
def _change(command: c.ChangeItem, case: Case) -> Outcome:
    known = case.shop.catalogue.get(command.code)
    if known is None:
        return Refused("unknown_item", fields=("code",))
    item = CatalogueItem(
        known.code,
        command.text.strip(),
        command.standard_hours,
        command.price,
        command.parts_price,
        command.kind.strip(),
        command.skill.strip(),
        command.bay_kind,
    )
    refused = item_fault(item)
    return refused or ((e.CatalogueImported((item,)),) if item != known else ())


@shop_rule.register
def _withdraw(command: c.WithdrawItem, case: Case) -> Outcome:
    if command.code not in case.shop.catalogue:
        return Refused("unknown_item", fields=("code",))
    return (e.CatalogueImported((), (command.code,)),)
