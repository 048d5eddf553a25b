"""The whole shop on PostgreSQL: a day of every command, a power cut, a rebuild, a search."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.building_anew import compare, fresh_builder, watchers_of
from tests.e2e.every_command import Day
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Visitor

CLOCK = "2026-11-23T10:00+08:00,1"
BEGAN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def found(shop: RunningShop, words: str) -> str:
    """What the search of the board answers."""
    status, html = Visitor(shop).sign_in("mona").request("GET", f"/board/dialog/search?q={words}")
    assert status == 200
    return html


@pytest.mark.timeout(300)
def test_a_shop_lives_on_postgresql(tmp_path: Path, postgres_database: str) -> None:
    settings = {"BAYLIGHT_CLOCK": CLOCK, "DATABASE_URL": postgres_database}
    with running_shop(tmp_path, **settings) as shop, fresh_builder(shop) as builder:
        watchers = watchers_of(shop)
        for step in Day(shop, BEGAN).steps():
            step()
        compare(shop, watchers, builder)
        assert not (tmp_path / "data" / "baylight.db").exists()
        seq = shop.board()["seq"]

        shop.kill()
        shop.start()
        assert shop.board()["seq"] >= seq
        for watcher in watchers.values():
            watcher.dial()
        shop.receive("京A77777", customer={"name": "Meier", "phone": "13800001234"})
        compare(shop, watchers, builder)
        assert "77777" in found(shop, "a77777")

        shop.stop()
        assert "rebuilt from" in shop.command_line("rebuild")
        shop.start()
        assert "77777" in found(shop, "1234")
        for watcher in watchers.values():
            watcher.dial()
        compare(shop, watchers, builder)
