"""An advisor's board in a real browser: by keyboard alone, in two languages, refused and mended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import RunningShop, running_shop
from tests.e2e.screens import Screens, drag

CLOCK = "2026-11-23T10:00+08:00,1"
VIN_WITH_O = "LYHE3A2BOR4027165"
VIN_MENDED = "LYHE3A2B0R4027165"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with running_shop(tmp_path_factory.mktemp("shop"), BAYLIGHT_CLOCK=CLOCK) as running:
        yield running


@pytest.fixture
def screens(browser: Browser, shop: RunningShop) -> Iterator[Screens]:
    """English windows; anything their pages complain about fails the test."""
    opened = Screens(browser, shop)
    yield opened
    opened.close()
    assert opened.faults == []


@pytest.fixture
def chinese(browser: Browser, shop: RunningShop) -> Iterator[Screens]:
    """Windows of somebody whose browser speaks Chinese."""
    opened = Screens(browser, shop, "zh-CN")
    yield opened
    opened.close()
    assert opened.faults == []


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def send(page: Page) -> None:
    """Go to the button that ends the dialog, and press it."""
    tab_to(page, '#dialog [type="submit"]')
    press(page, "Enter")


def test_a_day_at_the_board_needs_no_mouse(screens: Screens) -> None:
    page = screens.person("Anna", "/board")
    press(page, "n")
    expect(page.locator('[name="car.plate"]')).to_be_focused()
    page.keyboard.type("京AK10001")
    expect(page.locator('[data-field="plate"] .ok')).to_be_visible()
    send(page)
    card = page.locator(".card", has_text="K10001")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator('[data-lane="reception"] .card', has_text="K10001")).to_be_visible()

    press(page, "j", "m")
    expect(page.locator("#menu")).to_be_visible()
    press(page, "1")
    expect(page.locator("#dialog")).to_contain_text("No signature is recorded.")
    send(page)
    expect(page.locator('[data-lane="dispatch"] .card', has_text="K10001")).to_be_visible()
    expect(card).to_be_focused()

    press(page, "a")
    expect(page.locator('#dialog [name="bay"]').first).to_be_attached()
    tab_to(page, '#dialog [name="bay"]')
    press(page, "Space")
    tab_to(page, '#dialog [name="technicians"]')
    press(page, "Space")
    send(page)
    expect(page.locator('[data-lane="work"] .card', has_text="K10001")).to_be_visible()

    expect(page.locator("[data-undo]")).to_be_visible()
    press(page, "u")
    expect(page.locator('[data-lane="dispatch"] .card', has_text="K10001")).to_be_visible()

    press(page, "/")
    page.keyboard.type("k10001")
    press(page, "Enter")
    expect(page.locator("#dialog .row-link")).to_contain_text("K10001")
    press(page, "Escape")
    expect(page.locator("#dialog")).to_be_hidden()


def test_a_vin_with_the_letter_o_is_mended_by_one_button(chinese: Screens) -> None:
    page = chinese.person("Anna", "/board")
    press(page, "n")
    page.fill('[name="car.plate"]', "京AK10002")
    page.fill('[name="car.vin"]', VIN_WITH_O)
    note = page.locator("#note-vin")
    expect(note).to_contain_text("第 9 位是字母 O")
    expect(note.locator("mark")).to_have_text("O")
    note.get_by_text("改成 0").click()
    expect(page.locator('[name="car.vin"]')).to_have_value(VIN_MENDED)
    expect(page.locator('[data-field="vin"] .ok')).to_be_visible()
    page.click('#dialog [type="submit"]')
    expect(page.locator("#order-reception .card", has_text="K10002")).to_be_visible()


def test_a_plate_of_another_country_is_kept_with_a_reason(
    screens: Screens, shop: RunningShop
) -> None:
    page = screens.person("Anna", "/board")
    press(page, "n")
    page.fill('[name="car.plate"]', "TOKYO-500")
    page.press('[name="car.plate"]', "Tab")
    page.locator('[data-keep="plate"]').click()
    expect(page.locator('[name="reason"]')).to_be_visible()
    page.click('#dialog [type="submit"]')
    expect(page.locator('[data-field="reason"]')).to_have_class("field wide wrong")
    expect(page.locator("#dialog .answer")).not_to_be_empty()
    page.fill('[name="reason"]', "a guest from Japan")
    page.click('#dialog [type="submit"]')
    expect(page.locator("#dialog")).to_be_hidden()
    assert any("TOKYO" in job["car"]["plate"] for job in shop.board()["jobs"])


def test_a_hold_without_its_time_is_refused_beside_the_field(
    screens: Screens, shop: RunningShop
) -> None:
    job = shop.receive("京AK10003")
    page = screens.person("Anna", "/board")
    page.locator(f"#job-{job}").focus()
    press(page, "m")
    page.locator("[role=menuitem]", has_text="Stop, with a reason").click()
    page.locator('[name="hold"][value="parts_order"]').check(force=True)
    page.click('#dialog [type="submit"]')
    expect(page.locator('[data-field="expected"]')).to_have_class("field wide wrong")
    expect(page.locator("#dialog .answer .refusal")).not_to_be_empty()
    page.locator('[data-field="expected"] .pick').nth(2).click()
    page.click('#dialog [type="submit"]')
    expect(page.locator(f"#order-hold #job-{job}")).to_be_visible()


def test_of_two_boards_the_second_is_told_and_shown_the_car_as_it_is(
    screens: Screens, shop: RunningShop
) -> None:
    job = shop.receive("京AK10004")
    anna, carl = screens.person("Anna", "/board"), screens.person("Carl", "/board")
    for page in (anna, carl):
        page.locator(f"#job-{job}").focus()
        press(page, "a")
        expect(page.locator('#dialog [name="bay"][value="2"]')).to_be_attached()
    for page, bay in ((anna, "2"), (carl, "5")):
        page.locator(f'#dialog [name="bay"][value="{bay}"]').check(force=True)
        page.locator('#dialog [name="technicians"][value="lee"]').check(force=True)
        page.click('#dialog [type="submit"]')
        expect(page.locator(f"#order-work #job-{job}")).to_be_visible()
    expect(carl.locator("#toast")).to_contain_text("Somebody changed this job")
    expect(carl.locator('#dialog [name="bay"][value="2"]')).to_be_checked()
    assert shop.job("京AK10004")["bay"] == "2"


def test_a_refused_drop_snaps_back_with_a_sentence(screens: Screens, shop: RunningShop) -> None:
    job = shop.receive("京AK10005")
    page = screens.person("Anna", "/board")
    expect(page.locator(f"#order-dispatch #job-{job}")).to_be_visible()
    drag(page, f"#job-{job}", '.lane[data-lane="handover"]')
    expect(page.locator("#toast .refusal")).to_contain_text("cannot go to")
    expect(page.locator(f"#order-dispatch #job-{job}")).to_be_visible()
    expect(page.locator(".sortable-fallback")).to_have_count(0)


def test_the_language_is_chosen_at_the_door_and_kept(chinese: Screens) -> None:
    page = chinese.open("/?tablet", 1440, 900)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.click('.languages button[value="en"]')
    expect(page.locator("html")).to_have_attribute("lang", "en")
    chinese.sign_in(page, "Anna")
    page.wait_for_url("**/board")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('[data-key="n"]')).to_contain_text("Receive")
    other = chinese.person("Carl", "/board")
    expect(other.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(other.locator("#lanes")).to_contain_text("待派工")
