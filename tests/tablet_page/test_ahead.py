"""What the tablet says at once of the car at hand, before the shop has heard of the tap."""

from playwright.sync_api import Browser, expect

from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_outbox import pause, press


def test_a_start_sets_the_state_and_the_clock_and_a_pause_stops_it(browser: Browser) -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", ("机油机滤", 0.5))
    floor.dispatch("job-a", "b3", "wang")
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.route("**/do/**", lambda route: route.abort())
        page.clock.install()
        step, used = page.locator("#job [data-step]"), page.locator(".tab-meter .used")
        before = step.inner_text()
        press(page, "start")
        expect(step).to_have_text("In work")
        assert before != "In work"
        page.clock.fast_forward("05:10")
        expect(used).to_have_text("Used 0:05 of 0:30")
        expect(page.locator("[data-labour=left]")).to_have_text("0:24")
        pause(page)
        page.clock.fast_forward("10:00")
        expect(used).to_have_text("Used 0:05 of 0:30")
        press(page, "start")
        page.clock.fast_forward("02:00")
        expect(used).to_have_text("Used 0:07 of 0:30")


def test_a_pause_stops_the_clock_that_the_shop_knows(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.route("**/do/**", lambda route: route.abort())
        page.clock.install()
        page.clock.fast_forward("03:00")
        used = page.locator(".tab-meter .used")
        expect(used).to_contain_text("Used 1:00")
        pause(page)
        page.clock.fast_forward("10:00")
        expect(used).to_contain_text("Used 1:00")
