"""The manager's page of the catalogue of work: what is in it, and the form that takes in a file."""

from board.core.catalogue import found_in
from displays.desk_pages import page_of
from displays.dialog_asks import Ask, Sheet

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
        more=max(0, len(found) - _SHOWN),
    )
