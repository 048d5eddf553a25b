"""One simulated day of 120 cars on a server of its own, and what its journal says of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from pathlib import Path

from board.core.events import Fact
from board.core.lines import Clock
from board.core.shop import Shop
from board.database import open_database
from board.journal_sql import SqlJournal
from board.recall import facts_from, rebuild
from board.secret import open_secret
from simulator.demo import Demo, DemoWish
from simulator.run import Outcome, simulate
from tests.servers.processes import free_port
from tests.simulator.large_shop import large_shop

VISITS = 120
_RATE = 450.0


@dataclass(frozen=True)
class Played:
    """A day that is over: how it went and its journal."""

    outcome: Outcome
    facts: tuple[Fact, ...]
    shop: Shop


def play(seed: int, folder: Path) -> Played:
    """One day from the first arrival until the last car of it is gone."""
    folder.mkdir()
    (folder / "shop.toml").write_text(large_shop(), "utf-8")
    wish = DemoWish(
        folder / "shop.toml",
        folder / "demo",
        port=free_port(),
        rate=_RATE,
        start=time(7, 30),
        date="2026-11-23",
    )
    with Demo(wish) as demo:
        demo.start(with_codes=False)
        outcome = asyncio.run(simulate(demo.play(seed, VISITS, 1, None)))
    engine = open_database(f"sqlite:///{folder / 'demo' / 'baylight.db'}")
    journal = SqlJournal(engine, open_secret(folder / "demo" / "secret"))
    try:
        shop_id = journal.shop_ids()[0]
        facts = facts_from(journal.read(shop_id, 0, 1_000_000))
        return Played(outcome, tuple(facts), rebuild(journal, shop_id))
    finally:
        journal.close()


def overlapping(clocks: Sequence[Clock]) -> bool:
    """Whether two people were clocked on a line at the same time."""
    ordered = sorted(clocks, key=lambda clock: clock.started_at)
    return any(
        one.ended_at is not None
        and one.ended_at > two.started_at
        and one.technician != two.technician
        for one, two in pairwise(ordered)
    )
