"""A running shop with people at their boards in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.at_the_door import let_in
from tests.e2e.running import RunningShop, running_shop

AT_TWO = "2026-11-21T14:00+08:00,1"


@contextmanager
def shop_at_two(folder: Path) -> Iterator[RunningShop]:
    """A running test shop whose clock shows 14:00 at its start."""
    with running_shop(folder, BAYLIGHT_CLOCK=AT_TWO) as shop:
        yield shop


@contextmanager
def board_of(
    browser: Browser,
    shop: RunningShop,
    person: str,
    size: tuple[int, int] = (1440, 900),
    touch: bool = False,
    inspected: bool = False,
    start: str = "/board",
) -> Iterator[Page]:
    """The board, or the page at `start`, as that person sees it; a fault of the page's scripts
    fails the test.

    `inspected` lets a test put scripts of its own into the page.
    """
    faults: list[str] = []
    context = browser.new_context(
        viewport=ViewportSize(width=size[0], height=size[1]), has_touch=touch, bypass_csp=inspected
    )
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    let_in(page, shop.url, person)
    page.goto(f"{shop.url}{start}")
    expect(page.locator("main").first).to_be_visible()
    try:
        yield page
        assert faults == []
    finally:
        context.close()


def card(page: Page, job: str, lane: str = "") -> Locator:
    """The card of a job, in a lane if one is named."""
    inside = f'.lane[data-lane="{lane}"] ' if lane else ""
    return page.locator(f"{inside}#job-{job}")
