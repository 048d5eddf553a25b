"""Screens that may be loud say what is called: once a round, and never over the shop's hours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.loud import engine, loud_wall, make_ready, played, said
from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.watching import Visitor

CLOCK = "2026-11-23T10:00+08:00,3"
OWN = ["silence.wav", "chime.wav"]
ADDRESS = r"/speech/lounge/(silence|chime|[0-9a-f]{32})\.wav"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[RunningShop]:
    """A shop three times as fast as life, with an engine that says what it was asked."""
    with running_shop(folder, BAYLIGHT_CLOCK=CLOCK, BAYLIGHT_SPEECH=engine(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def mona(shop: RunningShop) -> Visitor:
    return Visitor(shop).sign_in("mona")


def _sentences(page: Page) -> list[str]:
    """What was played of sentences, without the sounds that are always the same."""
    return [name for name in played(page) if name not in OWN]


def test_a_call_is_played_after_a_tap_and_its_rounds_are_not_said_again_after_a_restart(
    browser: Browser, shop: RunningShop, mona: Visitor, folder: Path
) -> None:
    lounge = loud_wall(browser, shop, mona, "lounge", second_language="zh-Hans")
    tap, calls = lounge.locator("#tap"), lounge.locator("#speech li")
    expect(tap).to_be_visible()
    job = make_ready(shop, "京AD12345")
    expect(calls).to_have_count(1)
    assert _sentences(lounge) == [], "the browser is silent until somebody taps"
    expect(lounge.locator(".sound")).to_be_hidden()

    lounge.mouse.click(300, 300)
    expect(tap).to_be_hidden()
    expect(lounge.locator(".sound")).to_be_visible()
    until(lambda: len(_sentences(lounge)) == 4)
    english, chinese = _sentences(lounge)[:2]
    assert played(lounge) == [*OWN, "chime.wav", english, chinese, english, chinese]
    assert [line.partition(" ")[0] for line in said(folder)] == ["en", "zh-Hans"]
    until(lambda: "</code> ✓" in mona.request("GET", "/admin/screens")[1])
    assert said(folder)[0] == "en Ticket A 0 1, please come to the front desk."

    shop.stop()
    shop.start()
    lounge.reload()
    expect(tap).to_be_visible()
    lounge.keyboard.press("Enter")
    until(lambda: "chime.wav" in played(lounge))
    assert _sentences(lounge) == [], "what was due before is not said again"
    shop.do("move_job", job=job, to="delivered")
    expect(calls).to_have_count(0)
    told = lounge.content() + "".join(said(folder)) + shop.log.read_text()
    assert "D12345" not in told
    assert [path for path in _asked(lounge) if not re.fullmatch(ADDRESS, path)] == []
    lounge.context.close()


def _asked(page: Page) -> list[str]:
    """The paths of all sounds the page has fetched."""
    found: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname)"
        ".filter((path) => path.includes('speech'))"
    )
    return found
