"""The first shop of an empty database is made once, though several processes start at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest

from board.database import open_database
from board.shops import KnownShop, Shops

STARTERS = 4
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def started_at_once(url: str) -> list[KnownShop]:
    """What each of several starters takes for the first shop."""
    barrier = Barrier(STARTERS)

    def start(_number: int) -> KnownShop:
        engine = open_database(url)
        barrier.wait()
        try:
            return Shops(engine).first(NOW)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(STARTERS) as starters:
        return list(starters.map(start, range(STARTERS)))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_one_first_shop(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Falls over without the `insert_missing` in `Shops.first`."""
    url = f"sqlite:///{tmp_path}/shop.db"
    if kind == "postgresql":
        url = request.getfixturevalue("postgres_database")
    assert len({shop.id for shop in started_at_once(url)}) == 1
