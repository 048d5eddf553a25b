"""From a move's request to the frame at the last of 200 sockets, beside the least possible.

python -m bench.latency

Moves go one at a time over a kept connection to `baylight serve` with 300 jobs open; the last
socket is the last of those that the move concerns. The floor (bench/latency_floor.py) takes turns
with it, with as many sockets, on the same cores.
"""

import asyncio
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import uvloop

from bench.askers import Answered, Ask, Asker, day_of
from bench.cores import CLIENT_CORE, stay_on
from bench.crowd import Crowd, Shop, cores_said, crowd_of, shop_of
from bench.delays import Delays, mark, timers
from bench.latency_floor import floor_server
from bench.sockets import Arrival
from bench.table import Row, show, spread
from tests.servers.processes import free_port

JOBS, SCREENS = 300, 200
ROUNDS, MOVES, EVERY_SECONDS = 5, 40, 0.12
SETTLING_SECONDS = 1.0
MOST_MS = {50: 8.0, 99: 30.0}
_MOVES = frozenset({"dispatch_job", "move_job"})


def rows() -> list[Row]:
    """The middle and the slowest hundredth."""
    stay_on(CLIENT_CORE)
    port = free_port()
    with (
        shop_of(JOBS) as shop,
        crowd_of(shop) as crowd,
        floor_server(port, shop.folder),
        timers(port, SCREENS) as delays,
    ):
        ours, floors, reached = uvloop.run(_compare(shop, crowd, port, delays))
    return [_row(percent, ours, floors, reached) for percent in MOST_MS]


def _row(percent: int, ours: list[list[float]], floors: list[list[float]], reached: int) -> Row:
    """Over all moves of all rounds; the spread is that of the rounds."""
    found, floor = (_percentile(list(chain(*each)), percent) for each in (ours, floors))
    rounds = [_percentile(each, percent) for each in ours]
    return Row(
        f"Move request → frame at the last of {SCREENS} sockets, p{percent}, {JOBS} jobs open; "
        f"{cores_said()}",
        f"≤ {MOST_MS[percent]:.0f} ms",
        f"{found:.1f} ms, {found / floor:.1f} × the floor's {floor:.1f} ms "
        f"({len(ours) * MOVES} moves; by rounds {spread(rounds, 'ms', 1)}; "
        f"a frame for {reached} sockets)",
        found <= MOST_MS[percent],
    )


def _percentile(delays: list[float], percent: int) -> float:
    return statistics.quantiles(delays, n=100, method="inclusive")[percent - 1] * 1000


async def _compare(
    shop: Shop, crowd: Crowd, port: int, delays: Delays
) -> tuple[list[list[float]], list[list[float]], int]:
    """Delays of our rounds and of the floor's, and how many sockets a move reached."""
    moves = (ask for ask in day_of(shop.seeded.movable[:10], 0) if ask[0] in _MOVES)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ours: list[list[float]] = []
    floors: list[list[float]] = []
    for _ in range(ROUNDS + 1):
        found, reached = await _moved(shop, crowd, moves)
        ours.append(found)
        floors.append(await _floor(reader, writer, delays))
    # The first round only warms up.
    return ours[1:], floors[1:], reached


async def _moved(shop: Shop, crowd: Crowd, moves: Iterator[Ask]) -> tuple[list[float], int]:
    await asyncio.to_thread(crowd.mark)
    # The server closes a connection that says nothing during the floor's turn.
    asker = await Asker(shop.port, shop.seeded.keys[0]).dial()
    done: list[Answered] = []
    for name, body in islice(moves, MOVES):
        done.append(await asker.ask(name, body))
        await asyncio.sleep(EVERY_SECONDS)
    asker.hang_up()
    await asyncio.sleep(SETTLING_SECONDS)
    last, reached = last_frames(done, await asyncio.to_thread(crowd.heard))
    return last, int(statistics.median(reached))


def last_frames(
    done: Sequence[Answered], arrivals: Iterable[Arrival]
) -> tuple[list[float], list[int]]:
    """Of each move the seconds to the last screen that it concerns, and how many those are."""
    heard = [each for each in arrivals if not each.beat]
    last: list[float] = []
    reached: list[int] = []
    for each, later in zip(done, [each.seq for each in done[1:]] + [sys.maxsize], strict=True):
        first: dict[int, float] = {}
        for arrival in heard:
            if each.seq <= arrival.seq < later:
                first.setdefault(arrival.seat, arrival.at)
        if not first:
            raise RuntimeError(f"{each.name} with seq {each.seq} reached nobody")
        last.append(max(first.values()) - each.asked)
        reached.append(len(first))
    return last, reached


async def _floor(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delays: Delays
) -> list[float]:
    found: list[float] = []
    await delays.taken()
    for _ in range(MOVES):
        writer.write(mark().encode())
        await reader.readexactly(4)
        await asyncio.sleep(EVERY_SECONDS)
        taken = await delays.taken()
        if len(taken) != SCREENS:
            raise RuntimeError(f"the floor reached {len(taken)} sockets")
        found.append(max(at - sent for _, sent, at in taken))
    return found


if __name__ == "__main__":
    sys.exit(show(rows()))
