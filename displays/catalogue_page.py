"""The manager's page of the catalogue of work, its import form, and the dialogs of one item."""

from board.core import commands as c
from board.core.bays import BayKind
from board.core.catalogue import found_in
from displays.appointment_words import WORD_OF_KIND
from displays.desk_pages import page_of
from displays.dialog_asks import GONE, Ask, Sheet, may

_SHOWN = 100


def catalogue_page(ask: Ask) -> Sheet:
    """The items that the search finds, the first hundred of them."""
    query = ask.given.get("q", "")
    found = found_in(ask.shop.catalogue.values(), query)
    return page_of(
        "catalogue/page.html",
        query=query,
        total=len(ask.shop.catalogue),
        items=found[:_SHOWN],
        kinds=WORD_OF_KIND,
        more=max(0, len(found) - _SHOWN),
    )


def change_item_sheet(ask: Ask) -> Sheet:
    """Change what an item says, how long it takes and what it costs."""
    return _item_sheet(ask, c.ChangeItem, "catalogue/item.html")


def withdraw_item_sheet(ask: Ask) -> Sheet:
    """Take an item out of the catalogue."""
    return _item_sheet(ask, c.WithdrawItem, "catalogue/withdraw.html")


def _item_sheet(ask: Ask, command: type[c.Command], template: str) -> Sheet:
    item = ask.shop.catalogue.get(ask.given.get("code", ""))
    if item is None or not may(ask.actor, command):
        return GONE
    return Sheet(template, {"item": item, "bay_kinds": tuple(kind.value for kind in BayKind)})
