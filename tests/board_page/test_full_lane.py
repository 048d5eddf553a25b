"""A lane with more cards than a window shows: what is below is laid out when it comes near."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop

CARS = 24
LENGTH = "document.querySelector('.lane[data-lane=reception] .stack').scrollHeight"
ALL_LAID_OUT = ".card { content-visibility: visible !important; }"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    folder: Path = tmp_path_factory.mktemp("full-lane")
    with shop_at_two(folder) as running:
        for number in range(CARS):
            car = {"plate": f"京A{number:05d}", "model": "E3"}
            running.do("receive_job", job=f"j{number:02d}", car=car, asked="brakes", advisor="anna")
        yield running


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_a_lane_is_as_long_before_its_cards_are_laid_out_as_after(
    shop: RunningShop, browser: Browser, size: tuple[int, int]
) -> None:
    """Falls over with a greater height beside content-visibility in board.css."""
    with board_of(browser, shop, "anna", size, inspected=True) as board:
        expect(board.locator(".lane[data-lane=reception] .card")).to_have_count(CARS)
        assert _far(board) == "auto"
        before = board.evaluate(LENGTH)
        board.add_style_tag(content=ALL_LAID_OUT)
        assert board.evaluate(LENGTH) == before


def _far(board: Page) -> str:
    far = board.locator(".lane[data-lane=reception] .card").last
    return str(far.evaluate("node => getComputedStyle(node).contentVisibility"))


def test_a_card_far_below_is_reached_by_keys(shop: RunningShop, browser: Browser) -> None:
    with board_of(browser, shop, "anna") as board:
        far = card(board, "j20")
        expect(far).not_to_be_in_viewport()
        for _ in range(21):
            board.keyboard.press("j")
        expect(far).to_be_focused()
        expect(far).to_be_in_viewport(ratio=1)
        expect(far.locator(".plate")).to_have_text("京A·00020")
