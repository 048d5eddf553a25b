"""Cards that say themselves where they stand: no lane has to list them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.live_server import LiveServer, until
from tests.hub.pages import card, open_page, stack, texts

SCRIPTS = "times.js regions.js live.js"


def standing(key: str, where: str, sort: str, text: str) -> str:
    """A card that stands in `where`, as `sort` puts it."""
    return card(key, text, f'data-in="{where}" data-key="{sort}"')


BOARD_NOW = {
    "lane-1": stack("lane-1"),
    "lane-2": stack("lane-2"),
    "job-a": standing("job-a", "lane-1", "10", "a"),
    "job-b": standing("job-b", "lane-1", "20", "b"),
}


@pytest.fixture
def board(browser: Browser, live: LiveServer) -> Iterator[Page]:
    """A board page with two lanes, connected."""
    live.show(BOARD_NOW)
    page = open_page(browser, live, SCRIPTS)
    until(lambda: live.figure("screens") == 1)
    assert texts(page, "lane-1") == ["a", "b"]
    yield page
    page.context.close()


def test_a_new_card_and_a_changed_one_find_their_places(board: Page, live: LiveServer) -> None:
    live.publish({"job-c": standing("job-c", "lane-1", "15", "c")})
    expect(board.locator("#job-c")).to_be_visible()
    assert texts(board, "lane-1") == ["a", "c", "b"]
    live.publish({"job-a": standing("job-a", "lane-1", "20", "a2")})
    expect(board.locator("#job-a")).to_have_text("a2")
    assert texts(board, "lane-1") == ["c", "a2", "b"], "equal keys stand by their ids"


def test_a_card_goes_to_another_lane_and_away(board: Page, live: LiveServer) -> None:
    live.publish({"job-a": standing("job-a", "lane-2", "10", "a2")})
    expect(board.locator("#lane-2 > #job-a")).to_have_text("a2")
    assert texts(board, "lane-1") == ["b"]
    live.publish({}, "job-b")
    expect(board.locator("#job-b")).to_have_count(0)


def test_nothing_moves_beside_a_card_that_is_held(board: Page, live: LiveServer) -> None:
    board.evaluate("Baylight.hold('job-a')")
    live.publish({"job-b": standing("job-b", "lane-1", "20", "b2")})
    expect(board.locator("#job-b")).to_have_text("b2")
    live.publish({"job-b": standing("job-b", "lane-2", "20", "b3")})
    live.publish({"job-c": standing("job-c", "lane-1", "05", "c")})
    live.publish({"job-d": standing("job-d", "lane-2", "05", "d")})
    expect(board.locator("#job-d")).to_be_visible()
    assert texts(board, "lane-1") == ["a", "b2"]
    board.evaluate("Baylight.release('job-a')")
    expect(board.locator("#lane-2 > #job-b")).to_have_text("b3")
    assert texts(board, "lane-1") == ["c", "a"]
