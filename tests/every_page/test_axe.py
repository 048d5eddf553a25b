"""axe finds nothing on any page, in any dialog, for any role: WCAG 2.2 AA.

Here languages take turns from page to page, and each page has the same elements in all of them;
`make audit` walks all pages in each language.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from board.https_files import HttpsFiles
from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.cast import CAST
from tests.e2e.running import RunningShop
from tests.every_page.addresses import DIALOGS, VALUES, is_page, route_table
from tests.every_page.day import day_of
from tests.every_page.walking import Seen, walker
from tests.gallery.shown import LANGUAGES, TURNS

ASKERS = ("mona", "anna", "carl")
"""Who opens dialogs: among them they may do everything at a desk."""
PEOPLE = ("mona", *(person for person in CAST if person != "mona"), "")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return route_table(tmp_path_factory.mktemp("table"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture(scope="module")
def named(shop: RunningShop, browser: Browser) -> Mapping[str, str]:
    jobs = day_of(shop)
    HttpsFiles(shop.folder / "data").make("Test", ("127.0.0.1",), datetime.now(UTC))
    with browser.new_context() as wall, board_of(browser, shop, "mona") as mona:
        waits = wall.new_page()
        waits.goto(f"{shop.url}/tv")
        code = waits.locator("#code").inner_text().strip()
        mona.goto(f"{shop.url}/admin/screens/approve?code={code}")
        with mona.expect_navigation():
            mona.locator("#approve button.primary").click()
        mona.goto(f"{shop.url}/admin/screens")
        screen = mona.locator("a[href^='/admin/screens/']:not([href*=approve])").first
        name = (screen.get_attribute("href") or "").split("/")[3]
        mona.goto(f"{shop.url}/orders/{jobs['working']}/extra")
        link = mona.locator(".link-text a").get_attribute("href") or ""
    return {**jobs, "screen": name, "token": link.removeprefix("/track/")}


pytestmark = pytest.mark.timeout(300)
"""Some walks open forty pages: on a crowded machine that takes minutes."""

Walks = dict[str, Seen]
"""What was looked at, by the languages that took turns."""


@pytest.fixture(scope="module")
def walks() -> Walks:
    return defaultdict(Seen)


def test_every_address_is_known(table: list[str], named: Mapping[str, str]) -> None:
    """A new page whose address names something needs a value for it in `addresses.py`."""
    names = [part for path in table if is_page(path) for part in path.split("/") if "{" in part]
    assert {name.strip("{}") for name in names} == set(VALUES)
    assert {"screen", "token"} <= set(named)


@pytest.mark.parametrize("languages", TURNS, ids="+".join)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "nobody")
def test_no_page_breaks_a_rule(
    browser: Browser,
    shop: RunningShop,
    named: Mapping[str, str],
    table: list[str],
    walks: Walks,
    person: str,
    languages: Sequence[str],
) -> None:
    seen = walks["+".join(languages)]
    with walker(browser, shop, person, named, seen, languages) as somebody:
        assert somebody.faults(table) == []


@pytest.mark.parametrize("languages", TURNS, ids="+".join)
@pytest.mark.parametrize("person", ASKERS)
def test_no_dialog_breaks_a_rule(
    browser: Browser,
    shop: RunningShop,
    named: Mapping[str, str],
    walks: Walks,
    person: str,
    languages: Sequence[str],
) -> None:
    seen = walks["+".join(languages)]
    with walker(browser, shop, person, named, seen, languages) as somebody:
        assert somebody.dialog_faults() == []


def test_no_menu_breaks_a_rule(
    browser: Browser, shop: RunningShop, named: Mapping[str, str]
) -> None:
    with walker(browser, shop, "mona", named, Seen(), LANGUAGES) as mona:
        assert mona.menu_faults() == []


def test_the_walks_came_by_every_page_and_dialog(table: list[str], walks: Walks) -> None:
    """Stands after the walks; alone it says nothing."""
    for seen in walks.values():
        missed = {path for path in filter(is_page, table) if path not in seen.kinds}
        assert (missed, set(DIALOGS) - set(seen.kinds)) == (set(), set())
