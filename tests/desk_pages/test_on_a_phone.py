"""Pages at a desk are whole on a phone, which is what one has in the hand before a device."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.board_page.desks import shop_at_two
from tests.e2e.running import RunningShop
from tests.e2e.screens import Screens
from tests.every_page.day import day_of

WIDTH = 390
PATHS = ("/admin/devices", "/admin/devices/listen", "/admin/screens", "/arrivals", "/parts",
    "/holds", "/calls", "/clocks", "/day", "/day?view=closing", "/admin/catalogue",
    "/admin/set-up", "/admin/workflow")  # fmt: skip
BEYOND = """() => {
  const pushed = (each) => each && !each.matches('main, body') &&
    (/auto|scroll/.test(getComputedStyle(each).overflowX) || pushed(each.parentElement));
  return [...document.querySelectorAll('header, header *, main, main *')]
    .filter((each) => each.checkVisibility() && !each.closest('svg') && !pushed(each.parentElement))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.tagName + '.' + each.className);
}"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("phone")) as running:
        day_of(running)
        yield running


@pytest.fixture
def page(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    opened = Screens(browser, shop)
    mona = opened.person("Mona", "/board")
    mona.set_viewport_size({"width": WIDTH, "height": 844})
    yield mona
    opened.close()


def test_nothing_stands_beyond_the_edge_of_a_phone(page: Page, shop: RunningShop) -> None:
    """Falls over without the width of a phone in `static/desk_page.css`: who is signed in, and the
    ends of all lines, are then out of reach.
    """
    found = {}
    for path in PATHS:
        page.goto(f"{shop.url}{path}")
        found[path] = page.evaluate(BEYOND)
    assert {path: each for path, each in found.items() if each} == {}
