"""The event of the catalogue of work."""

from dataclasses import dataclass

from board.core.catalogue import CatalogueItem


@dataclass(frozen=True)
class CatalogueImported:
    """Items of the catalogue were added or changed, others (by their codes) left it."""

    items: tuple[CatalogueItem, ...]
    removed: tuple[str, ...] = ()
