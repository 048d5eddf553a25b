"""A frame that comes while somebody is at a button takes neither its focus nor its press away."""

from playwright.sync_api import Browser, Page, expect

from board.core import commands as c
from displays.views.tablet import TabletProjection
from tests.tablet_page.floor import Floor
from tests.tablet_page.pages import opened, renderer, tablet_html

START = ".deed-set:not([hidden]) .deed.start"
HAS_FOCUS = "() => document.activeElement.matches('.deed-set:not([hidden]) .deed.start')"
TAKE = "regions => void BaylightRegions.apply({regions, gone: []})"


def _with_one_more_line(floor: Floor, text: str) -> dict[str, str]:
    """The regions of the tablet after somebody has added a line to the car at hand."""
    floor.grant(c.AddLine(job="job-a", text=text, standard_hours=0.5), "li")
    views = TabletProjection("wang").project(floor.shop, floor.now)
    render = renderer()
    return {key: render.region(key, view, "en") for key, view in views.items()}


def _lines(page: Page) -> int:
    return page.locator("#deeds .deed-set").count()


def test_focus_and_press_outlive_a_line_that_is_added(browser: Browser) -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", ("机油机滤", 0.5), ("前刹车片", 0.5))
    floor.dispatch("job-a", "b3", "wang")
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.route("**/do/**", lambda route: route.abort())
        page.locator("#order-lines > .tile").nth(1).click()
        page.focus(START)
        page.evaluate(TAKE, _with_one_more_line(floor, "空调滤芯"))
        assert _lines(page) == 3
        assert page.evaluate(HAS_FOCUS)
        expect(page.locator(START)).to_contain_text("前刹车片")
        page.hover(START)
        page.mouse.down()
        page.evaluate(TAKE, _with_one_more_line(floor, "火花塞"))
        assert _lines(page) == 3
        page.mouse.up()
        expect(page.locator("#unsent b")).to_have_text("1")
        expect(page.locator("#deeds .deed-set")).to_have_count(4)
