"""2,000 screens redial at once, as after a switch came back: how long until all are current.

python -m bench.redial

Each screen has a session of its own and says where it stands; what the server knew of sessions
has expired. Current is who has its first heartbeat. The floor are 2,000 bare handshakes with the
same server, in turns with the redials: a door that accepts and does nothing else.
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast
from urllib.request import urlopen

import uvloop

from bench.cores import CLIENT_CORE, SERVER_CORE, stay_on
from bench.redial_server import BARE, READS
from bench.seeding import Seat, seats, seed
from bench.table import HOME, Row, show, spread
from settings import read_settings
from tests.servers.processes import free_port
from workshop import Workshop

GOAL_RATIO = 1.5
SCREENS = 2000
JOBS = 300
ROUNDS = 7
BETWEEN_SECONDS = 1.6
"""Longer than a session is believed without looking."""

_STANDS = re.compile(rb'"beat":true,"boot":"([^"]+)","rev":([0-9]+)')


class Redial(asyncio.Protocol):
    """One screen; it remembers where it stood."""

    def __init__(self, seat: Seat | None, port: int) -> None:
        self._seat = seat
        self._port = port
        self._stands = ""
        self.current = asyncio.Event()

    def request(self) -> bytes:
        """The handshake."""
        path, cookie = (self._seat.path, self._seat.cookie) if self._seat else (BARE, "x=y")
        host = f"127.0.0.1:{self._port}"
        return (
            f"GET {path}{self._stands} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nCookie: {cookie}\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        self._transport = cast(asyncio.Transport, transport)
        self._heard = b""
        self._transport.write(self.request())

    def data_received(self, data: bytes) -> None:
        """A bare socket is there with the answer, a screen with its first heartbeat."""
        if self.current.is_set():
            return
        self._heard += data
        if self._seat is None:
            if b"\r\n\r\n" in self._heard:
                self.current.set()
        elif found := _STANDS.search(self._heard):
            self._stands = f"?boot={found[1].decode()}&rev={found[2].decode()}"
            self.current.set()

    async def dial(self) -> None:
        """Connect, and wait until current."""
        self.current.clear()
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        await self.current.wait()

    def hang_up(self) -> None:
        """Lose the connection."""
        self._transport.abort()


def rows() -> list[Row]:
    """The time, and the reads."""
    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as folder:
        port = free_port()
        environment = {"BAYLIGHT_DATA": folder, "BAYLIGHT_PORT": str(port), "MQTT_URL": "off"}
        everybody = _let_in(environment)
        stay_on(CLIENT_CORE)
        with _serving(environment, port):
            rounds = uvloop.run(_compare(everybody, port))
            variants = _told(port)["variants"]
    bare, ours, reads = zip(*rounds, strict=True)
    ratios = [one / floor for floor, one, _ in rounds]
    return [
        Row(
            f"{SCREENS} screens redial at once, each with a session: all are current",
            f"≤ {GOAL_RATIO} × {SCREENS} bare handshakes on the same server",
            f"{spread(ratios, '×')}: {spread(ours, 's')} to {spread(bare, 's')}",
            statistics.median(ratios) <= GOAL_RATIO,
        ),
        Row(
            f"Database reads while {SCREENS} screens redial, the tick's among them",
            f"≤ number of variants ({variants})",
            f"{spread(reads, digits=0)}",
            max(reads) <= variants,
        ),
    ]


def _let_in(environment: dict[str, str]) -> list[Seat]:
    """A seeded shop's screens, each with a session of its own."""
    first = seed(environment, JOBS).seats
    workshop = Workshop(read_settings(environment))
    try:
        crowds = [seats(workshop) for _ in range(SCREENS // len(first) - 1)]
    finally:
        workshop.close()
    return [*first, *(seat for crowd in crowds for seat in crowd)]


@contextmanager
def _serving(environment: dict[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.redial_server", str(port)]
    process = subprocess.Popen(command, cwd=HOME, env={**os.environ, **environment})
    try:
        stay_on(SERVER_CORE, process.pid)
        yield
    finally:
        process.kill()
        process.wait()


def _told(port: int) -> dict[str, int]:
    """How many variants there are, and how many reads there were."""
    with urlopen(f"http://127.0.0.1:{port}{READS}", timeout=30) as answer:
        told = json.loads(answer.read())
    return {"variants": told["variants"], "reads": sum(told["reads"].values())}


async def _compare(everybody: list[Seat], port: int) -> list[tuple[float, float, int]]:
    """In each round: seconds of bare handshakes, seconds of redialling, reads meanwhile."""
    await _until_it_answers(port)
    bare = [Redial(None, port) for _ in everybody]
    screens = [Redial(seat, port) for seat in everybody]
    await _dialled(screens[:200])
    await _hung_up(screens[:200])
    rounds: list[tuple[float, float, int]] = []
    for each in range(ROUNDS + 1):
        floor = await _dialled(bare)
        await _hung_up(bare)
        before = await asyncio.to_thread(_told, port)
        ours = await _dialled(screens)
        after = await asyncio.to_thread(_told, port)
        await _hung_up(screens)
        # In the first round nobody knows yet where they stand: it only warms up.
        if each:
            rounds.append((floor, ours, after["reads"] - before["reads"]))
    return rounds


async def _until_it_answers(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await asyncio.to_thread(_told, port)
                return
            except OSError:
                await asyncio.sleep(0.1)


async def _dialled(screens: Sequence[Redial]) -> float:
    """Seconds until all of them are current."""
    began = time.monotonic()
    async with asyncio.timeout(60):
        await asyncio.gather(*(screen.dial() for screen in screens))
    return time.monotonic() - began


async def _hung_up(screens: Sequence[Redial]) -> None:
    for screen in screens:
        screen.hang_up()
    await asyncio.sleep(BETWEEN_SECONDS)


if __name__ == "__main__":
    sys.exit(show(rows()))
