"""What the customers' screen at reception shows, region by region.

No view has a field for a plate, a name or anything else private: only masks come this far.
"""

from dataclasses import dataclass
from typing import ClassVar

from displays.views.lounge_views import Mask
from displays.views.reception_line import Wait


@dataclass(frozen=True, slots=True)
class QueueRowView:
    """One ticket and its place; `wait` None: it was called and nobody came."""

    template: ClassVar[str] = "queue/row.html"
    ticket: str
    mask: Mask
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class QueueCallView:
    """The tickets whose turn it is, the newest first."""

    template: ClassVar[str] = "queue/call.html"
    rows: tuple[QueueRowView, ...]


@dataclass(frozen=True, slots=True)
class QueueRowsView:
    """The order of the rows: region ids, the next one first, and how many fit on a page."""

    template: ClassVar[str] = "queue/rows.html"
    ids: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class QueueFootView:
    """The name of the shop, and how many cars wait."""

    template: ClassVar[str] = "queue/foot.html"
    shop: str
    waiting: int
