"""The checks of an order in the browser: by keyboard and touch, from the points to rework."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop

TABLET = (1280, 800)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("checks")) as running:
        yield running


@pytest.fixture
def lee(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "lee", TABLET) as page:
        yield page


@pytest.fixture
def ines(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "ines", TABLET, touch=True) as page:
        yield page


def finished(shop: RunningShop, plate: str, kind: str = "repair", bay: str = "1") -> str:
    """A car whose work is done and that passed its self-check."""
    job = shop.receive(plate)
    shop.do("describe_job", job=job, kind=kind)
    shop.do("dispatch_job", job=job, bay=bay, technicians=["tom"])
    shop.do("start_line", job=job, technician="tom")
    shop.do("finish_line", job=job, line="1", technician="tom")
    shop.do("pass_check", job=job, reason="test")
    return job


def test_a_value_is_entered_and_a_failed_point_sends_to_rework_by_keyboard(
    lee: Page, shop: RunningShop
) -> None:
    job = finished(shop, "京AD12345", "chassis")
    lee.goto(f"{shop.url}/orders/{job}/checks")
    expect(lee.locator("#check-foot .primary")).to_have_attribute("aria-disabled", "true")
    lee.locator("#point-wheel_torque [name=value]").focus()
    lee.keyboard.type("10")
    lee.keyboard.press("Enter")
    expect(lee.locator("#point-wheel_torque .error")).to_contain_text("80 to 220 N·m")
    lee.locator("#point-wheel_torque [name=value]").fill("118.5")
    lee.keyboard.press("Enter")
    expect(lee.locator("#point-wheel_torque.ok")).to_contain_text("118.5 N·m")
    lee.locator("#point-no_leaks .bad").focus()
    lee.keyboard.press("Enter")
    lee.locator('#dialog [name="defect"][value="leak"]').focus()
    lee.keyboard.press("Space")
    lee.locator("#dialog [type=submit]").focus()
    lee.keyboard.press("Enter")
    expect(lee.locator("#point-no_leaks.not_ok")).to_contain_text("Leak")
    lee.locator("#check-foot .btn").first.focus()
    lee.keyboard.press("Enter")
    expect(lee.locator('#dialog [value="leak"]')).to_be_checked()
    lee.locator("#dialog [type=submit]").click()
    expect(lee.locator("#order-head")).to_contain_text("Rework")
    lee.locator("#check-rounds summary").first.click()
    expect(lee.locator("#check-rounds .check-round").first).to_contain_text("118.5 N·m")


def test_a_road_test_is_driven_and_the_car_passes_with_one_button(
    ines: Page, shop: RunningShop
) -> None:
    job = finished(shop, "京AF11111", bay="2")
    shop.do("pass_check", job=job)
    shop.do("flag_job", job=job, add=["comeback"], remove=[])
    ines.goto(f"{shop.url}/checks")
    ines.locator(f"#checks-mine a[href='/orders/{job}/checks']").tap()
    expect(ines.locator("#check-foot")).to_contain_text("needs a road test")
    ines.fill("#km", "45000")
    ines.locator("#check-road button").tap()
    expect(ines.locator("#order-head")).to_contain_text("Road test")
    ines.fill("#km", "44990")
    ines.locator("#check-road button").tap()
    expect(ines.locator("#check-road .error")).to_contain_text("45000")
    ines.fill("#km", "45006")
    ines.fill("#findings", "no noise")
    ines.locator("#check-road button").tap()
    expect(ines.locator("#check-rounds")).to_contain_text("45000–45006 km (6 km)")
    ines.locator("#check-foot .primary").tap()
    expect(ines.locator("#order-head")).to_contain_text("To be washed")


def test_what_somebody_else_answers_is_shown_by_itself_and_all_targets_are_large(
    ines: Page, shop: RunningShop
) -> None:
    job = finished(shop, "京AF22222", bay="3")
    shop.do("pass_check", job=job)
    ines.goto(f"{shop.url}/orders/{job}/checks")
    shop.do("mark_point", job=job, point="lamps_out", reason="test")
    expect(ines.locator("#point-lamps_out.ok")).to_be_visible()
    targets = ines.locator("#content button:visible, #content .input, #content summary, .tabs a")
    boxes = [targets.nth(n).bounding_box() for n in range(targets.count())]
    assert len(boxes) > 10
    assert all(box is not None and box["height"] >= 44 for box in boxes)


def test_the_menu_of_a_card_leads_to_its_points(ines: Page, shop: RunningShop) -> None:
    job = finished(shop, "京AF33333", bay="4")
    ines.goto(f"{shop.url}/board")
    card(ines, job).locator("[data-menu]").click()
    expect(ines.locator("#menu [role=menuitem]").first).to_be_focused()
    ines.keyboard.press("c")
    ines.wait_for_url(f"**/orders/{job}/checks")


def test_a_car_that_is_soon_here_again_is_proposed_as_a_comeback(
    browser: Browser, shop: RunningShop
) -> None:
    job = finished(shop, "京AF44444", bay="5")
    shop.do("pass_check", job=job, reason="test")
    shop.do("pass_check", job=job, reason="test")
    number = shop.job("京AF44444")["number"]
    for to in ("awaiting_settlement", "ready", "delivered"):
        shop.do("move_job", job=job, to=to)
    again = shop.receive("京AF44444")
    with board_of(browser, shop, "anna", TABLET) as anna:
        anna.goto(f"{shop.url}/orders/{again}/checks")
        proposed = anna.locator("#check-comeback")
        expect(proposed).to_contain_text(number)
        expect(proposed).to_contain_text("Tom")
        proposed.locator(".check-row .btn").click()
        expect(proposed.locator("h2")).to_have_text("Comeback")
    linked = shop.job("京AF44444")
    assert linked["comeback"]["technicians"] == ["tom"]
    assert "comeback" in linked["flags"]
