"""The catalogue of work: what a shop does, with its standard time and prices."""

from dataclasses import dataclass

from board.core.bays import BayKind

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
    price: int = 0
    parts_price: int = 0
    kind: str = ""
    skill: str = ""
    bay_kind: BayKind | None = None
