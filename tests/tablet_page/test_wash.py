"""A washer's tablet: the cars for the wash and one big button each."""

from playwright.sync_api import Browser, expect

from board.codec import command_from
from board.core import commands as c
from board.core.holds import HoldReason
from displays.views import tablet_views as v
from displays.views.tablet import TabletProjection
from displays.views.tablet_calls import TabletRegion
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html, targets


def seen(floor: Floor, holder: str = "ma") -> dict[str, TabletRegion]:
    return TabletProjection(holder).project(floor.shop, floor.now)


def card(floor: Floor, job: str) -> v.WashView:
    view = seen(floor)[f"wash-{job}"]
    assert isinstance(view, v.WashView)
    return view


def press(floor: Floor, job: str, kind: str) -> None:
    """Do what the button would post."""
    deed = next(deed for deed in card(floor, job).deeds if deed.kind == kind)
    body: dict[str, object] = dict(deed.fields)
    body["version"] = int(str(body["version"]))
    assert floor.do("ma", command_from(deed.door, body, strict=False)) is None


def two_to_wash() -> Floor:
    floor = Floor()
    floor.to_the_wash("job-a", "京A·D12345")
    floor.wait(minutes=5)
    floor.to_the_wash("job-b", "京E·P5021")
    return floor


def test_a_car_is_washed_with_two_taps() -> None:
    floor = two_to_wash()
    assert [deed.kind for deed in card(floor, "job-a").deeds] == ["wash", "skip"]
    press(floor, "job-a", "wash")
    assert [deed.kind for deed in card(floor, "job-a").deeds] == ["washed"]
    press(floor, "job-a", "washed")
    assert floor.shop.jobs["job-a"].state == "awaiting_settlement"
    assert "wash-job-a" not in seen(floor)


def test_a_wash_that_the_customer_does_not_want_is_left_out_and_can_be_taken_back() -> None:
    floor = two_to_wash()
    press(floor, "job-a", "skip")
    assert floor.shop.jobs["job-a"].state == "awaiting_settlement"
    undo = seen(floor)["undo"]
    assert isinstance(undo, v.UndoView)
    assert (undo.job, undo.did) == ("job-a", "skip")


def test_the_car_being_washed_comes_first_then_the_longest_waiting() -> None:
    floor = two_to_wash()
    assert seen(floor)["order-checks"] == v.CardsView(("wash-job-a", "wash-job-b"))
    press(floor, "job-b", "wash")
    assert seen(floor)["order-checks"] == v.CardsView(("wash-job-b", "wash-job-a"))


def test_only_washers_see_the_cars_for_the_wash() -> None:
    floor = two_to_wash()
    for holder in ("wang", "zhou", "zheng", "chen"):
        assert not [key for key in seen(floor, holder) if key.startswith("wash-")]


def test_a_held_car_leaves_the_list() -> None:
    floor = two_to_wash()
    floor.grant(c.HoldJob(job="job-a", hold=HoldReason.approval), "li")
    assert seen(floor)["order-checks"] == v.CardsView(("wash-job-b",))


def test_the_page_of_a_washer_is_the_list(browser: Browser) -> None:
    with opened(browser, tablet_html(two_to_wash(), "ma")) as page:
        expect(page.locator("#job")).to_have_text("For the wash: 2")
        expect(page.locator(".card-wash:visible")).to_have_count(2)
        expect(page.locator(".deed.wash:visible")).to_have_count(2)
        found = targets(page)
        assert len(found) <= 11
        assert [each for each in found if min(each[1], each[2]) < 118] == []


def test_no_word_of_a_washers_buttons_is_cut(browser: Browser) -> None:
    """Falls over without `.deed.small span` in static/tablet.css."""
    with opened(browser, tablet_html(two_to_wash(), "ma")) as page:
        words = page.locator(".card-deeds .deed:visible > span")
        assert words.count() >= 4
        tall = "all => all.filter(one => one.scrollHeight > one.clientHeight)"
        assert words.evaluate_all(f"all => ({tall})(all).map(one => one.textContent)") == []


def test_a_washer_without_cars_is_told_so(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "ma")) as page:
        expect(page.locator("#job")).to_have_text("No car waits for the wash.")
