"""What a glove's page calls things: a numbered bay is a bay, an order without lines is whole."""

from playwright.sync_api import Browser, expect

from board.core import commands as c
from tests.tablet_page.floor import Floor
from tests.tablet_page.pages import opened, tablet_html

WISH = "空调不制冷，换挡时有异响，请检查并做四万公里保养，客户在店等候"


def numbered() -> Floor:
    """A shop that numbers its bays, and an order of which only the customer's words are known."""
    floor = Floor()
    for number in ("3", "4"):
        floor.grant(c.SetUpBay(bay=c.BayPlan(id=f"b{number}", name=number)), "chen")
    floor.receive("job-a", "京A·D12345", asked=WISH)
    floor.receive("job-b", "京E·P5021", ("更换蓄电池", 0.5))
    floor.dispatch("job-a", "b3", "wang")
    floor.dispatch("job-b", "b4", "wang", minutes=60)
    return floor


def test_a_bay_that_is_only_a_number_is_called_a_bay(browser: Browser) -> None:
    with opened(browser, tablet_html(numbered(), "wang")) as page:
        expect(page.locator("#bar > span")).to_have_text("Bay 3")
        expect(page.locator(".deed.place:visible")).to_have_text("Car is in Bay 3")
        expect(page.locator("#next")).to_contain_text("Bay 4")
        page.click("#others")
        expect(page.locator(".card-queued .kind")).to_have_text("Bay 4")


def test_the_line_of_an_order_without_lines_is_the_whole_order(browser: Browser) -> None:
    floor = numbered()
    with opened(browser, tablet_html(floor, "wang")) as page:
        expect(page.locator("#order-lines .name")).to_have_text("1 Whole order")
        expect(page.locator(".deed.start:visible")).to_have_text("Start the whole order")
    floor.start("wang", "job-a")
    with opened(browser, tablet_html(floor, "wang")) as page:
        expect(page.locator(".deed.finish:visible")).to_have_text("Finish the whole order")
        expect(page.locator("#undo b")).to_have_text("Started: Whole order")


def test_a_long_line_ends_in_an_ellipsis_inside_its_button(browser: Browser) -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", (WISH, 0.5))
    floor.dispatch("job-a", "b3", "wang")
    with opened(browser, tablet_html(floor, "wang")) as page:
        text = page.locator(".deed.start:visible span")
        expect(text).to_have_css("-webkit-line-clamp", "2")
        box = text.bounding_box()
        assert box is not None
        assert box["height"] <= 140
