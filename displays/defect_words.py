"""The defect codes of a shop with its own words for them."""

from board.core.check_templates_shipped import defects_of
from board.core.shop import Shop


def defect_word(shop: Shop) -> dict[str, str]:
    """The shop's own words of its defect codes; '' where the shipped word is translated."""
    own = shop.check_book.defects
    return {code: own.get(code, "") for code in defects_of(shop.check_book)}


def told_defect(shop: Shop, code: str) -> str:
    """The shop's own word of a code; else the code, whose shipped word the template knows."""
    return shop.check_book.defects.get(code, code)
