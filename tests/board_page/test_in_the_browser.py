"""The board in a real browser: receive, move by key, menu and drag, undo, two people at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop
from tests.e2e.screens import drag


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("board")) as running:
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna") as page:
        yield page


def menu_of(page: Page, job: str) -> None:
    card(page, job).focus()
    page.keyboard.press("m")
    expect(page.locator("#menu")).to_be_visible()


def test_a_car_is_received_by_keyboard_and_its_vin_mended(anna: Page) -> None:
    anna.keyboard.press("n")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    anna.keyboard.type("京AD86302")
    anna.locator('[name="car.vin"]').fill("LYHE3A2BOR4027165")
    anna.locator("[data-put]").click()
    expect(anna.locator('[name="car.vin"]')).to_have_value("LYHE3A2B0R4027165")
    expect(anna.locator('[data-field="plate"] .ok')).to_be_visible()
    anna.locator('[name="promise"]').nth(2).check()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator('.lane[data-lane="reception"] .card')).to_contain_text("D86302")
    expect(anna.locator("#dialog")).to_be_hidden()


def test_a_car_that_is_here_is_refused_beside_its_field(anna: Page, shop: RunningShop) -> None:
    shop.receive("京AF11111")
    anna.keyboard.press("n")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    anna.keyboard.type("京AF11111")
    expect(anna.locator("#note-plate")).to_contain_text("already in the shop")
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator('[data-field="plate"]')).to_have_class("field wrong")
    expect(anna.locator('[name="car.plate"]')).to_have_attribute("aria-invalid", "true")


def test_a_number_in_the_menu_moves_the_card_and_u_takes_it_back(
    anna: Page, shop: RunningShop
) -> None:
    job = str(shop.do("receive_job", car={"plate": "京AF22222"})["job"])
    shop.do("add_line", job=job, text="Oil")
    shop.do("save_sheet", job=job)
    menu_of(anna, job)
    anna.keyboard.press("1")
    expect(card(anna, job, "dispatch")).to_be_focused()
    expect(anna.locator("[data-undo]")).to_be_visible()
    anna.keyboard.press("u")
    expect(card(anna, job, "reception")).to_be_visible()


def test_a_drop_on_a_bay_asks_only_what_is_missing(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AF33333")
    expect(card(anna, job, "dispatch")).to_be_visible()
    drag(anna, f"#job-{job}", '[data-bay="3"]')
    expect(anna.locator('#dialog [name="bay"][value="3"]')).to_be_checked()
    anna.locator('#dialog [name="technicians"][value="tom"]').check()
    anna.locator('#dialog [type="submit"]').click()
    expect(card(anna, job, "work")).to_contain_text("Tom")


def test_a_refused_drop_leaves_the_card_and_says_why(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AF44444")
    expect(card(anna, job, "dispatch")).to_be_visible()
    drag(anna, f"#job-{job}", '.lane[data-lane="wash"]')
    expect(anna.locator("#toast")).to_contain_text("cannot go to")
    expect(card(anna, job, "dispatch")).to_be_visible()


def test_what_one_does_the_other_sees_and_a_stale_dialog_shows_the_car_as_it_is(
    browser: Browser, anna: Page, shop: RunningShop
) -> None:
    job = shop.receive("京AF55555")
    with board_of(browser, shop, "carl") as carl:
        card(carl, job, "dispatch").focus()
        carl.keyboard.press("a")
        expect(carl.locator("#dialog form")).to_be_visible()
        shop.do("dispatch_job", job=job, bay="4", technicians=["tina"])
        expect(card(anna, job, "work")).to_contain_text("Tina")
        carl.locator('#dialog [name="bay"][value="5"]').check()
        carl.locator('#dialog [name="technicians"][value="tom"]').check()
        carl.locator('#dialog [type="submit"]').click()
        expect(carl.locator("#toast")).to_contain_text("Somebody changed this job")
        expect(carl.locator('#dialog [name="bay"][value="4"]')).to_be_checked()


def test_a_hold_that_needs_a_note_marks_the_field(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AF66666")
    expect(card(anna, job, "dispatch")).to_be_visible()
    drag(anna, f"#job-{job}", '.lane[data-lane="hold"]')
    anna.locator('[name="hold"][value="other"]').check()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator('[name="note"]')).to_be_focused()
    anna.locator('[name="note"]').fill("waits for its owner")
    anna.locator('#dialog [type="submit"]').click()
    expect(card(anna, job, "hold")).to_be_visible()


def test_keys_walk_over_cards_and_lanes_and_escape_gives_the_focus_back(
    anna: Page, shop: RunningShop
) -> None:
    shop.receive("京AF77777")
    job = str(shop.do("receive_job", car={"plate": "京AF88888"})["job"])
    expect(card(anna, job)).to_be_visible()
    card(anna, job).focus()
    anna.keyboard.press("l")
    focused = anna.locator('.lane[data-lane="dispatch"] .card').first
    expect(focused).to_be_focused()
    anna.keyboard.press("Enter")
    expect(anna.locator("#dialog .history")).to_be_visible()
    anna.keyboard.press("Escape")
    expect(focused).to_be_focused()


def test_search_finds_and_shows_an_order(anna: Page, shop: RunningShop) -> None:
    shop.receive("京AF99999")
    anna.keyboard.press("/")
    anna.keyboard.type("f99999")
    anna.keyboard.press("Enter")
    anna.locator("#dialog button.row-link").click()
    expect(anna.locator("#dialog .history")).to_be_visible()


def test_the_word_of_a_hold_is_whole_on_a_tablet(browser: Browser, shop: RunningShop) -> None:
    """Falls over without `.chip:not(.plain):has(.w + [data-since]) .i` in static/board.css."""
    job = str(shop.do("receive_job", car={"plate": "京AF78787"})["job"])
    shop.do("hold_job", job=job, hold="approval")
    with board_of(browser, shop, "anna", size=(1280, 800)) as page:
        word = card(page, job).locator(".state .w")
        expect(word).to_have_text("Approval")
        assert not word.evaluate("word => word.scrollWidth > word.clientWidth")


def test_a_narrow_window_shows_one_lane_at_a_time(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "anna", size=(683, 500)) as page:
        expect(page.locator('.lane[data-lane="work"]')).to_be_visible()
        expect(page.locator('.lane[data-lane="dispatch"]')).to_be_hidden()
        page.locator('[data-tab="dispatch"]').click()
        expect(page.locator('.lane[data-lane="dispatch"]')).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 683


def test_without_a_connection_a_deed_says_that_nothing_was_changed(
    anna: Page, shop: RunningShop
) -> None:
    job = str(shop.do("receive_job", car={"plate": "京AF12121"})["job"])
    shop.do("add_line", job=job, text="Oil")
    shop.do("save_sheet", job=job)
    anna.route("**/do/**", lambda route: route.abort())
    menu_of(anna, job)
    anna.keyboard.press("1")
    expect(anna.locator("#toast")).to_contain_text("Nothing was changed")
    expect(card(anna, job, "reception")).to_be_visible()
