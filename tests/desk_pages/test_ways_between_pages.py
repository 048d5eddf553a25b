"""From every page a role starts on, a link leads to its other pages; no link leads nowhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.running import RunningShop, running_shop
from tests.e2e.screens import Screens


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with running_shop(tmp_path_factory.mktemp("ways")) as running:
        yield running


@pytest.fixture
def screens(browser: Browser, shop: RunningShop) -> Iterator[Screens]:
    opened = Screens(browser, shop)
    yield opened
    opened.close()


def _links(page: Page) -> set[str]:
    found = page.locator("header a, #ask-me a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return set(found)


@pytest.mark.parametrize("name", ["Lee", "Ines", "Willy"])
def test_who_starts_on_the_tablet_finds_the_board_and_the_way_back(
    screens: Screens, shop: RunningShop, name: str
) -> None:
    page = screens.person(name, "/tablet")
    assert "/board" in _links(page)
    page.click(".bar-button.me")
    page.click("#ask-me a[href='/board']")
    page.wait_for_url("**/board")
    assert "/tablet" in _links(page)


def test_a_technician_is_not_led_to_a_board_that_is_closed_to_them(
    screens: Screens, shop: RunningShop
) -> None:
    page = screens.person("Tom", "/tablet")
    assert "/board" not in _links(page)
    page.goto(f"{shop.url}/checks")
    assert {"/tablet", "/checks"} <= _links(page)
    assert "/board" not in _links(page)


def test_the_promise_is_a_button_of_those_who_may_promise(
    screens: Screens, shop: RunningShop
) -> None:
    job = shop.receive("京AK10001")
    promise = "button[data-dialog*='/dialog/promise']"
    for name, start, seen in (("Anna", "/board", 1), ("Pia", "/board", 0), ("Ines", "/tablet", 0)):
        page = screens.person(name, start)
        page.goto(f"{shop.url}/orders/{job}")
        assert page.locator(promise).count() == seen, name


def test_every_page_of_the_set_up_leads_to_every_other(screens: Screens, shop: RunningShop) -> None:
    """Falls over without `to('/admin/catalogue'` in `templates/set_up/frame.html`."""
    page = screens.person("Mona", "/board")
    every = {f"/admin/{name}" for name in ("set-up", "workflow", "catalogue", "screens")}
    for path in every:
        page.goto(f"{shop.url}{path}")
        assert _links(page) >= {*every, "/board"}, path
        assert page.locator(f'header a[href="{path}"][aria-current="page"]').count() == 1
