"""Addresses of the pages that find devices name a moment; whatever one, the page answers."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Visitor


@pytest.fixture(scope="module")
def mona(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    shop: RunningShop
    with running_shop(tmp_path_factory.mktemp("moments")) as shop:
        yield Visitor(shop).sign_in("mona")


@pytest.mark.parametrize(
    "since", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+23:59", "2026-11-21", "soon"]
)
def test_no_moment_breaks_the_page(mona: Visitor, since: str) -> None:
    """Falls over without the years in `_moment`: nothing follows the last second of 9999."""
    status, _ = mona.request("GET", f"/admin/devices/listen?since={quote(since)}&seconds=300")
    assert status == 200
