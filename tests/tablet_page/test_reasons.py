"""Every reason for a pause is within reach of a glove, the usual ones first."""

from playwright.sync_api import Browser, Page, expect

from board.core import commands as c
from board.core.check_templates import CheckBook
from board.core.holds import NEEDS_EXPECTED, NEEDS_NOTE, HoldReason
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html, targets


def offered(page: Page) -> dict[str, str]:
    """The reasons in sight, with what is asked next."""
    tiles = page.locator("dialog[open] [data-field=hold]")
    found = (tiles.nth(n) for n in range(tiles.count()))
    return {
        tile.get_attribute("data-value") or "": tile.get_attribute("data-then") or ""
        for tile in found
    }


def test_six_tiles_and_two_pages_behind_them_hold_every_reason_once(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click(".deed-set:not([hidden]) .deed.pause")
        assert page.locator("dialog[open] .reason").count() == 6
        pages = [offered(page)]
        for then in ("more", "payer"):
            page.click(f"dialog[open] [data-then={then}]")
            pages.append(offered(page))
            found = targets(page)
            assert len(found) <= 11
            assert [each for each in found if min(each[1], each[2]) < 118] == []
    assert sorted(key for each in pages for key in each) == sorted(HoldReason)
    asked_on = {key: then for each in pages for key, then in each.items()}
    assert {key for key, then in asked_on.items() if then == "time"} == NEEDS_EXPECTED
    assert {key for key, then in asked_on.items() if then == "note"} == NEEDS_NOTE


def test_parts_on_order_is_the_next_tap_after_waiting_for_parts(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click(".deed-set:not([hidden]) .deed.parts")
        assert set(offered(page)) == {"parts_issue", "parts_order", "parts_wrong"}


def test_every_defect_code_is_some_taps_away_and_large(browser: Browser) -> None:
    codes = {f"d{number}": f"缺陷 {number}" for number in range(23)}
    floor = busy()
    floor.grant(c.SetUpChecks(book=CheckBook(defects=codes)), "chen")
    floor.finish_all("wang", "job-a")
    seen: list[str] = []
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.click(".deed.fail")
        while not seen or len(seen) < len(codes):
            tiles = page.locator("dialog[open] [data-field=defect]:visible")
            assert tiles.count() > 0
            seen += [tiles.nth(n).get_attribute("data-value") or "" for n in range(tiles.count())]
            assert len(targets(page)) <= 12
            assert [one for one in targets(page) if min(one[1], one[2]) < 118] == []
            page.click("dialog[open] [data-turn]")
        assert seen == list(codes)
        expect(page.get_by_role("button", name="缺陷 0")).to_be_visible()


def on_the_road() -> Floor:
    """The inspector drives 京A·D12345, which had run 42,100 km."""
    floor = busy()
    floor.finish_all("wang", "job-a")
    floor.grant(c.PassCheck(job="job-a"), "wang")
    floor.grant(c.PassCheck(job="job-a"), "zhou")
    floor.grant(c.StartRoadTest(job="job-a", km=42_100), "zheng")
    return floor


def test_who_comes_back_from_the_road_is_asked_for_the_kilometres(browser: Browser) -> None:
    with opened(browser, tablet_html(on_the_road(), "zheng")) as page:
        page.route(
            "**/do/end_road_test",
            lambda route: route.fulfill(status=204, headers={"X-Board-Seq": "9"}),
        )
        with page.expect_request("**/do/end_road_test") as sent:
            page.click(".card-check .deed.back")
            asked = page.locator("dialog[open]")
            expect(asked).to_contain_text("42100 km")
            field = asked.locator("input")
            expect(field).to_have_attribute("inputmode", "numeric")
            asked.locator("[data-field=km]").click()
            expect(field).to_be_focused()
            field.fill("42 104")
            field.press("Enter")
        assert "km=42104" in (sent.value.post_data or "")
