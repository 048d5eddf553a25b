"""Whoever may no longer look is cut off within a second, on every screen they hold."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.running import RunningShop, running_shop, shop_file
from tests.e2e.watching import Visitor, Watcher
from tests.servers.fair_clock import fair_seconds

REVOKED = 4401
WITHIN_SECONDS = 1.0


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with running_shop(tmp_path_factory.mktemp("shop")) as running:
        yield running


class Manager:
    """The manager at the set-up page."""

    def __init__(self, shop: RunningShop) -> None:
        self._visitor = Visitor(shop).sign_in("mona")

    def press(self, path: str, **fields: str) -> None:
        """Press a button of the set-up page."""
        csrf = re.search(r'name="csrf"[^>]*value="([^"]+)"', self.page())
        assert csrf
        status, text = self._visitor.request("POST", path, {**fields, "csrf": csrf[1]})
        assert status in (200, 303), (status, text)

    def page(self) -> str:
        """The set-up page."""
        status, page = self._visitor.request("GET", "/admin/set-up")
        assert status == 200, page
        return page

    def found(self, pattern: str) -> list[str]:
        """What a pattern finds on the set-up page."""
        return re.findall(pattern, self.page())


@pytest.fixture(scope="module")
def manager(shop: RunningShop) -> Manager:
    return Manager(shop)


def live(visitor: Visitor, *audiences: str) -> list[Watcher]:
    """Screens that have heard their first frame."""
    watchers = [Watcher(visitor, each).dial() for each in audiences]
    for watcher in watchers:
        watcher.hear()
    return watchers


def assert_cut_off(watchers: list[Watcher], cause: Callable[[], object]) -> None:
    """All are closed with 4401 within a second after `cause`, and stay out."""
    with ThreadPoolExecutor(len(watchers)) as pool:
        goodbyes = [pool.submit(_goodbye, watcher) for watcher in watchers]
        cause()
        granted = fair_seconds()
        closed = [each.result() for each in goodbyes]
    assert {code for code, _ in closed} == {REVOKED}
    assert max(at for _, at in closed) - granted < WITHIN_SECONDS
    assert {watcher.dial().goodbye() for watcher in watchers} == {REVOKED}


def _goodbye(watcher: Watcher) -> tuple[int, float]:
    code = watcher.goodbye()
    return code, fair_seconds()


def test_a_revoked_session_is_cut_off_on_every_screen(shop: RunningShop, manager: Manager) -> None:
    before = set(manager.found(r"/admin/sessions/(\w+)/revoke"))
    screens = live(Visitor(shop).sign_in("lee"), "board", "tablet")
    (session,) = set(manager.found(r"/admin/sessions/(\w+)/revoke")) - before
    assert_cut_off(screens, lambda: manager.press(f"/admin/sessions/{session}/revoke"))


def test_a_revoked_screen_is_cut_off(shop: RunningShop, manager: Manager) -> None:
    before = set(manager.found(r"/admin/screens/([\w-]+)/revoke"))
    screens = live(Visitor(shop).pair("lounge"), "lounge")
    (screen,) = set(manager.found(r"/admin/screens/([\w-]+)/revoke")) - before
    assert_cut_off(screens, lambda: manager.press(f"/admin/screens/{screen}/revoke"))


def test_a_person_whose_roles_change_is_cut_off(shop: RunningShop) -> None:
    screens = live(Visitor(shop).sign_in("carl"), "board", "tv", "lounge")
    person = {"id": "carl", "name": "Carl", "roles": ["technician"]}
    assert_cut_off(screens, lambda: shop.do("set_up_person", person=person))


def test_a_person_who_leaves_is_cut_off(shop: RunningShop) -> None:
    screens = live(Visitor(shop).sign_in("ines"), "board", "tablet")
    assert_cut_off(screens, lambda: shop.do("remove_person", person="ines"))


def test_a_new_pin_from_the_command_line_ends_the_old_sign_in(shop: RunningShop) -> None:
    screens = live(Visitor(shop).sign_in("tina"), "tablet")
    assert_cut_off(screens, lambda: shop.command_line("person", "pin", "tina", typed="9753\n"))


def imports(shop: RunningShop, pins: str = "", **roles: str) -> None:
    """Import the shop's file with one role for each of these people, and with these PINs only."""
    text = shop_file().partition("[pins]")[0]
    for person, role in roles.items():
        text = re.sub(rf'(id = "{person}"\n.*\nroles = ).*', rf'\1["{role}"]', text)
    file = shop.folder / "changed.toml"
    file.write_text(text + pins)
    shop.command_line("shop", "import", str(file))


def test_a_person_demoted_by_a_file_is_cut_off(shop: RunningShop) -> None:
    screens = live(Visitor(shop).sign_in("willy"), "board")
    assert_cut_off(screens, lambda: imports(shop, willy="technician"))


def test_a_new_pin_from_a_file_ends_the_old_sign_in(shop: RunningShop) -> None:
    screens = live(Visitor(shop).sign_in("pia"), "board")
    assert_cut_off(screens, lambda: imports(shop, pins='[pins]\npia = "1357"\n'))


def test_who_signs_out_is_cut_off_in_every_window(shop: RunningShop) -> None:
    anna = Visitor(shop).sign_in("anna")
    screens = live(anna, "board", "board")
    csrf = re.search(
        r'name="csrf"[^>]*(?:value|content)="([^"]+)"', anna.request("GET", "/board")[1]
    )
    assert csrf
    form = {"csrf": csrf[1]}
    assert_cut_off(screens, lambda: anna.request("POST", "/sign-out", form))


class Window:
    """A browser window of somebody who is let in already; it counts its connections."""

    def __init__(self, browser: Browser, shop: RunningShop, visitor: Visitor, path: str) -> None:
        context: BrowserContext = browser.new_context(locale="en-GB")
        pairs = (pair.partition("=") for pair in visitor.cookies.split("; "))
        context.add_cookies(
            [{"name": key, "value": kept, "url": shop.url} for key, _, kept in pairs]
        )
        self.page = context.new_page()
        self.dialled = 0
        self.page.on("websocket", self._count)
        self.page.clock.install()
        self.page.goto(shop.url + path)

    def _count(self, _socket: object) -> None:
        self.dialled += 1

    def assert_dead(self, words: str) -> None:
        """The page says why it is dead and does not dial again, however long it waits."""
        expect(self.page.locator("#notice")).to_contain_text(words)
        assert self.dialled == 1
        self.page.clock.run_for(120_000)
        expect(self.page.locator("#notice")).to_contain_text(words)
        assert self.dialled == 1
        self.page.context.close()


def test_a_revoked_wall_says_so_and_stays_dead(
    browser: Browser, shop: RunningShop, manager: Manager
) -> None:
    before = set(manager.found(r"/admin/screens/([\w-]+)/revoke"))
    wall = Window(browser, shop, Visitor(shop).pair("tv"), "/tv")
    expect(wall.page.locator("#order-rows")).to_be_attached()
    (screen,) = set(manager.found(r"/admin/screens/([\w-]+)/revoke")) - before
    manager.press(f"/admin/screens/{screen}/revoke")
    wall.assert_dead("This screen was switched off")


def test_a_tablet_signed_out_by_the_manager_says_so_and_stays_dead(
    browser: Browser, shop: RunningShop, manager: Manager
) -> None:
    before = set(manager.found(r"/admin/sessions/(\w+)/revoke"))
    tablet = Window(browser, shop, Visitor(shop).sign_in("tom"), "/tablet")
    expect(tablet.page.locator("#bar")).to_be_visible()
    (session,) = set(manager.found(r"/admin/sessions/(\w+)/revoke")) - before
    manager.press(f"/admin/sessions/{session}/revoke")
    tablet.assert_dead("Signed out elsewhere")
