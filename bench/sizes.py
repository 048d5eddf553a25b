"""Whether an update costs more on a large board: 2,000 open jobs against 50.

python -m bench.sizes

One process does what the server does for a move, without sockets: decide, write to a journal on
disk, project for every audience, render, build the frames. CPU of that, in turns for both boards.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.askers import Ask, day_of
from bench.cores import SERVER_CORE, stay_on
from bench.seeding import EVERYBODY, Seeded, seed
from bench.table import Row, show, spread
from board.batches import Pending, write_batch
from board.clock import real_now
from board.codec import command_from
from board.core.shop import Shop
from displays.audiences import variant_for
from displays.hub import Screen
from displays.wire import Cancel
from settings import read_settings
from workshop import Workshop

SMALL, LARGE, ROUNDS, MOVES = 50, 2000, 7, 60
MOST_TIMES = 1.5


class _Paper:
    """A wire that takes every frame."""

    compressed = takes = True

    def __init__(self) -> None:
        self.on_stuck: Callable[[], None] = self.abort
        self.on_drained: Callable[[], None] = self.abort
        self.frames: list[bytes] = []

    @property
    def write(self) -> Callable[[bytes], None]:
        return self.frames.append

    def close(self, code: int, reason: str = "") -> None: ...

    def abort(self) -> None: ...

    def unsent(self) -> int:
        return 0


class _Windows:
    """What was put off, until it is called: every update is framed by itself."""

    def __init__(self) -> None:
        self._calls: list[Callable[[], None]] = []

    def later(self, seconds: float, call: Callable[[], None]) -> Cancel:
        self._calls.append(call)
        return self

    def cancel(self) -> None: ...

    def pass_by(self) -> None:
        calls, self._calls = self._calls, []
        for call in calls:
            call()


@dataclass(slots=True)
class _Board:
    """One shop in this process, watched by one screen of each audience."""

    workshop: Workshop
    shop: Shop
    epoch: str
    now: datetime
    moves: Iterator[Ask]
    windows: _Windows
    papers: list[_Paper]
    done: int = 0

    def move(self) -> None:
        """One card goes from one lane to another, and every screen has its frame."""
        name, body = next(self.moves)
        self.now += timedelta(milliseconds=100)
        self.done += 1
        asked = Pending(command_from(name, body), EVERYBODY, f"move-{self.done}")
        batch = write_batch(self.workshop.journal, self.epoch, self.shop, [asked], self.now)
        assert batch.shop is not self.shop, f"{name} {body}: {batch.decided}"
        self.shop = batch.shop
        position = (batch.epoch, self.shop.seq)
        self.workshop.live.refresh(self.shop, self.now, position)
        self.windows.pass_by()
        assert self.papers[0].frames, "a board saw nothing of it"
        for paper in self.papers:
            paper.frames.clear()


def rows() -> list[Row]:
    """The CPU of one update on both boards, and how many times as much the large one costs."""
    stay_on(SERVER_CORE)
    folder = Path(tempfile.mkdtemp(prefix="baylight-bench-"))
    try:
        small, large = (_opened(folder / str(jobs), jobs) for jobs in (SMALL, LARGE))
        for board in (small, large):
            _cost(board)
        pairs = [(_cost(small), _cost(large)) for _ in range(ROUNDS)]
        for board in (small, large):
            board.workshop.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    times = [of_large / of_small for of_small, of_large in pairs]
    few, many = (statistics.median(costs) for costs in zip(*pairs, strict=True))
    return [
        Row(
            f"CPU of one update, {LARGE} open jobs against {SMALL}: decide, write, project,"
            " render and frame for one screen of each audience",
            f"≤ {MOST_TIMES} ×",
            f"{spread(times, '×')}; {few:.2f} and {many:.2f} ms",
            statistics.median(times) <= MOST_TIMES,
        )
    ]


def _opened(folder: Path, jobs: int) -> _Board:
    environment = {"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"}
    seeded = seed(environment, jobs)
    workshop = Workshop(read_settings(environment))
    windows = _Windows()
    workshop.hub.put_off(windows.later)
    shop = workshop.first_desk.shop
    board = _Board(workshop, shop, workshop.journal.epoch, real_now(), _moves(seeded), windows, [])
    workshop.live.refresh(shop, board.now, (workshop.journal.epoch, shop.seq))
    for audience in ("board", "tv", "lounge", "tablet"):
        variant = variant_for(shop.id, audience, "zh-Hans", "", "t1")
        workshop.live.ensure(variant)
        board.papers.append(_Paper())
        workshop.hub.join(Screen(variant, "session", board.papers[-1]), None, None)
    windows.pass_by()
    return board


def _moves(seeded: Seeded) -> Iterator[Ask]:
    moves = {"dispatch_job", "move_job", "hold_job", "resume_job"}
    return (each for each in day_of(seeded.movable[:10], 0) if each[0] in moves)


def _cost(board: _Board) -> float:
    """CPU milliseconds of one update."""
    began = time.process_time()
    for _ in range(MOVES):
        board.move()
    return (time.process_time() - began) / MOVES * 1e3


if __name__ == "__main__":
    sys.exit(show(rows()))
