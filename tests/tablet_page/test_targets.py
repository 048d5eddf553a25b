"""Gloves: what can be tapped on a tablet of 1280 x 800 is large, and there is little of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from board.core import commands as c
from tests.tablet_page.conftest import House
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, renderer, tablet_html, targets
from tests.tablet_page.test_outbox import PNG

SMALLEST = 118
MOST = 11


def many_lines() -> Floor:
    floor = Floor()
    lines = [(f"第 {number} 项", 0.5) for number in range(1, 8)]
    floor.receive("job-a", "京A·D12345", *lines)
    floor.receive("job-b", "京E·P5021")
    for job in ("job-a", "job-b"):
        floor.dispatch(job, "b3", "wang")
    return floor


def in_self_check() -> Floor:
    floor = busy()
    floor.finish_all("wang", "job-a")
    return floor


def with_checks() -> Floor:
    floor = Floor()
    for number in range(5):
        job = f"job-{number}"
        floor.receive(job, f"京A·D1234{number}", ("机油机滤", 0.5))
        floor.dispatch(job, "b3", "wang")
        floor.finish_all("wang", job)
        floor.grant(c.PassCheck(job=job), "wang")
    for number in range(4):
        floor.grant(c.PassCheck(job=f"job-{number}"), "zhou")
    floor.receive("job-z", "京E·P5021")
    floor.dispatch("job-z", "b4", "zhou")
    return floor


def check_size_and_number(page: Page) -> None:
    found = targets(page)
    small = [target for target in found if min(target[1], target[2]) < SMALLEST]
    assert found
    assert small == []
    assert len(found) <= MOST, found


@pytest.mark.parametrize(
    ("scene", "holder"),
    [
        (busy, "wang"),
        (many_lines, "wang"),
        (in_self_check, "wang"),
        (with_checks, "zhou"),
        (with_checks, "zheng"),
        (busy, "zhao"),
    ],
)
def test_every_target_is_large_and_there_are_at_most_eleven(
    browser: Browser, scene: Callable[[], Floor], holder: str
) -> None:
    with opened(browser, tablet_html(scene(), holder)) as page:
        check_size_and_number(page)


def test_the_other_cars_hold_to_it_too(browser: Browser) -> None:
    with opened(browser, tablet_html(with_checks(), "zhou")) as page:
        page.click("#others")
        check_size_and_number(page)


@pytest.mark.parametrize("deed", ["pause", "parts"])
def test_the_reasons_hold_to_it_too(browser: Browser, deed: str) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click(f".deed-set:not([hidden]) .deed.{deed}")
        page.wait_for_selector("dialog[open]")
        check_size_and_number(page)


def test_every_dialog_of_the_page_holds_to_it_too(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        names: list[str] = page.evaluate(
            "[...document.querySelectorAll('dialog')].map((d) => d.id)"
        )
        assert len(names) > 10
        for name in names:
            page.evaluate("(id) => document.getElementById(id).showModal()", name)
            check_size_and_number(page)
            page.evaluate("(id) => document.getElementById(id).close()", name)


def test_the_defect_codes_hold_to_it_too(browser: Browser) -> None:
    with opened(browser, tablet_html(in_self_check(), "wang")) as page:
        page.click(".deed.fail")
        page.wait_for_selector("dialog[open]")
        check_size_and_number(page)


def test_names_and_digits_of_the_sign_in_are_large(browser: Browser) -> None:
    people = [
        {"id": f"p{n}", "name": f"王强{n}", "role_words": [], "bays": [], "skills": ["机电"]}
        for n in range(17)
    ]
    html = renderer().fragment(
        "sign_in/tablet.html",
        "en",
        csrf="token",
        people=people,
        chosen="",
        error="",
        languages=("zh-Hans", "en"),
    )
    with opened(browser, html) as page:
        faces = page.locator(".person:visible, .pad button, .languages button:visible")
        boxes = [faces.nth(n).bounding_box() for n in range(faces.count())]
        assert [box for box in boxes if box and min(box["width"], box["height"]) < SMALLEST] == []
        assert page.locator(".person:visible").count() == 15


def test_nothing_moves_when_there_is_something_to_take_back(browser: Browser) -> None:
    floor = busy()
    floor.now -= timedelta(seconds=20)
    with opened(browser, tablet_html(floor, "wang")) as page:
        with_undo = page.locator(".deed.finish").bounding_box()
        assert page.locator("#undo button").is_visible()
    floor.wait(seconds=31)
    with opened(browser, tablet_html(floor, "wang")) as page:
        assert page.locator("#undo button").count() == 0
        assert page.locator(".deed.finish").bounding_box() == with_undo


def check_all_sizes(page: Page, least: int) -> None:
    """Also of what is further down the page than a tablet shows at once."""
    page.set_viewport_size({"width": 1280, "height": 5000})
    found = targets(page)
    assert len(found) >= least
    assert [each for each in found if min(each[1], each[2]) < SMALLEST] == []
    page.set_viewport_size({"width": 1280, "height": 800})


def check_it_fits(page: Page, part: str) -> None:
    """Nothing of it has to be scrolled for."""
    beyond = "(part) => part.scrollHeight - part.clientHeight"
    assert page.locator(part).evaluate(beyond) == 0


def check_a_photo_stays_on_the_glass(tablet: Page) -> None:
    """In each language: its remove button beside it, the words of the other button above."""
    for language in ("zh-Hans", "zh-Hant", "en"):
        csrf = tablet.get_attribute("meta[name=csrf]", "content") or ""
        form: dict[str, str | float | bool] = {"csrf": csrf, "language": language}
        origin = {"Origin": "/".join(tablet.url.split("/")[:3])}
        tablet.request.post(f"{origin['Origin']}/language", form=form, headers=origin)
        tablet.reload()
        photo = FilePayload(name="1.png", mimeType="image/png", buffer=PNG)
        tablet.set_input_files("[data-photo]", photo)
        away = tablet.locator(".photo:not(.failed) .photo-away")
        expect(away).to_be_visible()
        box = away.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 1260, (language, box)
        assert tablet.locator("html").get_attribute("lang") == language


def test_the_pages_that_it_opens_hold_to_it_too(house: House, desk: Page, tablet: Page) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    csrf = tablet.get_attribute("meta[name=csrf]", "content") or ""
    for line in ("1", "2"):
        house.do(tablet, csrf, "start_line", job=job, line=line)
        house.do(tablet, csrf, "finish_line", job=job, line=line)
    tablet.click(".deed.points:visible")
    tablet.wait_for_url("**/checks?tablet")
    check_all_sizes(tablet, 10)
    # Longer than the screen: one button goes on through all points, and from the end to the top.
    for point in ("first", "last", "first"):
        expect(getattr(tablet.locator(".check-point .verdict.ok"), point)).to_be_in_viewport(
            ratio=1
        )
        tablet.click(".hand-turn")
    tablet.click(".verdict.bad >> nth=0")
    tablet.wait_for_selector("dialog[open] form")
    check_all_sizes(tablet, 3)
    check_it_fits(tablet, ".sheet-body")
    tablet.goto(f"{house.url}/tablet/found/{job}")
    check_all_sizes(tablet, 6)
    check_it_fits(tablet, "#content")
    expect(tablet.locator(".hand-turn")).to_be_hidden()
    check_a_photo_stays_on_the_glass(tablet)
    tablet.route("**/healthz", lambda route: route.abort())
    tablet.click(".hand-back")
    expect(tablet.locator("#toast")).to_contain_text("No connection.")
    assert tablet.url.endswith(f"/tablet/found/{job}")
