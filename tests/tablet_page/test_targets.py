"""Gloves: what can be tapped on a tablet of 1280 x 800 is large, and there is little of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from board.core import commands as c
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, renderer, tablet_html, targets

SMALLEST = 118
MOST = 12


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
def test_every_target_is_large_and_there_are_at_most_twelve(
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
