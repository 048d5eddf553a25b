"""A paired wall of a whole shop, from its code to the list of screens, over two processes."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from board.core.roles import Actor, Role
from board.screen_look import ScreenLook
from board.shop_file import ShopFile, read_shop_file
from displays.wire import MOVED
from settings import read_settings
from tests.displays.served import served
from tests.e2e.cast import shop_file
from tests.e2e.running import until
from workshop import Workshop

INSTALLER = Actor("person", "mona", "Mona", frozenset({Role.manager}), "install")


@dataclass(frozen=True)
class House:
    """A shop served by two processes without Redis: `here` and `there`."""

    workshop: Workshop
    here: str
    there: str
    browser: Browser

    def desk(self, address: str, person: str = "mona") -> BrowserContext:
        """A browser on which somebody is signed in."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        self.sign_in(context, address, person)
        return context

    def sign_in(self, context: BrowserContext, address: str, person: str) -> None:
        """Somebody signs in on a browser."""
        shop = self.workshop.first_desk.shop.id
        token = self.workshop.accounts.sessions.open_person(shop, person, "password", "en")
        context.add_cookies([{"name": "baylight_session_http", "value": token, "url": address}])

    def fresh_wall(self, path: str = "/tv") -> Page:
        """A television that nobody paired, at the other process."""
        context = self.browser.new_context(locale="en-US", viewport={"width": 1280, "height": 720})
        page = context.new_page()
        page.goto(self.there + path)
        return page


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("screens") / "data"
    found = read_shop_file(shop_file())
    assert isinstance(found, ShopFile)
    first = Workshop(read_settings({"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"}))
    with ThreadPoolExecutor(1) as aside:
        set_up = first.first_desk.handle(found.command, INSTALLER, "install")
        aside.submit(asyncio.run, set_up).result(60)
    first.close()
    with ExitStack() as stack:
        workshop, here = stack.enter_context(served(folder))
        _, there = stack.enter_context(served(folder))
        yield House(workshop, here, there, browser)


def _approve(desk: Page, wall: Page) -> None:
    desk.locator(".add input").fill(wall.locator("#code").inner_text())
    desk.get_by_role("button", name="Connect a screen").click()
    desk.get_by_label("Diagonal").fill("65")
    desk.get_by_label("Read from").fill("12")
    hint = desk.locator("[data-legible]")
    expect(hint).to_contain_text("up to 8.3 m. For 12 m take 94 inches")
    expect(hint).to_contain_text("With only the tails of plates (D12345) up to 9.3 m.")
    desk.get_by_label("Read from").fill("9")
    desk.get_by_label("Plates").select_option("tail")
    expect(hint).to_have_text("Up to 6 bays on a page, readable from 9.3 m.")
    _reads_both_languages(desk)
    desk.get_by_role("button", name="Approve").click()
    desk.wait_for_url("**/admin/screens")


def _reads_both_languages(desk: Page) -> None:
    """The longer words of the two decide, as they do for the screen."""
    kind, second, hint = (
        desk.locator(at) for at in ("#f-audience", "#f-second_language", "[data-legible]")
    )
    kind.select_option("lounge")
    desk.locator("#f-language").select_option("zh-Hans")
    for language, metres in (("", "8"), ("en", "7.6"), ("zh-Hant", "8")):
        second.select_option(language)
        expect(hint).to_contain_text(f"readable up to {metres} m.")
    second.select_option("")
    desk.locator("#f-language").select_option("en")
    kind.select_option("tv")


def test_a_person_pairs_a_second_browser_and_looks_after_it(house: House) -> None:
    """By hand as the README says it: two addresses, eight letters, two buttons."""
    wall, desk = house.fresh_wall(), house.desk(house.here).new_page()
    desk.goto(house.here + "/admin/screens")
    _approve(desk, wall)
    expect(wall.locator("[data-socket]")).to_have_count(1)
    expect(wall.locator("html.rows-6.has-tails")).to_have_count(1)
    expect(wall.locator("body[data-dark]")).to_have_count(1)
    row = desk.locator(".screen")
    expect(row).to_contain_text("TV-01")
    expect(row.locator(".doing")).to_have_text("live")
    expect(row.locator(".told")).to_contain_text(re.compile(r"digest\s*[0-9a-f]{8}\s*✓"))
    expect(row.locator(".told")).to_contain_text("1280 × 720")
    expect(row.locator(".trouble")).to_have_count(0)
    row.get_by_role("button", name="Identify").click()
    expect(wall.locator(".identify")).to_have_text("1TV-01")
    copy = desk.context.new_page()
    copy.goto(house.here + str(row.get_by_role("link", name="Copy").get_attribute("href")))
    expect(copy.locator(".copy-mark")).to_contain_text("TV-01")
    expect(copy.locator(".row")).to_have_count(wall.locator(".row").count())
    expect(copy.locator("body[data-dark]")).to_have_count(0)
    with wall.expect_navigation():
        row.get_by_role("button", name="Reload").click()
    row.get_by_role("link", name="Settings").click()
    desk.get_by_label("Name").fill("Hall")
    desk.get_by_label("It shows").select_option("lounge")
    with wall.expect_navigation(url="**/lounge"):
        desk.get_by_role("button", name="Save").click()
    expect(wall.locator("[data-socket]")).to_have_count(1)
    expect(wall.locator(".foot-end")).to_contain_text("Hall")
    revoke = desk.locator("[data-focus^=revoke]")
    revoke.click()
    expect(revoke).to_have_text(re.compile("Sure"))
    revoke.click()
    expect(wall.locator("html.is-revoked")).to_have_count(1)
    expect(desk.locator("#fleet")).to_contain_text("No screens yet.")
    wall.context.close()
    desk.context.close()


def test_a_wall_whose_answer_is_lost_asks_again_and_becomes_itself(house: House) -> None:
    """Falls over when a request can be collected only once."""
    wall = house.fresh_wall()
    lost: list[object] = []
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in wall.context.cookies())

    def lose(route: Route) -> None:
        if lost:
            return route.fallback()
        # The server gave the screen away, and nobody heard it.
        headers = {"Cookie": cookie, "Origin": house.there, "Accept": "application/json"}
        lost.append(httpx.post(route.request.url, data={"back": "/tv"}, headers=headers).json())
        return route.abort()

    wall.route("**/screens/collect", lose)
    shop = house.workshop.first_desk.shop.id
    code, look = wall.locator("#code").inner_text(), ScreenLook(language="en")
    made = house.workshop.accounts.requests.approve(code, shop, "Lost", "tv", look)
    assert made is not None
    expect(wall.locator("[data-socket]")).to_have_count(1)
    assert lost == [{"to": "/tv"}]
    assert house.workshop.accounts.screens.revoke(shop, made.id)
    wall.context.close()


def test_a_screen_that_was_set_anew_while_it_was_away_is_sent_to_its_new_page(
    house: House,
) -> None:
    """Falls over when `admission` in displays/admission.py does not look at the mark."""
    wall, desk = house.fresh_wall(), house.desk(house.here).new_page()
    desk.goto(house.here + "/admin/screens")
    _approve(desk, wall)
    socket = str(wall.locator("[data-socket]").get_attribute("data-socket"))
    headers = {"Cookie": "; ".join(f"{c['name']}={c['value']}" for c in wall.context.cookies())}
    address = house.there.replace("http", "ws") + socket
    with connect(address, origin=Origin(house.there), additional_headers=headers) as open_one:
        assert "full" in str(open_one.recv(10)), "as it was set it is let in"
    shop = house.workshop.first_desk.shop.id
    (screen,) = house.workshop.accounts.screens.of_shop(shop)
    assert house.workshop.accounts.screens.change(shop, screen.id, "TV-99", "tv", screen.look)
    assert until(lambda: _close_code(address, house.there, headers) == MOVED)
    wall.context.close()
    desk.context.close()


def _close_code(address: str, origin: str, headers: dict[str, str]) -> int:
    with connect(address, origin=Origin(origin), additional_headers=headers) as socket:
        try:
            socket.recv(10)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
    return 0


def test_a_wall_stays_a_screen_whoever_signs_in_beside_it(house: House) -> None:
    """Falls over without `not is_wall` in board/web/session.py: signing out would end the wall."""
    shop, screens = house.workshop.first_desk.shop.id, house.workshop.accounts.screens
    wall = house.fresh_wall()
    wall.get_by_label("Code of this screen").fill(screens.make_code(shop, "tv", "", "en"))
    wall.get_by_role("button", name="Connect").click()
    name = wall.locator("body").get_attribute("data-name")
    assert name in [each.name for each in screens.of_shop(shop)]
    house.sign_in(wall.context, house.there, "mona")
    wall.reload()
    expect(wall.locator("body")).to_have_attribute("data-name", str(name))
    wall.context.close()


def test_a_wall_goes_wherever_it_is_moved_and_back(house: House) -> None:
    """Falls over without `settles` in board/web/session.py: the second move leaves it behind."""
    shop, screens = house.workshop.first_desk.shop.id, house.workshop.accounts.screens
    wall, desk = house.fresh_wall(), house.desk(house.here)
    wall.get_by_label("Code of this screen").fill(screens.make_code(shop, "tv", "", "en"))
    wall.get_by_role("button", name="Connect").click()
    name, form = wall.locator("body").get_attribute("data-name"), desk.new_page()
    (screen,) = (each for each in screens.of_shop(shop) if each.name == name)
    for kind in ("lounge", "tv", "queue", "lounge"):
        form.goto(f"{house.here}/admin/screens/{screen.id}")
        form.get_by_label("It shows").select_option(kind)
        if kind == "tv":
            form.get_by_label("Whole plates").check()
        with wall.expect_navigation(url=f"**/{kind}"):
            form.get_by_role("button", name="Save").click()
        expect(wall.locator(f"body[data-audience={kind}][data-socket]")).to_have_count(1)
    wall.context.close()
    desk.close()


@pytest.mark.parametrize("path", ["", "/approve", "/nobody", "/nobody/copy"])
def test_only_managers_and_controllers_see_the_screens(house: House, path: str) -> None:
    asked = house.here + "/admin/screens" + path
    for person, sees in (("carl", True), ("anna", False), ("tom", False)):
        context = house.desk(house.here, person)
        answer = context.request.get(asked, max_redirects=0)
        assert (answer.status != 303 or answer.headers["location"] != "/") is sees, person
        context.close()


def test_who_is_not_signed_in_comes_back_to_the_code_afterwards(house: House) -> None:
    context = house.browser.new_context()
    asked = house.here + "/admin/screens/approve?code=ABCD-EFGH"
    answer = context.request.get(asked, max_redirects=0)
    back = "/?back=%2Fadmin%2Fscreens%2Fapprove%3Fcode%3DABCD-EFGH"
    assert (answer.status, answer.headers["location"]) == (303, back)
    context.close()
