"""The news of the shop for pages at a desk: that something happened, never what; and help calls.

A page that hears it asks for its content anew, as whoever is signed in may see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.shop import Shop
from displays.views.calls import REGION as CALLS
from displays.views.calls import CallsMemory
from displays.views.parts import View

REGION = "news"


@dataclass(frozen=True, slots=True)
class NewsView:
    """`seq`: the journal's number of the newest change."""

    template: ClassVar[str] = "desk/news.html"
    id: str
    seq: int


class DeskProjection:
    """One region that changes with every entry of the journal, and one with the open calls."""

    def __init__(self) -> None:
        self._views: Mapping[str, View] = {}
        self._seq = -1
        self._calls = CallsMemory()

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Both regions by their ids."""
        calls = self._calls.look(shop, now)
        if shop.seq != self._seq or calls is not self._views[CALLS]:
            self._seq = shop.seq
            news = self._views.get(REGION)
            if not isinstance(news, NewsView) or news.seq != shop.seq:
                news = NewsView(REGION, shop.seq)
            self._views = {REGION: news, CALLS: calls}
        return self._views
