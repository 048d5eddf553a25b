"""Twenty boards opened at once while commands go on: none of them is stale, ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tests.e2e.building_anew import FreshBuilder, changed_regions, fresh_builder
from tests.e2e.busy_day import BusyDay, Storm
from tests.e2e.page_regions import opened
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Regions, Visitor, Watcher

BOARDS = 20
CARS = 40
ROUNDS = 5
A_SECOND = 10
CLOCK = "2026-11-23T10:00+08:00,1"
BEGAN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def open_board(visitor: Visitor) -> Watcher:
    """Open a board as a browser does: the page first, then the socket from where it stands."""
    watcher = Watcher(visitor, "board")
    watcher.regions, watcher.boot, watcher.rev = opened(visitor, "/board")
    watcher.dial()
    watcher.hear()
    return watcher


def settled(shop: RunningShop, mona: Visitor, boards: list[Watcher]) -> datetime:
    """Hear until every board stands where the shop is; the shop's time then."""
    head = Watcher(mona, "board").probed(shop.board()["seq"])
    for board in boards:
        board.catch_up(head)
    return datetime.fromtimestamp(head.at / 1000, UTC)


def stale(boards: list[Watcher], fresh: Regions) -> list[list[str]]:
    """What is stale on each stale board."""
    return [ids for board in boards if (ids := changed_regions(board.regions, fresh))]


def open_in_the_storm(shop: RunningShop, day: BusyDay, builder: FreshBuilder) -> None:
    """Twenty boards opened at once in the middle of it, compared when it is over."""
    mona = Visitor(shop).sign_in("mona")
    with Storm(day, A_SECOND) as storm, ThreadPoolExecutor(BOARDS) as pool:
        before = storm.asked
        boards = list(pool.map(lambda _: open_board(mona), range(BOARDS)))
        while storm.asked < before + 2 * A_SECOND and storm.fault is None:
            for board in boards:
                board.hear()
    at = settled(shop, mona, boards)
    fresh = builder.regions(at)["board:"]
    page, _, _ = opened(mona, "/board")
    for board in boards:
        board.hang_up()
    assert stale(boards, fresh) == []
    assert changed_regions(page, fresh) == []


def test_no_board_opened_in_a_storm_of_commands_is_stale(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop, fresh_builder(shop) as builder:
        day = BusyDay(shop, CARS, BEGAN)
        for _ in range(ROUNDS):
            open_in_the_storm(shop, day, builder)
