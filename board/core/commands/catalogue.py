"""The command that fills the catalogue of work."""

from dataclasses import dataclass

from board.core.catalogue import CatalogueItem
from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class ImportCatalogue(Command):
    """Take items into the catalogue: those of a known code are changed, others added.

    `replaces`: what is not among `items` leaves the catalogue.
    """

    items: tuple[CatalogueItem, ...]
    replaces: bool = False
