"""A sheet that two people fill in, and a small screen on which the bar to save lies over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop
from tests.reception_page.test_walk_round import TABLET, opened, received, tap


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("together")) as running:
        yield running


@pytest.fixture(scope="module")
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna", TABLET, touch=True) as page:
        yield page


def test_a_sheet_that_a_colleague_saved_meanwhile_is_merged_and_can_be_saved(
    anna: Page, shop: RunningShop
) -> None:
    """Falls over without `static/reception_merge.js`."""
    job = received(shop, "京AF99999")
    form = opened(anna, shop, job)
    form.locator("#f-items").fill("umbrella")
    form.locator("#f-mileage").fill("40210")
    tap(anna, 0.5, 0.5)
    theirs = {"fuel": 3, "items": "child seat", "marks": [{"kind": "dent", "x": 0.2, "y": 0.4}]}
    shop.do("save_sheet", job=job, sheet=theirs, edition=0)
    anna.get_by_role("button", name="Save the sheet").click()
    expect(form.locator(".save-bar")).to_contain_text("What you typed is kept")
    expect(form.locator('[data-field="items"]')).to_contain_text("Saved meanwhile: child seat")
    expect(form.locator("[data-mark]")).to_have_count(2)
    anna.get_by_role("button", name="Save the sheet").click()
    expect(form.locator('[name="edition"]')).to_have_value("2")
    known = shop.job("京AF99999")
    sheet = known["reception"]["sheet"]
    assert (sheet["fuel"], sheet["items"], len(sheet["marks"])) == (3, "umbrella", 2)
    assert known["car"]["mileage"] == 40210


def test_taps_on_the_outline_leave_the_page_where_it_is(anna: Page, shop: RunningShop) -> None:
    """Falls over when `row.scrollIntoView` stands in `add` of `static/reception.js`."""
    form = opened(anna, shop, received(shop, "京AF10101"))
    anna.locator("[data-outline]").scroll_into_view_if_needed()
    before = anna.locator("#content").evaluate("(page) => page.scrollTop")
    for x in (0.2, 0.4, 0.6):
        tap(anna, x, 0.5)
    expect(form.locator("[data-mark]")).to_have_count(3)
    assert anna.locator("#content").evaluate("(page) => page.scrollTop") == before


def test_what_has_the_focus_is_not_behind_the_bar_to_save(anna: Page, shop: RunningShop) -> None:
    """Falls over without `scroll-padding-bottom` in `static/reception.css`."""
    form = opened(anna, shop, received(shop, "京AF20202"))
    for name in ("sheet.items", "sheet.payment"):
        form.locator(f'[name="{name}"]').first.focus()
        low = anna.evaluate("document.activeElement.getBoundingClientRect().bottom")
        bar = form.locator(".save-bar").bounding_box()
        assert bar is not None
        assert low <= bar["y"]


def test_what_is_no_photo_is_said_once_and_not_offered_again(
    anna: Page, shop: RunningShop, tmp_path: Path
) -> None:
    """Falls over without `isFinal` in `static/photos.js`."""
    form = opened(anna, shop, received(shop, "京AF30303"))
    own = form.locator('[data-photos="sheet.photos"]')
    for name in ("one.jpg", "two.jpg"):
        file = tmp_path / name
        file.write_text("no picture")
        own.locator("[data-photo]").set_input_files(file)
        expect(own.locator(".failed")).to_contain_text("This is no photo")
    expect(own.locator(".failed")).to_have_count(1)
    expect(own.get_by_role("button", name="Send again")).to_have_count(0)
