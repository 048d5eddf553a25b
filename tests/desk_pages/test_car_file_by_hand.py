"""A car's file in a real browser: found by search, told at reception, two files made one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop

TABLET = (1280, 800)
WORKFLOW = """[workflow]
left_out = ["team_check"]
[[workflow.states]]
id = "photos"
name = "Photo proof"
lane = "check"
after = "final_check"
by = ["inspector"]
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("cars")) as running:
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna", TABLET) as page:
        yield page


def gone(shop: RunningShop, plate: str) -> str:
    """A car that was here, was recommended brake pads, did not want them and left."""
    job = shop.receive(plate)
    shop.do("add_line", job=job, text="Brake pads", proposed=True)
    line = shop.job(plate)["lines"][-1]["id"]
    shop.do("price_line", job=job, line=line, price=12000, parts_price=38000)
    shop.do("decide_line", job=job, line=line, approved=False, how="in_person", said_by="Lena")
    shop.do("cancel_job", job=job, reason="in a hurry")
    return job


def test_reception_is_told_while_the_plate_is_typed(anna: Page, shop: RunningShop) -> None:
    """Falls over without `known ? [known] : []` in `static/receive.js`."""
    job = gone(shop, "京AD12345")
    anna.keyboard.press("n")
    anna.fill("#f-plate", "京AD12345")
    note = anna.locator("#note-plate")
    expect(note).to_contain_text("This car was here: last visit 2026-11-21")
    expect(note).to_contain_text("Recommended last time: Brake pads")
    expect(note.locator("a")).to_have_attribute("href", f"/cars/{job}")
    expect(anna.locator('[data-field="plate"]')).not_to_have_class("wrong")


def test_two_files_become_one_and_two_again_by_keyboard(anna: Page, shop: RunningShop) -> None:
    first, second = gone(shop, "京AF11111"), gone(shop, "京AF22222")
    anna.goto(f"{shop.url}/cars/{first}/merge")
    anna.keyboard.type("AF22222")
    anna.keyboard.press("Enter")
    anna.locator(".rows .row-link").focus()
    anna.keyboard.press("Enter")
    expect(anna.locator("#part-both")).to_contain_text("京AF22222")
    anna.get_by_role("button", name="It is the same car").focus()
    anna.keyboard.press("Enter")
    expect(anna.locator("#part-same")).to_be_visible()
    anna.goto(f"{shop.url}/cars/{second}")
    expect(anna.locator(".visit")).to_have_count(2)
    anna.get_by_role("button", name="Take them apart again").focus()
    anna.keyboard.press("Enter")
    expect(anna.locator(".visit")).to_have_count(1)


def test_the_story_grows_while_it_is_read(anna: Page, shop: RunningShop) -> None:
    job = shop.receive("京AF33333")
    anna.goto(f"{shop.url}/orders/{job}")
    anna.get_by_role("link", name="History").click()
    expect(anna.locator(".story")).to_contain_text("Order opened")
    shop.do("dispatch_job", job=job, bay="3", technicians=["tom"])
    expect(anna.locator(".story > li").last).to_contain_text("Dispatched·Bay 3·Tom")
    anna.get_by_role("link", name="The car's file").click()
    expect(anna.locator("#part-called")).to_contain_text("京AF33333")


def test_a_technician_is_sent_to_the_tablet(browser: Browser, shop: RunningShop) -> None:
    job = gone(shop, "京AF44444")
    with board_of(browser, shop, "lee", TABLET) as page:
        page.goto(f"{shop.url}/cars/{job}/merge")
        assert "/cars/" not in page.url
        page.goto(f"{shop.url}/cars/{job}")
        expect(page.locator("#part-called")).to_be_visible()


def test_every_target_is_big_enough_for_a_finger(anna: Page, shop: RunningShop) -> None:
    job = gone(shop, "京AF55555")
    for path in (
        f"/cars/{job}",
        f"/cars/{job}/{job}",
        f"/cars/{job}/merge",
        f"/orders/{job}/history",
    ):
        anna.goto(shop.url + path)
        expect(anna.locator("#content")).to_be_visible()
        small = anna.evaluate(
            "[...document.querySelectorAll('#content a, #content button, #content summary')]"
            ".filter((one) => one.getBoundingClientRect().height < 44)"
            ".map((one) => one.textContent.trim())"
        )
        assert small == [], path
        assert anna.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_manager_takes_another_workflow_by_keyboard(browser: Browser, shop: RunningShop) -> None:
    job = shop.receive("京AF66666")
    shop.do("dispatch_job", job=job, bay="4", technicians=["tina"])
    for deed in ("start_line", "finish_line"):
        shop.do(deed, job=job, technician="tina")
    shop.do("pass_check", job=job, reason="test")
    with board_of(browser, shop, "mona", TABLET) as page:
        page.goto(f"{shop.url}/admin/workflow")
        expect(page.locator(".drawing .state")).to_have_count(19)
        page.locator("textarea").focus()
        page.locator("textarea").fill(WORKFLOW)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".changes")).to_contain_text("“Photo proof” is new")
        page.locator("select").focus()
        page.locator("select").select_option("final_check")
        page.get_by_role("button", name="Work by this from now on").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".drawing")).to_contain_text("Photo proof")
        assert shop.job("京AF66666")["state"] == "final_check"
        page.goto(f"{shop.url}/board")
        expect(page.locator(f'.lane[data-lane="check"] #job-{job}')).to_be_visible()
