"""Parts and holds in a real browser: asked for on the tablet, handed out at the desk, by key."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop
from tests.e2e.screens import tap

TABLET = (1280, 800)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("parts")) as running:
        yield running


@pytest.fixture
def pia(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "pia", TABLET, touch=True) as page:
        page.goto(f"{shop.url}/parts")
        yield page


def working(shop: RunningShop, plate: str, bay: str, who: str) -> str:
    """A car at work."""
    job = shop.receive(plate)
    shop.do("dispatch_job", job=job, bay=bay, technicians=[who])
    shop.do("start_line", job=job, technician=who)
    return job


def parts_of(shop: RunningShop, plate: str) -> list[tuple[str, str]]:
    """Texts and steps of the parts of an order."""
    requests = [one for line in shop.job(plate)["lines"] for one in line["requests"]]
    return [(one["text"], one["moves"][-1]["step"]) for one in requests]


def test_a_part_is_asked_for_on_the_tablet_and_signed_for_there(
    browser: Browser, pia: Page, shop: RunningShop
) -> None:
    job = working(shop, "京AF11111", "1", "tom")
    with board_of(browser, shop, "lee", TABLET) as tablet:
        shop.do("start_line", job=job, technician="lee", line="1")
        tablet.goto(f"{shop.url}/tablet")
        tap(tablet, "parts")
        tablet.locator("dialog[open] .reason").first.click()
        expect(tablet.locator("dialog[open] [data-line-name]")).to_have_text("1 Whole order")
        tablet.locator("dialog[open] [name=text]").fill("Seal ring")
        tablet.locator("dialog[open] [name=quantity]").fill("2")
        tablet.keyboard.press("Enter")
        row = pia.locator(f"#waits-{job} .part-row")
        expect(row).to_contain_text("Seal ring × 2")
        row.get_by_role("button", name="Picked").tap()
        expect(row).to_contain_text("Part picked")
        pia.get_by_role("button", name="Undo").tap()
        expect(row).to_contain_text("Part requested")
        row.get_by_role("button", name="Picked").tap()
        expect(row).to_contain_text("Part picked")
        tap(tablet, "take")
        expect(pia.locator(f"#waits-{job}")).to_have_count(0)
    moves = shop.job("京AF11111")["lines"][0]["requests"][0]["moves"]
    assert (moves[-1]["receiver"], moves[-1]["signed"]) == ("lee", True)


def test_the_desk_works_by_keyboard_alone(pia: Page, shop: RunningShop) -> None:
    job = working(shop, "京AF22222", "2", "tina")
    shop.do("request_part", job=job, line="1", text="Pump")
    shop.do("hold_job", job=job, hold="parts_issue")
    car = pia.locator(f"#waits-{job}")
    expect(car).to_contain_text("Pump")
    car.get_by_role("button", name="Ordered…").focus()
    pia.keyboard.press("Enter")
    expect(pia.locator("#dialog [name=expected]").first).to_be_focused()
    pia.keyboard.press("Space")
    pia.keyboard.press("Enter")
    expect(car).to_contain_text("Part ordered for 14:30")
    assert shop.job("京AF22222")["hold"]["reason"] == "parts_order"
    car.get_by_role("button", name="Came in").focus()
    pia.keyboard.press("Enter")
    expect(car).to_contain_text("Part picked")
    issued = car.get_by_role("button", name="Issued", exact=True)
    issued.focus()
    pia.keyboard.press("Enter")
    expect(car).to_have_count(0)
    assert shop.job("京AF22222")["state"] == "working"


def test_an_order_is_asked_for_more_parts_on_its_own_page(pia: Page, shop: RunningShop) -> None:
    job = working(shop, "京AF33333", "3", "tom")
    pia.goto(f"{shop.url}/orders/{job}/parts")
    pia.locator("summary", has_text="Ask for a part").click()
    pia.get_by_label("Which part").fill(" ")
    pia.get_by_role("button", name="Ask for it").click()
    expect(pia.locator(".part-form .error")).to_have_text("Please write which part.")
    pia.get_by_label("Which part").fill("Belt")
    pia.get_by_role("button", name="Ask for it").click()
    expect(pia.locator(".part-row")).to_contain_text("Belt")
    assert parts_of(shop, "京AF33333") == [("Belt", "requested")]


def test_the_controller_lets_a_job_go_on_or_changes_why_it_stands(
    browser: Browser, shop: RunningShop
) -> None:
    first, second = shop.receive("京AF44444"), shop.receive("京AF55555")
    for job in (first, second):
        shop.do("hold_job", job=job, hold="approval", note="asked at noon")
    with board_of(browser, shop, "carl", TABLET, touch=True) as carl:
        carl.goto(f"{shop.url}/holds")
        rows = carl.locator("#holds-advisor .held")
        expect(rows).to_have_count(2)
        rows.first.get_by_role("button", name="Go on").tap()
        expect(rows).to_have_count(1)
        rows.first.get_by_role("button", name="Change…").tap()
        carl.locator('#dialog [name="hold"][value="bay"]').check()
        carl.locator('#dialog [type="submit"]').click()
        expect(carl.locator("#holds-controller .held")).to_contain_text("Waiting for a bay")
        expect(carl.locator("#pareto tbody tr")).to_contain_text(
            [re.compile("Customer's approval")]
        )
    assert shop.job("京AF44444")["hold"] is None


def test_everything_to_tap_is_large_enough(pia: Page, shop: RunningShop) -> None:
    job = working(shop, "京AF66666", "4", "tom")
    shop.do("request_part", job=job, line="1", text="Disc")
    expect(pia.locator(f"#waits-{job}")).to_be_visible()
    small = pia.locator("main a, main button, main summary").evaluate_all(
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)"
        ".map(e => e.textContent)"
    )
    assert small == []
