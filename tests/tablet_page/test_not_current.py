"""A tablet that hears nothing says so: after five minutes by a grey band and without colour."""

from playwright.sync_api import Browser, Page, expect

from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html, targets
from tests.tablet_page.test_wash import two_to_wash


def sizes(page: Page) -> list[tuple[int, int]]:
    """What can be tapped now; running texts aside."""
    return [(width, height) for _text, width, height in targets(page)]


def six_minutes_pass(page: Page) -> None:
    page.clock.install()
    page.clock.fast_forward("06:00")


def check_band(page: Page) -> None:
    before = sizes(page)
    expect(page.locator("#notice")).to_be_hidden()
    six_minutes_pass(page)
    band = page.locator("#notice")
    expect(band).to_be_visible()
    expect(band).to_contain_text("as of ")
    assert sizes(page) == before, "the band covers nothing that can be tapped"
    box = band.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 1280)
    for part in (".tab-top", ".tab-foot", ".others-pane"):
        expect(page.locator(part)).to_have_css("filter", "grayscale(1)")


def test_the_car_at_hand_loses_its_colour(browser: Browser) -> None:
    floor = busy()
    floor.wait(minutes=1)
    with opened(browser, tablet_html(floor, "wang")) as page:
        check_band(page)


def test_so_does_the_list_of_a_washer(browser: Browser) -> None:
    with opened(browser, tablet_html(two_to_wash(), "ma")) as page:
        check_band(page)
