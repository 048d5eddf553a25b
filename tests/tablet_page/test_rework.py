"""A failed check: what was found, and by whom, stands before whoever does the work again."""

from playwright.sync_api import Browser, expect

from board.core import commands as c
from displays.views import tablet_views as v
from displays.views.tablet import TabletProjection
from displays.views.tablet_notes import Failure, Labour
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html


def rejected() -> Floor:
    """The team leader found a leak on the second of three lines."""
    floor = busy()
    floor.finish_all("wang", "job-a")
    floor.grant(c.PassCheck(job="job-a"), "wang")
    line = floor.shop.jobs["job-a"].lines[1].id
    found = c.FailCheck(job="job-a", defect="leak", note="左前卡钳", lines=(line,))
    floor.grant(found, "zhou")
    return floor


def failure(floor: Floor) -> Failure | None:
    view = TabletProjection("wang").project(floor.shop, floor.now)["job"]
    assert isinstance(view, v.JobView)
    assert view.id == "job-a"
    return view.failure


def test_what_was_found_stays_until_a_check_passes() -> None:
    floor = busy()
    assert failure(floor) is None
    floor = rejected()
    assert failure(floor) == Failure("leak", "左前卡钳", "周立")
    floor.finish_all("wang", "job-a")
    assert failure(floor) == Failure("leak", "左前卡钳", "周立")
    floor.grant(c.PassCheck(job="job-a"), "wang")
    floor.grant(c.PassCheck(job="job-a"), "zhou")
    assert floor.shop.jobs["job-a"].checks[-1].passed


def test_only_the_line_to_be_redone_bears_the_defect() -> None:
    floor = rejected()
    views = TabletProjection("wang").project(floor.shop, floor.now).values()
    lines = [view for view in views if isinstance(view, v.LineView)]
    assert [line.defect for line in lines] == ["", "leak", ""]


def labour(floor: Floor) -> Labour:
    view = TabletProjection("wang").project(floor.shop, floor.now)["job"]
    assert isinstance(view, v.JobView)
    assert view.labour is not None
    return view.labour


def test_hours_count_what_is_done_again_and_from_its_first_minute() -> None:
    assert labour(busy()).standard == round(1.6 * 3600)
    floor = rejected()
    brakes = round(0.8 * 3600)
    assert labour(floor) == Labour(brakes, 0, ())
    floor.start("wang", "job-a")
    floor.wait(minutes=10)
    assert labour(floor) == Labour(brakes, 0, (int(floor.now.timestamp()) - 600,))
    floor.grant(c.FinishLine(job="job-a"), "wang")
    assert labour(floor) == Labour(brakes, 600, ())


def test_the_page_says_it_in_words(browser: Browser) -> None:
    with opened(browser, tablet_html(rejected(), "wang")) as page:
        head = page.locator(".tab-failed")
        expect(head).to_contain_text("Leak")
        expect(head).to_contain_text("左前卡钳")
        expect(head).to_contain_text("found by 周立")
        expect(page.locator("#order-lines .tile").nth(1)).to_contain_text("To be redone·Leak")
        job, box = page.locator("#job").bounding_box(), head.bounding_box()
        assert job is not None
        assert box is not None
        assert box["x"] + box["width"] <= job["x"] + job["width"]
