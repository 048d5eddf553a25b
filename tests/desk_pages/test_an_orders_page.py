"""An order's page at a desk: who may look, what follows from a deed, and what is never lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna") as page:
        yield page


def test_a_line_is_added_and_shown_without_a_new_page(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AD12345")
    anna.goto(f"{shop.url}/orders/{job}")
    anna.fill(".add-line [name=text]", "front brake pads")
    anna.keyboard.press("Enter")
    expect(anna.locator(".lines")).to_contain_text("front brake pads")
    expect(anna.locator(".add-line [name=text]")).to_have_value("")


def test_what_others_do_is_shown_by_itself(anna: Page, shop: RunningShop) -> None:
    """Falls over without `window.Baylight.onRegion((id) => id === 'news' && soon());` in
    `static/desk_page.js`.
    """
    job = shop.receive("京AF11111")
    anna.goto(f"{shop.url}/orders/{job}")
    shop.do("dispatch_job", job=job, bay="3", technicians=["tom"])
    expect(anna.locator("#order-head")).to_contain_text("To be started")
    expect(anna.locator("#part-facts")).to_contain_text("Tom")


def test_what_somebody_writes_is_left_alone_while_others_work(
    anna: Page, shop: RunningShop
) -> None:
    """Falls over without `if (isBegun(old) || sent.get(old.id) === html) return;` in
    `static/desk_page.js`.
    """
    job = shop.receive("京AF22222")
    anna.goto(f"{shop.url}/orders/{job}")
    anna.fill(".add-line [name=text]", "half a thou")
    shop.do("add_line", job=job, text="from the tablet")
    shop.do("dispatch_job", job=job, bay="4", technicians=["tina"])
    expect(anna.locator("#order-head")).to_contain_text("To be started")
    expect(anna.locator(".add-line [name=text]")).to_have_value("half a thou")


def test_a_refusal_stands_at_its_field(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AF33333")
    anna.goto(f"{shop.url}/orders/{job}")
    anna.fill(".add-line [name=standard_hours]", "-3")
    anna.fill(".add-line [name=text]", "oil")
    anna.keyboard.press("Enter")
    expect(anna.locator('[data-field="standard_hours"] .error')).to_be_visible()
    expect(anna.locator(".add-line [name=text]")).to_have_value("oil")


def test_an_order_that_is_not_there_is_said_so(anna: Page, shop: RunningShop) -> None:
    answer = anna.goto(f"{shop.url}/orders/nobody")
    assert answer is not None
    assert answer.status == 404
    expect(anna.locator("#content")).to_contain_text("no longer on the board")


def test_a_stranger_is_sent_to_the_sign_in(browser: Browser, shop: RunningShop) -> None:
    job = shop.receive("京AF44444")
    page = browser.new_page()
    page.goto(f"{shop.url}/orders/{job}")
    assert page.url.rstrip("/") == shop.url
    page.close()
