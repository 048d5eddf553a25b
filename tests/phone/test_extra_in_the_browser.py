"""From what a technician finds to the customer's yes on a phone, in a real browser."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.at_the_door import let_in
from tests.e2e.running import RunningShop

PROMISED = "2026-11-21T15:00:00+08:00"


def _photo() -> FilePayload:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 60, 50)).save(made, "JPEG")
    return FilePayload(name="pads.jpg", mimeType="image/jpeg", buffer=made.getvalue())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("extra")) as running:
        yield running


@contextmanager
def _tablet(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    context = browser.new_context(viewport=ViewportSize(width=1280, height=800), has_touch=True)
    page = context.new_page()
    let_in(page, shop.url, "tom")
    page.goto(f"{shop.url}/tablet")
    yield page
    context.close()


def _working(shop: RunningShop, plate: str, bay: str) -> str:
    job = shop.receive(plate)
    shop.do("promise_job", job=job, at=PROMISED)
    shop.do("dispatch_job", job=job, bay=bay, technicians=["tom"])
    shop.do("start_line", job=job, technician="tom")
    return job


def _reports(browser: Browser, shop: RunningShop) -> None:
    with _tablet(browser, shop) as page:
        with page.expect_navigation():
            page.click("[data-ask-now=telling]")
            page.click("a.found")
        page.fill("#found-text", "Rear brake pads")
        page.fill("#found-note", "2.1 mm left")
        page.fill("#found-hours", "2")
        page.set_input_files("[data-photo]", files=[_photo()])
        expect(page.locator(".photo img")).to_be_visible()
        page.check("[name=stops_work]")
        page.click(".report .btn.primary")
        page.wait_for_url("**/tablet")
        expect(page.locator("#job")).to_contain_text("Quote")


def _asks(page: Page, shop: RunningShop, job: str) -> tuple[str, str]:
    """The advisor prices and asks by keyboard; link and code as the page shows them."""
    page.goto(f"{shop.url}/orders/{job}/extra")
    page.fill("#price-2", "260")
    page.fill("#parts-2", "420.50")
    page.keyboard.press("Enter")
    expect(page.locator("#part-line-2 .total")).to_have_text("¥ 680.50")
    page.locator('[data-do="ask_customer"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part-line-2")).to_contain_text("The customer is asked")
    renewal = page.locator("#new-code > summary")
    expect(renewal).to_have_css("border-top-style", "solid")
    expect(renewal).to_have_css("height", "44px")
    link = page.locator(".link-text a").get_attribute("href") or ""
    return link, page.locator("dd.code").inner_text()


def _phone(browser: Browser, *, script: bool) -> Page:
    size = ViewportSize(width=375, height=700)
    return browser.new_context(viewport=size, java_script_enabled=script, locale="en").new_page()


def _decides(phone: Page, code: str) -> None:
    expect(phone.locator("body")).not_to_contain_text("680.50")
    phone.fill("#code", code)
    phone.keyboard.press("Enter")
    expect(phone.locator(".extra")).to_contain_text("¥ 680.50")
    phone.click(".choice .act")
    phone.click('[name="sure"]')
    expect(phone.locator(".answers")).to_contain_text("agreed")


def test_a_find_becomes_work_by_the_customers_yes(browser: Browser, shop: RunningShop) -> None:
    job = _working(shop, "京AD12345", "1")
    _reports(browser, shop)
    with board_of(browser, shop, "anna", size=(1280, 800)) as anna:
        link, code = _asks(anna, shop, job)
        phone = _phone(browser, script=True)
        phone.goto(shop.url + link)
        expect(phone.locator("h1")).to_contain_text("In repair")
        _decides(phone, code)
        expect(phone.locator(".shots")).to_have_count(0)
        expect(anna.locator("#part-line-2")).to_contain_text("Agreed")
        expect(anna.locator("#order-head")).to_contain_text("In work")
        anna.click('[data-do="keep_promise"]')
        expect(anna.locator("#part-promise")).to_have_count(0)
        phone.context.close()


def test_a_phone_without_script_decides_by_wide_digits_too_and_one_with_it_hears(
    browser: Browser, shop: RunningShop
) -> None:
    job = _working(shop, "沪B8K321", "2")
    shop.do("propose_line", job=job, text="Rear pads", note="thin")
    shop.do("price_line", job=job, line="2", price=26000, parts_price=42050)
    with board_of(browser, shop, "anna") as anna:
        anna.goto(f"{shop.url}/orders/{job}/extra")
        link = anna.locator(".link-text a").get_attribute("href") or ""
        code = anna.locator("dd.code").inner_text()
    listening, plain = _phone(browser, script=True), _phone(browser, script=False)
    listening.goto(shop.url + link)
    expect(listening.locator("body")).not_to_contain_text("question")
    shop.do("ask_customer", job=job)
    expect(listening.locator("#phone-ask")).to_contain_text(re.compile("1 question"))
    listening.fill("#code", "12")
    shop.do("promise_job", job=job, at=PROMISED)
    expect(listening.locator("#phone-car")).to_contain_text("14:30–15:00")
    expect(listening.locator("#code")).to_have_value("12")
    listening.fill("#code", "")
    listening.click("#remind")
    expect(listening.locator("#remind")).to_have_text("Sound is on")
    plain.goto(shop.url + link)
    # Falls over while the field has a pattern of plain digits: the page then says nothing of ours.
    _decides(plain, "".join(chr(ord(digit) + 0xFEE0) for digit in code if digit.isdigit()))
    expect(listening.locator("#phone-ask")).to_be_hidden()
    expect(listening.locator("#remind")).to_have_text("Sound is on")
    shop.do("renew_link", job=job)
    expect(listening.locator("h1")).to_have_text("This page is closed")
    listening.context.close()
    plain.context.close()


_DEAF = """window.EventSource = function () {
  this.addEventListener = function () {}; this.close = function () {};
}"""


def test_a_phone_that_hears_nothing_looks_each_minute_and_says_how_old_it_is(
    browser: Browser, shop: RunningShop
) -> None:
    """Falls over without `> LOOK_MS) look()` in `static/phone.js`."""
    job = shop.receive("京Q5V8K6")
    with board_of(browser, shop, "anna") as anna:
        anna.goto(f"{shop.url}/orders/{job}/extra")
        link = anna.locator(".link-text a").get_attribute("href") or ""
    phone = _phone(browser, script=True)
    phone.clock.install()
    # First nothing lets the stream through, then one opens and says nothing.
    phone.route("**/news", lambda route: route.abort())
    phone.goto(shop.url + link)
    expect(phone.locator("#phone-car")).to_be_visible()
    expect(phone.locator("p.stale")).to_have_css("height", "0px")
    phone.clock.run_for(20_000)
    expect(phone.locator("#age")).to_have_text(re.compile("Last news 0:(19|2.) ago"))
    for stream, at, shown in (("", "15:00", "14:30–15:00"), (_DEAF, "16:00", "15:30–16:00")):
        phone.evaluate(stream or "0")
        shop.do("promise_job", job=job, at=PROMISED.replace("15:00", at), reason="so")
        phone.clock.run_for(75_000)
        expect(phone.locator("#phone-car")).to_contain_text(shown)
    # What stands between answers in our place: that is no news.
    phone.route("**/track/**", lambda route: route.fulfill(body="<p>Sign in to the network</p>"))
    phone.clock.run_for(80_000)
    expect(phone.locator("#stale")).to_have_text("Connecting again …")
    expect(phone.locator("#age")).to_have_text(re.compile("Last news 1:.. ago"))
    phone.clock.run_for(300_000)
    expect(phone.locator("#stale")).to_have_text(re.compile("Offline since 14:.."))
    expect(phone.locator("#age")).to_be_empty()
    phone.context.close()


def _asks_about(shop: RunningShop, job: str, line: str, text: str) -> None:
    shop.do("propose_line", job=job, text=text, note="thin")
    shop.do("price_line", job=job, line=line, price=26000, parts_price=42050)
    shop.do("ask_customer", job=job)


def test_a_press_counts_though_another_question_comes_before_it_is_lifted(
    browser: Browser, shop: RunningShop
) -> None:
    """Falls over without `old.contains(pressed)` in `static/phone.js`."""
    job = shop.receive("京Q5V8K7")
    _asks_about(shop, job, "2", "Rear pads")
    with board_of(browser, shop, "anna") as anna:
        anna.goto(f"{shop.url}/orders/{job}/extra")
        link = anna.locator(".link-text a").get_attribute("href") or ""
        code = anna.locator("dd.code").inner_text()
    phone = _phone(browser, script=True)
    phone.goto(shop.url + link)
    phone.fill("#code", code)
    phone.keyboard.press("Enter")
    phone.hover(".choice .act")
    phone.mouse.down()
    _asks_about(shop, job, "3", "Front pads")
    shop.do("promise_job", job=job, at=PROMISED)
    expect(phone.locator("#phone-car")).to_contain_text("14:30–15:00")
    expect(phone.locator("#phone-ask")).to_have_attribute("data-asks", "1")
    phone.mouse.up()
    expect(phone.locator('[name="sure"]')).to_be_visible()
    phone.context.close()


def test_everything_on_the_page_can_be_touched(browser: Browser, shop: RunningShop) -> None:
    job = _working(shop, "粤BF09876", "3")
    shop.do("propose_line", job=job, text="Rear pads", note="thin")
    with board_of(browser, shop, "anna", size=(1280, 800), touch=True) as anna:
        anna.goto(f"{shop.url}/orders/{job}/extra")
        anna.click("#report-more > summary")
        targets = anna.locator("#content :is(a, button, .input, .pick, summary):visible")
        small = [
            each.evaluate("one => one.outerHTML.slice(0, 80)")
            for each in targets.all()
            if (box := each.bounding_box()) and box["height"] < 40
        ]
        assert small == []
