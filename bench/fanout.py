"""What one delivered frame costs the server, against a bare asyncio protocol in the same run.

python -m bench.fanout

The floor is a raw asyncio.Protocol on the same uvloop loop in the same process: it writes one
prebuilt frame of the same 700 bytes to as many sockets, in turns with the hub. What idle sockets
cost (pings and pongs) is measured as well, taken off the floor and left on the hub.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable

import uvloop

from bench.bare_hub import WALL, card, filled_hub, serve_bare, serve_hub, settled
from bench.cores import SERVER_CORE, stay_on
from bench.readers import readers
from bench.table import Row, show, spread
from displays.fanout import WINDOW_SECONDS
from displays.frames import framed

GOAL_RATIO = 1.35
CROWDS = (500, 2000)
ROUNDS = 9
FRAMES = 20
FRAME_BYTES = 700


def rows() -> list[Row]:
    """One row for each size of crowd."""
    stay_on(SERVER_CORE)
    return [_row(screens) for screens in CROWDS]


def _row(screens: int) -> Row:
    costs = uvloop.run(_compare(screens))
    ratios = [hub / floor for floor, hub in costs]
    floor, hub = (statistics.median(each) for each in zip(*costs, strict=True))
    return Row(
        f"CPU per delivered frame, {screens} sockets, {FRAME_BYTES} B, uncompressed "
        "(floor: a raw asyncio.Protocol on the same uvloop loop)",
        f"≤ {GOAL_RATIO} × floor",
        f"{spread(ratios, '×')}; {hub:.1f} µs to {floor:.1f} µs",
        statistics.median(ratios) <= GOAL_RATIO,
    )


async def _compare(screens: int) -> list[tuple[float, float]]:
    """Microseconds of CPU per delivery in each round: the floor's and the hub's."""
    bare: list[asyncio.Transport] = []
    hub = filled_hub()
    ports = [await serve_bare(bare), await serve_hub(hub)]
    async with readers(ports, screens):
        await settled(lambda: len(bare) == len(hub.screens()) == screens)
        padding = _padding(hub.publish, lambda: hub.counts.written_bytes, screens)

        def send_bare(number: int) -> None:
            data = framed(card(number, FRAME_BYTES).encode()[: FRAME_BYTES - 4])
            for transport in bare:
                transport.write(data)

        def send_hub(number: int) -> None:
            hub.publish(WALL, {"job-a": card(number, padding)}, (), ("e", number))

        costs: list[tuple[float, float]] = []
        for each in range(ROUNDS + 1):
            first = each * FRAMES + 1
            idle = await _cpu(lambda _number: None, first)
            floor = await _cpu(send_bare, first) - idle
            costs.append((floor, await _cpu(send_hub, first)))
        scale = 1e6 / FRAMES / screens
        # The first round only warms up.
        return [(floor * scale, ours * scale) for floor, ours in costs[1:]]


def _padding(publish: Callable[..., None], written: Callable[[], int], screens: int) -> int:
    """How long a card must be for a frame of the wanted size."""
    before = written()
    publish(WALL, {"job-a": card(99_999_999, 300)}, (), ("e", 1))
    # At most one burst is written before the loop gets a turn.
    sent = (written() - before) // min(screens, 256)
    return 300 + FRAME_BYTES - sent


async def _cpu(send: Callable[[int], None], first: int) -> float:
    """CPU seconds of this process for so many frames."""
    before = time.process_time()
    for number in range(first, first + FRAMES):
        send(number)
        await asyncio.sleep(WINDOW_SECONDS * 2)
    return time.process_time() - before


if __name__ == "__main__":
    sys.exit(show(rows()))
