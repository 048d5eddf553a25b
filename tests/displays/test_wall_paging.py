"""More rows than a wall has room for turn in pages of twelve seconds; late ones stay."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from displays.views.lounge import LoungeProjection
from displays.views.parts import View
from displays.views.tv import TvProjection
from tests.displays.sample_shop import NOW, SAMPLE, job
from tests.displays.wall_pages import open_wall, wall_html

FULL_HD = (1920, 1080)


def _pages(page: Page, rows: str, name: str) -> list[list[str]]:
    """What stands in the rows that can be seen, page after page until the first comes again."""
    seen: list[list[str]] = []
    while (now := page.locator(f"{rows} > :visible {name}").all_inner_texts()) not in seen:
        seen.append(now)
        page.clock.run_for(12_000)
    return seen


def _bottom(page: Page, rows: str) -> float:
    boxes = (row.bounding_box() for row in page.locator(f"{rows} > :visible").all())
    return max(box["y"] + box["height"] for box in boxes if box)


def _open(browser: Browser, audience: str, views: Mapping[str, View]) -> Page:
    return open_wall(browser, wall_html(audience, "en", views), FULL_HD, still=True)


def test_thirteen_bays_turn_and_every_one_comes_up(browser: Browser) -> None:
    page = _open(browser, "tv", TvProjection().project(SAMPLE, NOW))
    turned = _pages(page, "#order-rows", ".row-bay")
    assert max(map(len, turned)) == 6
    assert {bay for shown in turned for bay in shown} == {str(n) for n in range(1, 14)}
    assert all("2" in shown for shown in turned), "the late car never leaves"
    page.context.close()


def test_a_page_tells_its_number(browser: Browser) -> None:
    page = _open(browser, "tv", TvProjection().project(SAMPLE, NOW))
    first = page.locator(".pages").inner_text()
    page.clock.run_for(12_000)
    here, of = page.locator(".pages").inner_text().split("/")
    assert f"{here}/{of}" != first
    assert int(here) <= int(of)
    page.context.close()


def test_many_late_bays_leave_room_for_the_others(browser: Browser) -> None:
    late = SAMPLE
    for key in ("j1", "j3", "j4", "j6", "j7"):
        car = late.jobs[key]
        late = late.with_job(replace(car, promises=SAMPLE.jobs["j2"].promises))
    page = _open(browser, "tv", TvProjection().project(late, NOW))
    turned = _pages(page, "#order-rows", ".row-bay")
    assert {bay for shown in turned for bay in shown} == {str(n) for n in range(1, 14)}
    assert max(map(len, turned)) <= 6
    page.context.close()


def test_left_and_right_of_a_remote_turn_the_pages(browser: Browser) -> None:
    page = _open(browser, "tv", TvProjection().project(SAMPLE, NOW))
    number = page.locator(".pages")
    first, of = map(int, number.inner_text().split("/"))
    page.keyboard.press("ArrowRight")
    assert number.inner_text() == f"{first % of + 1}/{of}"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert number.inner_text() == f"{(first - 2) % of + 1}/{of}"
    page.keyboard.press("ArrowUp")
    assert number.inner_text() == f"{(first - 2) % of + 1}/{of}", "nothing else is a command"
    page.context.close()


_STANDS = """() => {
  const wall = document.querySelector('.wall'), box = wall.getBoundingClientRect();
  return [box.left, box.top, document.querySelector('.head-clock').getBoundingClientRect().right,
    document.querySelector('.head').getBoundingClientRect().bottom];
}"""


def test_the_picture_moves_each_minute_and_stays_in_the_safe_area(browser: Browser) -> None:
    page = _open(browser, "tv", TvProjection().project(SAMPLE, NOW))
    seen = []
    for _ in range(17):
        seen.append(page.evaluate(_STANDS))
        page.clock.run_for(60_000)
    page.context.close()
    lefts, tops = {round(left, 2) for left, *_ in seen}, {round(top, 2) for _, top, *_ in seen}
    assert len(lefts) == 9
    assert len(tops) > 1
    assert min(lefts) == 0
    assert max(lefts) == pytest.approx(0.007 * 1080, abs=0.01)
    assert 0 <= min(tops) < max(tops) <= 0.007 * 1080
    assert all(one[0] != other[0] for one, other in pairwise(seen)), "every minute"
    assert max(right for _, _, right, _ in seen) <= 0.95 * 1920
    assert max(bottom for *_, bottom in seen) <= 0.95 * 1080


def test_a_wall_without_bays_says_so(browser: Browser) -> None:
    views = TvProjection("nowhere").project(SAMPLE, NOW)
    page = _open(browser, "tv", views)
    assert page.locator(".rows-none").inner_text() == "No bays to show here"
    page.context.close()
    page = _open(browser, "tv", TvProjection("b1").project(SAMPLE, NOW))
    assert not page.locator(".rows-none").is_visible()
    page.context.close()


def _crowd(ready: bool) -> Mapping[str, View]:
    """Twenty cars being serviced at once."""
    shop = SAMPLE
    for one in SAMPLE.jobs.values():
        if not ready and one.state in ("ready", "unclaimed"):
            shop = shop.with_job(replace(one, state="delivered", closed_at=NOW.replace(hour=1)))
    for at in range(30, 50):
        shop = shop.with_job(job(str(at), f"京B{at}100", "working", f"B{at}"))
    return LoungeProjection().project(shop, NOW)


@pytest.mark.parametrize(("ready", "rows"), [(True, 5), (False, 7)])
def test_a_full_lounge_turns_its_pages_above_what_is_below(
    browser: Browser, ready: bool, rows: int
) -> None:
    views = _crowd(ready)
    page = _open(browser, "lounge", views)
    below = page.locator(".head").bounding_box()
    assert below is not None
    assert _bottom(page, "#order-cars") <= below["y"], "from noon on the head is below"
    turned = _pages(page, "#order-cars", ".car-ticket")
    assert max(map(len, turned)) == rows
    cars = {f"car-{ticket}" for shown in turned for ticket in shown}
    assert cars == {key for key in views if key.startswith("car-")}
    page.context.close()
