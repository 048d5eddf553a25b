"""A second tap where a first one has just changed the button."""

from playwright.sync_api import Browser

from tests.tablet_page.floor import Floor
from tests.tablet_page.pages import opened, tablet_html


def test_nobody_finishes_what_they_have_just_started(browser: Browser) -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", ("机油机滤", 0.5))
    floor.dispatch("job-a", "b3", "wang")
    tap = """(element) => element.dispatchEvent(new PointerEvent('click',
      {pointerType: 'touch', bubbles: true, cancelable: true, detail: 1}))"""
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.clock.install()
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
        page.route("**/do/**", lambda route: route.abort())
        page.locator(".deed.start:visible").evaluate(tap)
        page.clock.run_for(700)
        page.locator(".deed.finish:visible").evaluate(tap)
        assert page.evaluate("BaylightOutbox.items().length") == 1
        page.clock.run_for(400)
        page.locator(".deed.finish:visible").evaluate(tap)
        assert page.evaluate("BaylightOutbox.items().length") == 2
