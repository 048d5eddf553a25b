"""On the walls of reception no text lies on another or leaves the screen, in both languages."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from displays.views.expected import (
    _FACES,
    STAGE_WORDS,
    ExpectedFootView,
    ExpectedHeadView,
    ExpectedRowsView,
    ExpectedRowView,
)
from displays.views.lounge_views import Mask
from displays.views.moments import Moment
from displays.views.parts import View
from displays.views.queue_views import QueueCallView, QueueFootView, QueueRowsView, QueueRowView
from displays.views.reception_line import Wait
from tests.displays.wall_pages import collisions, ink, open_wall, outside, wall_html

SIZE = (1366, 768)
SHOP = "上海浦东新区第一汽车维修服务中心"
PLATES = ("京AD12345", "粤Z1234港", "川QMW6M8W", "BMW12345D", "MWMWMW123456", "224578使")
MASKS = (Mask("京A", "***", "345"), Mask("粤Z", "**", "34港"), Mask("", "*" * 9, "MWM"))
WAITS = (Wait(0, 0), Wait(1, 5), Wait(27, 270), None, Wait(0, 0, called=True))


def queue() -> dict[str, View]:
    """The regions of a queue with the broadest tickets and plates, and all that it says of them."""
    rows: dict[str, View] = {
        f"ticket-B{at}": QueueRowView(f"B1{at}", MASKS[at % 3], wait)
        for at, wait in enumerate(WAITS)
    }
    call = tuple(QueueRowView(f"A11{at}", mask) for at, mask in enumerate(MASKS))
    order = QueueRowsView(tuple(rows), 5)
    return {
        "call": QueueCallView(call),
        "order-tickets": order,
        **rows,
        "foot": QueueFootView(SHOP, 88),
    }


def expected() -> dict[str, View]:
    """The regions of an arrivals wall with a row for each of its words."""
    at = Moment(0, "20:08", 0, "03-18")
    plain = ExpectedRowView(at, "", "", "", "", 4, 4)
    rows: dict[str, View] = {
        f"booking-{number}": replace(
            plain, plate=PLATES[number], style=face[0], icon=face[1], word=STAGE_WORDS[stage]
        )
        for number, (stage, face) in enumerate(_FACES.items())
    }
    head, foot = ExpectedHeadView(SHOP, 18, 18), ExpectedFootView(88, 88, 88)
    return {"head": head, "order-bookings": ExpectedRowsView(tuple(rows)), **rows, "foot": foot}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("audience", ["queue", "arrivals"])
def test_everything_has_a_place_of_its_own(browser: Browser, audience: str, language: str) -> None:
    views = queue() if audience == "queue" else expected()
    page = open_wall(browser, wall_html(audience, language, views), SIZE)
    seen = ink(page, ".wall")[0]
    assert collisions(seen) == []
    assert outside(seen, *SIZE) == []
    page.context.close()


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800), (1366, 768), (1920, 1080)])
def test_no_plate_of_an_appointment_is_cut(browser: Browser, size: tuple[int, int]) -> None:
    """Falls over without `max-aspect-ratio` in `static/wall.css`."""
    plates = ("鲁BR98765", "京QD27986", "浙AF8M4W7")
    rows = [row for row in expected().values() if isinstance(row, ExpectedRowView)]
    shown = {f"booking-{at}": replace(rows[at], plate=plate) for at, plate in enumerate(plates)}
    others = {key: view for key, view in expected().items() if not key.startswith("booking-")}
    views = {**others, "order-bookings": ExpectedRowsView(tuple(shown)), **shown}
    page = open_wall(browser, wall_html("arrivals", "en", views), size)
    cut = (
        "found => found.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    )
    assert page.locator(".row-plate").evaluate_all(cut) == []
    assert page.locator(".row-plate").count() == len(plates)
    page.context.close()
