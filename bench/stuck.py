"""One reader that stops reading, among 200 others: what the others feel, and what it costs.

python -m bench.stuck

Rounds with and without it take turns on one server. The stuck reader asks for its socket and
then reads nothing; what is sent in a round is more than its buffers hold.
"""

import asyncio
import random
import socket
import statistics
import string
import sys
from pathlib import Path

import uvloop

from bench.bare_hub import WALL, filled_hub, serve_hub, settled
from bench.cores import SERVER_CORE, stay_on
from bench.delays import Delays, Heard, mark, timers
from bench.readers import HANDSHAKE
from bench.table import Row, show, spread
from displays.hub import Hub

GOAL_RATIO = 1.1
MOST_GROWTH_MB = 4.0
OTHERS = 200
ROUNDS = 7
LARGE, LARGE_EVERY_SECONDS = 12, 0.2
SMALL, SMALL_EVERY_SECONDS = 60, 0.04
LARGE_PADDING = "".join(random.Random(7).choices(string.ascii_letters, k=60_000))
"""A dozen of these are more than a stuck socket may have waiting, here and in the kernel."""

SMALL_PADDING = LARGE_PADDING[:500]


def rows() -> list[Row]:
    """The others' delays, and the memory."""
    stay_on(SERVER_CORE)
    without, beside, growth, stuck = uvloop.run(_compare())
    ratio = statistics.median(beside) / statistics.median(without)
    return [
        Row(
            f"One reader that stops reading, {OTHERS} others: their p99",
            f"≤ {GOAL_RATIO} × the run without it",
            f"{ratio:.2f} ×: {spread(beside, 'ms', 1)} to {spread(without, 'ms', 1)}",
            ratio <= GOAL_RATIO and stuck == ROUNDS,
        ),
        Row(
            f"Memory of the server over {ROUNDS} such readers",
            f"grows ≤ {MOST_GROWTH_MB:.0f} MB",
            f"{growth:+.1f} MB; {stuck} were found stuck",
            growth <= MOST_GROWTH_MB and stuck == ROUNDS,
        ),
    ]


async def _compare() -> tuple[list[float], list[float], float, int]:
    """p99 in ms without and beside a stuck reader, growth in MB, how many were stuck."""
    hub = filled_hub()
    port = await serve_hub(hub)
    with timers(port, OTHERS) as delays:
        await settled(lambda: len(hub.screens()) == OTHERS)
        await _p99(hub, delays)
        await _p99_beside_stuck(hub, delays, port)
        memory, stuck = _resident_mb(), hub.counts.stuck
        without: list[float] = []
        beside: list[float] = []
        for _ in range(ROUNDS):
            without.append(await _p99(hub, delays))
            beside.append(await _p99_beside_stuck(hub, delays, port))
        return without, beside, _resident_mb() - memory, hub.counts.stuck - stuck


async def _p99_beside_stuck(hub: Hub, delays: Delays, port: int) -> float:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(HANDSHAKE)
        await settled(lambda: len(hub.screens()) == OTHERS + 1)
        found = await _p99(hub, delays)
    await settled(lambda: len(hub.screens()) == OTHERS)
    return found


async def _p99(hub: Hub, delays: Delays) -> float:
    """Milliseconds within which 99 of 100 changes were there; before them, what fills a buffer."""
    await _send(hub, LARGE, LARGE_PADDING, LARGE_EVERY_SECONDS)
    await asyncio.sleep(0.2)
    await delays.taken()
    sent = await _send(hub, SMALL, SMALL_PADDING, SMALL_EVERY_SECONDS)
    heard: list[Heard] = []
    await asyncio.sleep(0.2)
    while more := await delays.taken():
        heard += more
        await asyncio.sleep(0.3)
    return statistics.quantiles(_delays(sent, heard), n=100)[98] * 1000


async def _send(hub: Hub, count: int, padding: str, every_seconds: float) -> list[float]:
    """Make so many changes; when each was made."""
    sent: list[float] = []
    for number in range(count):
        marked = mark()
        sent.append(float(marked[len("<i>") : -len("</i>")]))
        html = f'<article id="job-a">{number}{padding}{marked}</article>'
        hub.publish(WALL, {"job-a": html}, (), ("e", number))
        await asyncio.sleep(every_seconds)
    return sent


def _delays(sent: list[float], heard: list[Heard]) -> list[float]:
    """Seconds until each reader had each change, or a later one, which stands in its place.

    RuntimeError if a reader never had the last one.
    """
    arrivals: list[list[tuple[float, float]]] = [[] for _ in range(OTHERS)]
    for reader, moment, at in heard:
        arrivals[reader].append((moment, at))
    found: list[float] = []
    for own in arrivals:
        if not own or own[-1][0] < sent[-1]:
            raise RuntimeError("a reader never had the last change")
        found += [next(at for told, at in own if told >= moment) - moment for moment in sent]
    return found


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(show(rows()))
