"""The first page of a board, a tablet and a television with 300 open jobs, in a cold Chromium.

Painted is the end of the first frame that holds every card, counted from the start of the
navigation; first contentful paint alone would also be a head with no card under it. Bytes are
what came over the wire, heads of answers included (`encodedDataLength`), fonts apart.
"""

import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from bench.crowd import Shop, shop_of
from bench.seeding import BAYS
from bench.table import Row, show

JOBS = 300
ROUNDS = 7
TABLET_REGIONS = 5
PAINTED_SECONDS = 0.6
MOST_KB = {"board": 120, "tablet": 100, "tv": 40}
WINDOW: ViewportSize = {"width": 1920, "height": 1080}
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")

# The second frame after the last card is there begins when the first of them is painted.
WATCH = """() => {
  window.paintedAt = 0;
  const look = () => {
    if (document.querySelectorAll('%s').length < %d) return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.paintedAt = performance.now(); });
  };
  requestAnimationFrame(look);
}"""
CONTENTFUL = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True, slots=True)
class Opened:
    """How one page came: seconds until painted, until anything was, KB and requests."""

    painted: float
    contentful: float
    kilobytes: float
    requests: int


@dataclass(frozen=True, slots=True)
class Address:
    """A page to open: as whom, and what must be on it."""

    path: str
    cookie: str
    card: str
    count: int


def addresses(shop: Shop) -> dict[str, Address]:
    """The three pages, with the cookies of an advisor, a technician and a paired television."""
    # The first of each kind: in Chinese, whose fonts take a browser longest.
    cookies = {seat.audience: seat.cookie for seat in reversed(shop.seeded.seats)}
    return {
        "board": Address("/board", cookies["board"], ".card", JOBS),
        "tablet": Address("/tablet", cookies["tablet"], "[data-r]", TABLET_REGIONS),
        "tv": Address("/tv", cookies["tv"], ".row", BAYS),
    }


@contextmanager
def cold(playwright: Playwright, url: str, cookie: str) -> Iterator[Page]:
    """A page of a browser that was never used before."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    try:
        context: BrowserContext = browser.new_context(viewport=WINDOW, locale="zh-CN")
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
        yield context.new_page()
    finally:
        browser.close()


def opened(page: Page, url: str, address: Address) -> Opened:
    """Open the page and wait until its cards are painted and its last file is there."""
    sizes: list[float] = []
    fonts: set[str] = set()
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")

    def answered(told: dict[str, Any]) -> None:
        if told["type"] == "Font":
            fonts.add(told["requestId"])

    def finished(told: dict[str, Any]) -> None:
        if told["requestId"] not in fonts:
            sizes.append(told["encodedDataLength"])

    protocol.on("Network.responseReceived", answered)
    protocol.on("Network.loadingFinished", finished)
    page.add_init_script(f"({WATCH % (address.card, address.count)})()")
    page.goto(url + address.path, wait_until="load")
    page.wait_for_function("window.paintedAt > 0")
    page.wait_for_timeout(500)
    painted = float(page.evaluate("window.paintedAt"))
    contentful = float(page.evaluate(CONTENTFUL))
    return Opened(max(painted, contentful) / 1000, contentful / 1000, sum(sizes) / 1000, len(sizes))


def measured(shop: Shop) -> dict[str, list[Opened]]:
    """Every page so many times, each time in another browser."""
    pages, url = addresses(shop), f"http://127.0.0.1:{shop.port}"
    # The server does nothing while a page is painted: the browser has the whole machine.
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    rounds: dict[str, list[Opened]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        for _ in range(ROUNDS):
            for name, address in pages.items():
                with cold(playwright, url, address.cookie) as page:
                    rounds[name].append(opened(page, url, address))
    return rounds


def rows() -> list[Row]:
    """When the board is painted, and what each page weighs."""
    with shop_of(JOBS) as shop:
        found = measured(shop)
    times = [each.painted for each in found["board"]]
    contentful = statistics.median(each.contentful for each in found["board"])
    painted = statistics.median(times)
    paint = Row(
        f"First page, cold Chromium, {JOBS} jobs: board painted with every card",
        f"≤ {PAINTED_SECONDS} s",
        f"{painted:.2f} s (median of {ROUNDS}: {min(times):.2f}–{max(times):.2f}); "
        f"anything painted at {contentful:.2f} s",
        painted <= PAINTED_SECONDS,
    )
    return [paint, *(_weight(name, found[name]) for name in MOST_KB)]


def _weight(name: str, rounds: list[Opened]) -> Row:
    kilobytes = statistics.median(each.kilobytes for each in rounds)
    return Row(
        f"First page, cold Chromium, {JOBS} jobs: transferred for the {name}, fonts apart",
        f"≤ {MOST_KB[name]} KB",
        f"{kilobytes:.1f} KB in {rounds[0].requests} answers",
        kilobytes <= MOST_KB[name],
    )


if __name__ == "__main__":
    sys.exit(show(rows()))
