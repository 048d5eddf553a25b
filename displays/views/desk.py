"""The news of the shop for pages at a desk: that something happened, never what.

A page that hears it asks for its content anew, as whoever is signed in may see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.shop import Shop
from displays.views.parts import View

REGION = "news"


@dataclass(frozen=True, slots=True)
class NewsView:
    """`seq`: the journal's number of the newest change."""

    template: ClassVar[str] = "desk/news.html"
    id: str
    seq: int


class DeskProjection:
    """One region that changes with every entry of the journal."""

    def __init__(self) -> None:
        self._views: Mapping[str, View] = {}
        self._seq = -1

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """The one region by its id."""
        if shop.seq != self._seq:
            self._seq = shop.seq
            self._views = {REGION: NewsView(REGION, shop.seq)}
        return self._views
