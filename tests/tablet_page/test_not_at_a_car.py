"""A technician's tablet when the work is no car: begun and ended there, offered to nobody else."""

from playwright.sync_api import Browser, expect

from board.core import commands as c
from displays.views import tablet_views as v
from displays.views.crew import Crew
from displays.views.tablet import TabletProjection
from displays.views.tablet_calls import TabletRegion
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html, targets


def shown(projection: TabletProjection, floor: Floor) -> TabletRegion:
    return projection.project(floor.shop, floor.now)["indirect"]


def test_it_is_offered_to_technicians_and_tells_what_runs() -> None:
    floor, projection = Floor(), TabletProjection("wang", Crew())
    assert shown(projection, floor) == v.IndirectView(offered=True)
    floor.grant(c.StartIndirect(code="training"), "wang")
    since = int(floor.now.timestamp())
    assert shown(projection, floor) == v.IndirectView(True, "training", "", since)
    floor.grant(c.StopIndirect(), "wang")
    assert shown(projection, floor) == v.IndirectView(offered=True)


def test_whoever_only_checks_or_washes_is_not_asked() -> None:
    for holder in ("zheng", "ma"):
        assert shown(TabletProjection(holder, Crew()), Floor()) == v.IndirectView()


def test_the_button_is_large_and_asks_what_for(browser: Browser) -> None:
    floor = busy()
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.click(".bar-button.me")
        page.click("#not-at-a-car")
        expect(page.locator("#ask-indirect")).to_be_visible()
        expect(page.locator("#ask-indirect .reason")).to_have_count(6)
        assert all(min(width, height) >= 118 for _, width, height in targets(page))
