"""A refusal stands in the field it means, and what was typed is not lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("board")) as running:
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna") as page:
        yield page


def reception(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator('[name="car.plate"]')).to_be_focused()


def send(page: Page) -> None:
    page.locator('#dialog [type="submit"]').last.click()


def said(page: Page, field: str) -> Locator:
    return page.locator(f'#dialog [data-field="{field}"] .said')


def opened(page: Page, dialog: str) -> None:
    page.evaluate(f"Board.open('/board/dialog/{dialog}')")
    expect(page.locator("#dialog h1")).to_be_visible()


def test_an_empty_reception_asks_for_the_plate(anna: Page) -> None:
    reception(anna)
    anna.locator('[name="car.model"]').focus()
    send(anna)
    expect(said(anna, "plate")).to_have_text("Please type the plate.")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    anna.keyboard.type("京AD")
    expect(said(anna, "plate")).to_have_count(0)


def test_a_refusal_of_the_rules_is_told_in_its_field(anna: Page) -> None:
    reception(anna)
    anna.keyboard.type("京AG11111")
    anna.locator('[name="promise"][data-other]').check()
    anna.locator('[type="datetime-local"]').fill("2026-11-20T10:00")
    send(anna)
    expect(said(anna, "promise")).to_have_text("The promised time is already over.")
    expect(anna.locator("#dialog .summary")).to_contain_text("Promise for")


def test_a_refusal_that_means_no_field_stays_in_the_foot(anna: Page) -> None:
    told = '<div class="refusal" role="alert" data-code="x" data-fields="" data-job="">No.</div>'
    anna.route("**/do/**", lambda route: route.fulfill(status=409, body=told))
    reception(anna)
    anna.keyboard.type("京")
    anna.keyboard.press("Tab")
    expect(anna.locator("#note-plate .error")).to_be_visible()
    send(anna)
    expect(anna.locator("#dialog .sheet-foot .answer")).to_have_text("No.")


def test_mileage_may_be_typed_with_blanks_and_commas(anna: Page, shop: RunningShop) -> None:
    for plate, typed in (("京AG22222", "12 345"), ("京AG33333", "12,345")):
        reception(anna)
        anna.keyboard.type(plate)
        anna.locator('[name="car.mileage"]').fill(typed)
        send(anna)
        expect(anna.locator("#dialog")).to_be_hidden()
        assert shop.job(plate)["car"]["mileage"] == 12345


def test_words_are_no_mileage(anna: Page) -> None:
    reception(anna)
    anna.keyboard.type("京AG44444")
    anna.locator('[name="car.mileage"]').fill("abc")
    send(anna)
    expect(said(anna, "mileage")).to_have_text("Please type a whole number of kilometres.")
    expect(anna.locator('[name="car.mileage"]')).to_be_focused()


def test_a_dialog_names_the_choice_that_is_missing(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AG55555")
    opened(anna, f"dispatch?job={job}")
    send(anna)
    expect(said(anna, "bay")).to_have_text("Choose a bay.")
    opened(anna, f"hold?job={job}")
    send(anna)
    expect(said(anna, "hold")).to_have_text("Please choose the reason.")
    anna.locator('[name="hold"]').first.check()
    expect(said(anna, "hold")).to_have_count(0)


def test_hours_that_are_no_number_are_marked(anna: Page, shop: RunningShop) -> None:
    opened(anna, f"job?job={shop.receive('京AG66666')}")
    anna.locator('[name="text"]').fill("brakes")
    anna.locator('[name="standard_hours"]').fill("abc")
    anna.locator(".add-line .btn").click()
    expect(said(anna, "standard_hours")).to_contain_text("such as 1.5")


def test_the_note_of_a_field_one_has_left_stays(anna: Page) -> None:
    anna.clock.install()
    reception(anna)
    anna.keyboard.type("京A1")
    anna.keyboard.press("Tab")
    expect(anna.locator("#note-plate .error")).to_be_visible()
    anna.locator('[name="car.vin"]').focus()
    anna.keyboard.type("LYHE3")
    anna.keyboard.press("Tab")
    anna.clock.fast_forward(2000)
    expect(anna.locator("#note-vin")).to_contain_text("here are 5")
    expect(anna.locator("#note-plate .error")).to_be_visible()


def test_escape_keeps_what_was_typed_until_it_is_cleared(anna: Page) -> None:
    reception(anna)
    anna.keyboard.type("京AG77777")
    anna.locator('[name="asked"]').fill("rattles")
    anna.locator('[name="promise"]').nth(2).check()
    anna.locator('[name="flags"][value="waiting"]').check()
    anna.keyboard.press("Escape")
    expect(anna.locator("#dialog")).to_be_hidden()
    reception(anna)
    expect(anna.locator('[name="car.plate"]')).to_have_value("京AG77777")
    expect(anna.locator('[name="asked"]')).to_have_value("rattles")
    expect(anna.locator('[name="promise"]').nth(2)).to_be_checked()
    expect(anna.locator('[name="flags"][value="waiting"]')).to_be_checked()
    anna.locator("[data-clear]").click()
    expect(anna.locator('[name="car.plate"]')).to_have_value("")
    expect(anna.locator("[data-clear]")).to_be_hidden()


def test_a_sent_reception_leaves_an_empty_sheet(anna: Page) -> None:
    reception(anna)
    anna.keyboard.type("京AG88888")
    send(anna)
    expect(anna.locator("#dialog")).to_be_hidden()
    reception(anna)
    expect(anna.locator('[name="car.plate"]')).to_have_value("")


def test_a_car_that_cannot_be_dispatched_says_why(anna: Page, shop: RunningShop) -> None:
    job = str(shop.do("receive_job", car={"plate": "京AG99999"})["job"])
    card(anna, job).focus()
    anna.keyboard.press("a")
    expect(anna.locator("#toast")).to_contain_text("cannot go to")
    expect(anna.locator("#dialog")).to_be_hidden()


def test_a_bay_that_is_open_has_no_time_to_come_back(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "carl") as page:
        opened(page, "bay?bay=1")
        expect(page.locator('[data-field="until"]')).to_be_hidden()
        page.locator('[name="state"][value="maintenance"]').check()
        expect(page.locator('[data-field="until"]')).to_be_visible()


def test_the_language_is_changed_under_the_name(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "anna") as page:
        page.get_by_label("Signed in as").click()
        page.locator('.me-menu [value="zh-Hans"]').click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        assert page.url.endswith("/board")
        page.get_by_label("当前登录").click()
        page.locator('.me-menu [value="en"]').click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_seven_lanes_fit_beside_the_bays(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "anna", size=(1280, 800)) as page:
        lanes = "document.getElementById('lanes')"
        assert page.evaluate(f"{lanes}.scrollWidth <= {lanes}.clientWidth")


def test_a_board_whose_access_has_ended_is_not_live(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "pia") as page:
        expect(page.locator(".live-word")).to_be_visible()
        shop.do("remove_person", person="pia")
        expect(page.locator("html.is-revoked")).to_have_count(1)
        expect(page.locator(".live-word")).to_be_hidden()
        expect(page.locator(".ended-word")).to_be_visible()
        expect(page.locator("#notice a")).to_have_attribute("href", "/")
