"""Lines, catalogue and clocks in a real browser at 1280 x 800, the lines by keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.catalogue.sheets import SOUND
from tests.e2e.running import RunningShop

SIZE = (1280, 800)
ITEM = {"code": "B10", "text": "front brake pads", "standard_hours": 1.2, "price": 38000}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("lines")) as running:
        running.do("import_catalogue", items=[{**ITEM, "parts_price": 52050}])
        yield running


def test_a_line_is_picked_changed_and_withdrawn_by_keyboard_alone(
    browser: Browser, shop: RunningShop
) -> None:
    job = shop.receive("京AD12345")
    with board_of(browser, shop, "anna", SIZE) as page:
        page.goto(f"{shop.url}/orders/{job}/lines")
        page.locator("#find-work").focus()
        page.keyboard.type("brake")
        expect(page.locator(".hit")).to_contain_text("¥380.00")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#add-price")).to_have_value("380.00")
        page.keyboard.press("Enter")
        expect(page.locator(".lines tfoot")).to_contain_text("¥900.50")
        expect(page.locator("#find-work")).to_be_focused()
        _press(page, "change-2")
        expect(page.locator("#line-price")).to_have_value("380.00")
        _price(page, "400.5")
        _for_tina_and_tom(page)
        expect(page.locator(".lines tfoot")).to_contain_text("¥921.00")
        row = page.locator(".lines tbody tr", has_text="Tina, Tom")
        expect(row).to_have_count(1)
        _press(page, "change-2")
        _for_tina_and_tom(page)
        expect(row).to_have_count(0)
        _press(page, "withdraw-2")
        page.keyboard.press("Enter")
        expect(page.locator(".lines tfoot")).to_contain_text("¥0.00")
        _press(page, "change-1")
        _price(page, "5")
        page.keyboard.press("Enter")
        expect(page.locator('[data-field="reason"] .said')).to_contain_text("say why")
        page.keyboard.type("agreed by phone")
        page.keyboard.press("Enter")
        expect(page.locator(".lines tfoot")).to_contain_text("¥5.00")


def _price(page: Page, yuan: str) -> None:
    page.locator("#line-price").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(yuan)


def _for_tina_and_tom(page: Page) -> None:
    """Choose both, or neither again, and save."""
    for name in ("Tina", "Tom"):
        page.get_by_role("checkbox", name=name, exact=True).focus()
        page.keyboard.press("Space")
    page.locator("#line-price").focus()
    page.keyboard.press("Enter")


def _press(page: Page, button: str) -> None:
    # What a push has shown may come before the dialog is closed, and it takes all keys.
    expect(page.locator("#dialog form")).to_be_hidden()
    page.locator(f'[data-focus="{button}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog form")).to_be_visible()


def test_a_catalogue_file_shows_its_mistakes_before_it_is_taken_in(
    browser: Browser, shop: RunningShop
) -> None:
    bad = (SOUND + "C1,x,one,1,1,,,\n").encode("gb18030")
    file = FilePayload(name="work.csv", mimeType="text/csv", buffer=bad)
    with board_of(browser, shop, "mona", SIZE) as page:
        page.goto(f"{shop.url}/admin/catalogue")
        page.set_input_files('[name="file"]', files=[file])
        expect(page.locator(".mistakes")).to_contain_text("C 标准工时")
        page.locator(".import-form .primary").click()
        expect(page.locator(".preview")).to_contain_text("Nothing was taken in.")
        page.locator('[name="rows"][value="good"]').check(force=True)
        page.locator(".import-form .primary").click()
        expect(page.locator("#toast")).to_contain_text("2 items were taken")
        items = page.locator("#part-items")
        expect(items).to_contain_text("小保养")
        expect(items).to_contain_text("Regular service")
        page.get_by_role("button", name="Change item… B10").click()
        page.fill("#item-price", "410.5")
        page.keyboard.press("Enter")
        expect(items.locator("tr", has_text="B10")).to_contain_text("¥410.50")
        page.get_by_role("button", name="Withdraw… B10").click()
        page.locator('#dialog [type="submit"]').click()
        expect(items).not_to_contain_text("B10")


def test_a_clock_is_begun_for_somebody_and_set_right(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "carl", SIZE) as page:
        page.goto(f"{shop.url}/clocks")
        page.locator('[data-focus="off-tina"]').click()
        page.locator('#dialog [value="training"]').check(force=True)
        page.locator('#dialog [type="submit"]').click()
        tina = page.locator("#clocks-tina")
        expect(tina).to_contain_text("Training")
        tina.get_by_text("Correct…").click()
        page.locator("#clock-begins").fill("2026-11-21T13:30")
        page.locator('#dialog [type="submit"]').click()
        expect(page.locator('[data-field="reason"] .said')).to_be_visible()
        page.locator("#why").fill("forgot to press")
        page.locator('#dialog [type="submit"]').click()
        expect(tina).to_contain_text("13:30")
        expect(tina).to_contain_text("forgot to press")
        tina.get_by_text("Stop", exact=True).click()
        expect(tina).to_contain_text("not clocked")
