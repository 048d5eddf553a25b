"""Pages of a seeded shop in a real Chromium, each as somebody who watches, and what they weigh."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from bench.crowd import Shop
from bench.first_page import ARGUMENTS

DESK: ViewportSize = {"width": 1920, "height": 1080}
TABLET: ViewportSize = {"width": 1280, "height": 800}
SIZES = {"board": DESK, "tablet": TABLET, "tv": DESK, "lounge": DESK}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page holds when all rubbish is collected: its heap in bytes, and nodes, also those
    that no document has any more.
    """

    nodes: float
    heap: float


@contextmanager
def browser_of_its_own() -> Iterator[Browser]:
    """A Chromium, closed afterwards."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def window(browser: Browser, shop: Shop, audience: str, script: str = "") -> Page:
    """A page of that audience that is live; `script` runs in it before its own.

    Each has a context of its own, and so a process of its own.
    """
    url = f"http://127.0.0.1:{shop.port}"
    # The first of each kind is in Chinese, as most are.
    seat = next(seat for seat in shop.seeded.seats if seat.audience == audience)
    context = browser.new_context(viewport=SIZES[audience], locale="zh-CN", bypass_csp=True)
    name, _, value = seat.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(f"{url}/{audience}", wait_until="load")
    page.wait_for_selector("[data-r]", state="attached")
    return page


def measuring(page: Page) -> CDPSession:
    """What asks the browser about a page."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.enable")
    return session


def weighed(session: CDPSession) -> Weight:
    """What the page holds now."""
    session.send("HeapProfiler.collectGarbage")
    told = session.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: float(each["value"]) for each in told}
    return Weight(found["Nodes"], found["JSHeapUsedSize"])
