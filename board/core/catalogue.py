"""The catalogue of work: what a shop does, with its standard time and prices."""

from collections.abc import Iterable
from dataclasses import dataclass

from board.core.bays import BayKind
from board.core.money import Fen

MOST_ITEMS = 5000


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One piece of work that a line may be made of. `code` names it within the shop.

    `standard_hours`: 0 if unknown. `price`: labour, `parts_price`: the parts that usually go with
    it, both in fen. `kind`: the kind of order it belongs to; `skill`: what a technician must know.
    """

    code: str
    text: str
    standard_hours: float = 0.0
    price: Fen = 0
    parts_price: Fen = 0
    kind: str = ""
    skill: str = ""
    bay_kind: BayKind | None = None


def found_in(items: Iterable[CatalogueItem], query: str) -> list[CatalogueItem]:
    """The items that a query means, by rank: the code itself, codes that begin so, other words.

    An empty query means all of them.
    """
    words = query.lower().split()
    whole = "".join(words)

    def rank(item: CatalogueItem) -> int | None:
        code = item.code.lower()
        if code == whole:
            return 0
        if whole and code.startswith(whole):
            return 1
        said = f"{code} {item.text.lower()}"
        return 2 if all(word in said for word in words) else None

    ranked = [(place, item) for item in items if (place := rank(item)) is not None]
    return [item for _, item in sorted(ranked, key=lambda pair: (pair[0], pair[1].code))]
