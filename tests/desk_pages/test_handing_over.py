"""The till, the gate and the day in a real browser: by touch-sized pages and by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop

TABLET = (1280, 800)
WHY = "nobody is at the till"
TO_SETTLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("dispatch_job", {"bay": "1", "technicians": ["tom"]}),
    ("start_line", {"technician": "tom"}),
    ("finish_line", {"technician": "tom"}),
    ("pass_check", {"reason": "test"}),
    ("pass_check", {}),
    ("pass_check", {}),
    ("move_job", {"to": "washing"}),
    ("move_job", {"to": "awaiting_settlement"}),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("till")) as running:
        wanted = {
            "settlement": True,
            "checklist": True,
            "gate_pass": True,
            "points": ["advice", "next_service"],
        }
        settings = {"name": "Test Motors", "language": "en", "handover": wanted}
        running.do("set_up_shop", settings=settings)
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna", TABLET) as page:
        yield page


@pytest.fixture
def carl(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "carl", TABLET) as page:
        yield page


def to_settle(shop: RunningShop, plate: str) -> str:
    """A car whose work is over."""
    job = shop.receive(plate)
    for name, body in TO_SETTLE:
        shop.do(name, job=job, **body)
    return job


def pay(page: Page, means: str, amount: str = "") -> None:
    """Take a payment; without an amount what is left."""
    page.get_by_role("radio", name=means).check()
    if amount:
        page.fill("#amount", amount)
    page.get_by_role("button", name="Take the payment").click()


def in_the_dialog(page: Page, name: str) -> None:
    """Press a button that asks for the reason, and say it."""
    page.get_by_role("button", name=name).click()
    page.fill("#dialog #why", WHY)
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("#dialog")).to_be_hidden()


def at_the_gate(page: Page, shop: RunningShop, code: str) -> None:
    """Type a code as people do."""
    page.goto(f"{shop.url}/gate")
    page.fill("#code", code)
    page.keyboard.press("Enter")


def test_a_car_is_settled_paid_handed_over_and_let_out_once(anna: Page, shop: RunningShop) -> None:
    job = to_settle(shop, "京AD12345")
    anna.goto(f"{shop.url}/orders/{job}/handover")
    onward = anna.locator("#part-onward")
    expect(onward).to_contain_text("The statement is not made yet.")
    anna.fill("#charges", "128.5")
    anna.fill("#charges_reason", "disposal")
    anna.get_by_role("button", name="Make the statement").click()
    anna.get_by_role("button", name="Ready: tell the customer").click()
    expect(onward).to_contain_text("not paid in full")
    pay(anna, "WeChat Pay", "80")
    expect(anna.locator("#part-payment")).to_contain_text("48.50 yuan to pay")
    pay(anna, "Cash")
    expect(anna.locator("#part-payment")).to_contain_text("Paid in full.")
    anna.get_by_label("Work and advice explained: Note").fill("front tyres at 3 mm")
    anna.keyboard.press("Enter")
    expect(anna.locator("#part-list .done")).to_contain_text("front tyres at 3 mm")
    due = anna.get_by_label("Next service on")
    due.press("Enter")
    expect(anna.locator("#part-list")).to_contain_text("a day and a mileage")
    due.fill("2027-05-20")
    anna.get_by_label("Next service at").fill("52 000")
    anna.keyboard.press("Enter")
    expect(anna.locator("#part-list")).to_contain_text("2027-05-20 or at 52000 km")
    anna.get_by_role("button", name="Issue the gate pass").click()
    code = anna.locator("#part-pass .code").inner_text()
    anna.get_by_role("link", name="Print the gate pass").click()
    expect(anna.locator(".pass .code")).to_have_text(code)
    anna.goto(f"{shop.url}/orders/{job}/handover")
    anna.get_by_role("button", name="Car handed over").click()
    expect(anna.locator("#order-head")).to_contain_text("Delivered")
    at_the_gate(anna, shop, code.lower())
    expect(anna.locator(".may-leave")).to_contain_text("京A·***345")
    at_the_gate(anna, shop, code)
    expect(anna.locator(".error")).to_have_text("This gate pass was used before.")
    expect(anna.locator("#part-out")).to_contain_text("Has left")
    expect(anna.get_by_text("May leave")).to_have_count(0)


def test_what_a_shop_still_wants_is_said_and_nothing_can_be_pressed(
    anna: Page, shop: RunningShop
) -> None:
    job = to_settle(shop, "沪B8K321")
    anna.goto(f"{shop.url}/orders/{job}/handover")
    for name in ("Ready: tell the customer", "Issue the gate pass"):
        expect(anna.get_by_role("button", name=name)).to_have_attribute("aria-disabled", "true")
    shop.do("settle_job", job=job, charges=100, charges_reason="disposal")
    expect(anna.get_by_role("button", name="Ready: tell the customer")).to_be_enabled()


def test_a_manager_takes_each_step_of_the_till_with_a_reason(
    browser: Browser, shop: RunningShop
) -> None:
    """Falls over without `may(actor, kind)` in `displays/order_handover.py`."""
    job = to_settle(shop, "京N3V8K6")
    with board_of(browser, shop, "mona", TABLET) as mona:
        mona.goto(f"{shop.url}/orders/{job}/handover")
        mona.fill("#charges", "20")
        mona.fill("#charges_reason", "disposal")
        mona.get_by_role("button", name="Make the statement").click()
        expect(mona.locator("#part-statement .error")).to_have_text("Please say why.")
        mona.fill("#settle-why", WHY)
        mona.get_by_role("button", name="Make the statement").click()
        in_the_dialog(mona, "Ready: tell the customer")
        mona.fill("#pay-why", WHY)
        pay(mona, "Cash")
        expect(mona.locator("#part-payment")).to_contain_text("Paid in full.")
        in_the_dialog(mona, "Work and advice explained: Done…")
        mona.get_by_label("Next service on").fill("2027-05-20")
        mona.get_by_label("Next service at").fill("52 000")
        mona.locator("#part-list #why").fill(WHY)
        mona.keyboard.press("Enter")
        expect(mona.locator("#part-list")).to_contain_text("2027-05-20 or at 52000 km")
        for name in ("Issue the gate pass", "Car handed over"):
            in_the_dialog(mona, name)
        expect(mona.locator("#order-head")).to_contain_text("Delivered")


def test_a_payment_tapped_twice_is_taken_once(anna: Page, shop: RunningShop) -> None:
    """Falls over without `'Idempotency-Key': idOf` in `static/dialogs.js`."""
    job = to_settle(shop, "鲁B4M2T7")
    faults: list[str] = []
    anna.on("pageerror", lambda error: faults.append(str(error)))
    anna.goto(f"{shop.url}/orders/{job}/handover")
    anna.fill("#charges", "100")
    anna.fill("#charges_reason", "disposal")
    anna.get_by_role("button", name="Make the statement").dblclick()
    anna.get_by_role("button", name="Ready: tell the customer").dblclick()
    anna.get_by_role("radio", name="Cash").check()
    anna.fill("#amount", "40")
    anna.get_by_role("button", name="Take the payment").dblclick()
    expect(anna.locator("#part-payment")).to_contain_text("60.00")
    paid = shop.job("鲁B4M2T7")["payments"]
    assert [one["amount"] for one in paid] == [4000]
    assert faults == []


def test_whoever_may_not_settle_reads_whose_work_it_is(carl: Page, shop: RunningShop) -> None:
    """Falls over without `money.whose` in `templates/delivery/handover.html`."""
    job = to_settle(shop, "苏ED66021")
    carl.goto(f"{shop.url}/orders/{job}/handover")
    statement = carl.locator("#part-statement")
    expect(statement).to_contain_text("This is the work of: Service advisor·Cashier")
    expect(carl.locator("#part-list")).to_contain_text("This is the work of: Service advisor")
    expect(carl.locator("#part-pass")).to_contain_text("This is the work of:")
    expect(carl.get_by_role("button", name="Make the statement")).to_have_count(0)


def focused(page: Page) -> str:
    """What the focused button says."""
    return str(page.evaluate("document.activeElement.innerText || ''"))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of that name has the focus."""
    for _ in range(60):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by Tab")


def test_the_day_is_closed_by_keyboard_alone(carl: Page, shop: RunningShop) -> None:
    """Falls over without `(after?.querySelector('button') ||` in `static/day.js`."""
    for job in shop.board()["jobs"]:
        shop.do("cancel_job", job=job["id"], reason="test")
    shop.receive("粤BF09876")
    shop.receive("浙A7Q5W2")
    carl.goto(f"{shop.url}/day?view=closing")
    expect(carl.locator("#part-close")).to_contain_text("2 cars are undecided.")
    tab_to(carl, "Moved out")
    carl.keyboard.press("Enter")
    expect(carl.locator("#part-close")).to_contain_text("1 car is undecided.")
    carl.wait_for_function("document.activeElement.innerText === 'Continues tomorrow'")
    carl.keyboard.press("Enter")
    expect(carl.locator("#part-close")).to_contain_text("Every car is decided.")
    tab_to(carl, "Close the day")
    carl.keyboard.press("Enter")
    expect(carl.locator("#part-closed")).to_contain_text("The day is closed.")
    carl.goto(f"{shop.url}/print/day")
    rows = carl.locator(".evening tbody").last
    expect(rows).to_contain_text("Moved out")
    expect(rows).to_contain_text("Continues tomorrow")


def test_the_morning_says_who_is_absent_and_marks_who_falls_ill(
    carl: Page, shop: RunningShop
) -> None:
    carl.goto(f"{shop.url}/day")
    carl.get_by_text("Mark somebody absent").click()
    carl.select_option("#person", "tina")
    carl.get_by_role("button", name="Mark absent").click()
    expect(carl.locator("#part-absent")).to_contain_text("Tina")
    carl.get_by_role("button", name="Tina: Is back").click()
    expect(carl.locator("#part-absent")).to_contain_text("Everybody is here.")
