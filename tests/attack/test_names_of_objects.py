"""Names that every JavaScript object has already: as regions, ids and people they break nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.attack.strange import PROTOTYPE
from tests.attack.target import Target
from tests.e2e.watching import Visitor
from tests.hub.live_server import LiveServer, until
from tests.hub.pages import card, open_page, order

SCRIPTS = ["times.js regions.js live.js", "wall.js"]


@pytest.fixture
def live() -> Iterator[LiveServer]:
    """A board of cards that are called like that."""
    server = LiveServer().start()
    server.show({"rows": order("rows", *PROTOTYPE), **_cards("old")})
    yield server
    server.stop()


def _cards(text: str) -> dict[str, str]:
    return {name: card(name, text) for name in PROTOTYPE}


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_regions_of_such_names_come_change_and_go(
    browser: Browser, live: LiveServer, scripts: str
) -> None:
    """Falls over by `wall.js` without `Object.create(null)`: an order that names what nobody has
    finds it in every object.
    """
    page = open_page(browser, live, scripts)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    until(lambda: live.figure("screens") == 1)
    live.publish(_cards("new"))
    for name in PROTOTYPE:
        expect(page.locator(f"[id='{name}']")).to_have_text("new")
    _away_and_back(page, live)
    live.publish({"rows": order("rows", "isPrototypeOf")})
    expect(page.locator("#constructor")).to_have_count(0)
    live.publish({"rows": order("rows", "job-z"), "job-z": card("job-z", "z")}, *PROTOTYPE)
    expect(page.locator("#job-z")).to_have_text("z")
    for name in PROTOTYPE:
        expect(page.locator(f"[id='{name}']")).to_have_count(0)
    assert wrong == []
    assert page.evaluate("({}).textContent === undefined && ({}).remove === undefined")
    page.context.close()


def _away_and_back(page: Page, live: LiveServer) -> None:
    live.publish({"rows": order("rows", "toString")})
    expect(page.locator("#constructor")).to_have_count(0)
    live.publish({"rows": order("rows", *PROTOTYPE)})
    expect(page.locator("#constructor")).to_have_text("new")


def test_a_snapshot_without_them_takes_them_away(browser: Browser, live: LiveServer) -> None:
    """Falls over by `wall.js` without `.big` in `apply`, by `regions.js` without `kept` in
    `obsolete`.
    """
    for scripts in SCRIPTS:
        live.show({"rows": order("rows"), **_cards("old")})
        page = open_page(browser, live, scripts)
        until(lambda: live.figure("screens") >= 1)
        expect(page.locator("#toString")).to_have_text("old")
        live.do(lambda: live.hub.forget(next(iter(live.hub.variants()))))
        live.show({"rows": order("rows", "job-z"), "job-z": card("job-z", "z")})
        expect(page.locator("#job-z")).to_have_text("z")
        for name in PROTOTYPE:
            expect(page.locator(f"[id='{name}']")).to_have_count(0)
        page.context.close()


def _opened(browser: Browser, target: Target, visitor: Visitor) -> BrowserContext:
    context = browser.new_context()
    pairs = (pair.partition("=") for pair in visitor.cookies.split("; "))
    context.add_cookies(
        [{"name": name, "value": value, "url": target.shop.url} for name, _, value in pairs]
    )
    return context


def test_a_shop_of_such_people_bays_and_jobs_works(browser: Browser, target: Target) -> None:
    """Falls over as soon as a script keeps names or ids as keys of a plain object and calls what
    it finds there.
    """
    shop = target.shop
    for name in PROTOTYPE:
        plan = {"id": name.strip("_").lower(), "name": name, "roles": ["technician"]}
        shop.do("set_up_person", person=plan)
    shop.do("set_up_bay", bay={"id": "constructor", "name": "__proto__"})
    shop.do("receive_job", job="constructor", car={"plate": "京A77701"}, asked="toString")
    shop.do("move_job", job="constructor", to="awaiting_dispatch")
    wrong: list[str] = []
    context = _opened(browser, target, Visitor(shop).sign_in("mona"))
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in ("/tablet", "/tv", "/lounge", "/admin/set-up", "/board"):
        page.goto(shop.url + path)
    expect(page.locator("#job-constructor")).to_be_visible()
    technicians = ["constructor", "proto"]
    shop.do("dispatch_job", job="constructor", bay="constructor", technicians=technicians)
    expect(page.locator("#bay-constructor")).to_contain_text("77701")
    expect(page.locator("#bay-constructor")).to_contain_text("__proto__")
    shop.do("cancel_job", job="constructor", reason="hasOwnProperty")
    expect(page.locator("#job-constructor")).to_have_count(0)
    assert wrong == []
    context.close()
