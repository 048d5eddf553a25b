"""What the wall tests have in common: a renderer that speaks English, and views of a trial."""

from datetime import datetime
from gettext import NullTranslations
from pathlib import Path

from board.core.shop import Shop
from displays.render import Renderer
from displays.views.lounge import LoungeProjection
from displays.views.lounge_views import CarsView, CarView, ReadyView
from displays.views.tv import TvProjection, TvRowView

TEMPLATES = Path(__file__).parents[2] / "templates"


def english() -> Renderer:
    """A renderer whose every language is the English of the message ids."""
    return Renderer(TEMPLATES, lambda language: NullTranslations())


def tv_row(shop: Shop, bay: str, now: datetime) -> TvRowView:
    """The row of a bay on the workshop TV."""
    row = TvProjection().project(shop, now)[f"row-{bay}"]
    assert isinstance(row, TvRowView)
    return row


def lounge_rows(shop: Shop, now: datetime) -> dict[str, CarView]:
    """The rows of the lounge by ticket, in their order."""
    views = LoungeProjection().project(shop, now)
    order = views["order-cars"]
    assert isinstance(order, CarsView)
    rows = [view for key in order.ids if isinstance(view := views[key], CarView)]
    return {row.ticket: row for row in rows}


def lounge_ready(shop: Shop, now: datetime) -> tuple[str, ...]:
    """The tickets on the ready panel, the called one first."""
    ready = LoungeProjection().project(shop, now)["ready"]
    assert isinstance(ready, ReadyView)
    return tuple(car.ticket for car in ready.cars)
