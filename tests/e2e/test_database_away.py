"""The database server goes away under a running shop: screens live on, and all of it comes back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.watching import Visitor, Watcher

CLOCK = "2026-11-23T10:00+08:00,600"


@contextmanager
def away(database: str, cluster: str) -> Iterator[None]:
    """Nobody is connected to the database and nobody may connect."""
    name = make_url(database).database
    engine = create_engine(cluster, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"))
        connection.execute(text(ended), {"name": name})
        try:
            yield
        finally:
            connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true"))


def shop_time(shop: RunningShop) -> datetime:
    """What the simulated clock of the shop shows."""
    told = json.loads(shop.get("/readyz")[1])
    return datetime.fromisoformat(told["clock"]["now"])


def _unless(usual: int, status: int) -> int:
    return 0 if status == usual else status


def test_screens_live_on_without_the_database(
    tmp_path: Path, postgres: str, postgres_database: str
) -> None:
    settings = {"BAYLIGHT_CLOCK": CLOCK, "DATABASE_URL": postgres_database}
    with running_shop(tmp_path, **settings) as shop:
        mona = Visitor(shop).sign_in("mona")
        board = Watcher(mona, "board").dial()
        job = shop.receive("京A12345")
        soon = shop_time(shop) + timedelta(minutes=20)
        shop.do("promise_job", job=job, at=soon.isoformat())
        with away(postgres_database, postgres):
            until(lambda: shop.get("/readyz")[0] == 503)
            status, answer = shop.attempt("flag_job", job=job, add=["vip"])
            assert (status, answer["code"]) == (503, "journal_unavailable")
            refused = until(lambda: _unless(200, mona.request("GET", "/board")[0]))
            assert refused == 503
            while 'class="chip late"' not in board.regions.get(f"job-{job}", ""):
                board.hear()
        until(lambda: shop.get("/readyz")[0] == 200)
        until(lambda: shop.attempt("flag_job", job=job, add=["vip"])[0] == 200)
        while "VIP" not in board.regions.get(f"job-{job}", ""):
            board.hear()
        assert "Traceback" not in shop.log.read_text()
