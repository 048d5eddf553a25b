"""Commands about the catalogue of work: taken in from a file, one item changed or withdrawn."""

from dataclasses import dataclass

from board.core.bays import BayKind
from board.core.catalogue import CatalogueItem
from board.core.commands.asked import Command
from board.core.money import Fen


@dataclass(frozen=True, kw_only=True)
class ImportCatalogue(Command):
    """Take items into the catalogue: those of a known code are changed, others added.

    `replaces`: what is not among `items` leaves the catalogue.
    """

    items: tuple[CatalogueItem, ...]
    replaces: bool = False


@dataclass(frozen=True, kw_only=True)
class ChangeItem(Command):
    """Change one item of the catalogue; lines made from it before stay as they are.

    `price` is for labour, `parts_price` for the parts, both in fen.
    """

    code: str
    text: str
    standard_hours: float = 0.0
    price: Fen = 0
    parts_price: Fen = 0
    kind: str = ""
    skill: str = ""
    bay_kind: BayKind | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawItem(Command):
    """Take one item out of the catalogue; lines made from it stay."""

    code: str
