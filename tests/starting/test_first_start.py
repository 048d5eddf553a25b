"""The first start of a shop prints one link that works once and leads its manager in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, shop_file
from tests.e2e.watching import Visitor, Watcher

PASSWORD = "a long enough password"


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[RunningShop]:
    """A shop at its very first start."""
    shop = RunningShop(tmp_path)
    shop.prelude = "# Read from the disk, as a shop's own start is."
    try:
        yield shop.start()
    finally:
        shop.kill()


def links(shop: RunningShop) -> list[str]:
    """The paths of first sign-ins that were printed."""
    return re.findall(rf"{shop.url}(/welcome/\S+)", shop.log.read_text())


def use(visitor: Visitor, link: str, csrf: str) -> int:
    """Choose a password behind the link; the status."""
    form = {"password": PASSWORD, "again": PASSWORD, "pin": "1234", "csrf": csrf}
    return visitor.request("POST", link, form)[0]


def test_the_printed_link_works_once_and_leads_to_the_set_up(new_shop: RunningShop) -> None:
    (link,) = links(new_shop)
    manager, thief = Visitor(new_shop), Visitor(new_shop)
    tokens = {}
    for visitor in (manager, thief):
        status, page = visitor.request("GET", link)
        assert status == 200
        found = re.search(r'name="csrf"[^>]*value="([^"]+)"', page)
        assert found
        tokens[visitor] = found[1]
    assert use(manager, link, tokens[manager]) == 303
    assert manager.sent_to == "/admin/set-up"
    assert use(thief, link, tokens[thief]) == 404
    assert Visitor(new_shop).request("GET", link)[0] == 404
    status, page = manager.request("GET", "/admin/set-up")
    assert status == 200
    assert "Baylight" in page
    assert thief.request("GET", "/admin/set-up")[0] == 303


def first_sign_in(shop: RunningShop, link: str) -> str:
    """Use a link as its person would; where they are sent."""
    visitor = Visitor(shop)
    found = re.search(r'name="csrf"[^>]*value="([^"]+)"', visitor.request("GET", link)[1])
    assert found
    assert use(visitor, link, found[1]) == 303
    return visitor.sent_to


def test_links_are_printed_until_somebody_can_sign_in(new_shop: RunningShop) -> None:
    for starts in (1, 2):
        assert len(links(new_shop)) == starts
        new_shop.stop()
        new_shop.start()
    assert first_sign_in(new_shop, links(new_shop)[-1]) == "/admin/set-up"
    new_shop.stop()
    new_shop.start()
    assert len(links(new_shop)) == 3


def test_a_shop_imported_before_its_first_start_has_a_way_in(tmp_path: Path) -> None:
    shop = RunningShop(tmp_path)
    file = tmp_path / "shop.toml"
    file.write_text(shop_file().partition("[pins]")[0])
    shop.command_line("shop", "import", str(file))
    try:
        shop.start()
        (link,) = links(shop)
        assert first_sign_in(shop, link) == "/board"
    finally:
        shop.kill()


def test_the_command_line_prints_a_link_with_its_address(new_shop: RunningShop) -> None:
    link = new_shop.command_line("person", "link", "manager").strip()
    assert link.startswith(f"{new_shop.url}/welcome/")
    assert first_sign_in(new_shop, link.removeprefix(new_shop.url)) == "/admin/set-up"


def test_the_log_has_no_line_for_each_screen(new_shop: RunningShop) -> None:
    wall = Watcher(Visitor(new_shop).pair("tv"), "tv").dial()
    wall.hear()
    said = new_shop.log.read_text()
    assert "WebSocket" not in said
    assert "connection open" not in said


def test_the_addresses_of_the_screens_are_printed(new_shop: RunningShop) -> None:
    said = new_shop.log.read_text()
    for path in ("/tv", "/lounge"):
        assert new_shop.url + path in said


def test_files_with_secrets_are_for_their_owner_only(new_shop: RunningShop) -> None:
    data = new_shop.folder / "data"
    assert {(data / name).stat().st_mode & 0o777 for name in ("secret", "baylight.db")} == {0o600}
