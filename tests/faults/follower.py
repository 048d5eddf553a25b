"""A screen without a browser that behaves as static/live.js does: counts revs, asks, dials anew.

Lives on the loop of a Network; a test starts it, lets it sleep and wake, and reads where it stands.
"""

import asyncio
import json
import random
import time
from asyncio import Task
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets import Origin
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.e2e.running import RunningShop
from tests.e2e.watching import Regions, Visitor
from tests.faults.proxy import Network, Proxy
from tests.servers.fair_clock import fair_seconds

SILENCE_SECONDS = 12.0
ASK_SECONDS = 3.0
REDIAL_SECONDS = 0.3
"""Shorter than a page's two seconds: what is tried here is that it comes back, not when."""
REVOKED = 4401
HEARD_KEPT = 2000

Heard = tuple[float, str, int]
"""When a message came, and up to where in which history it shows the shop."""


@dataclass
class Told:
    """What a screen was told, and what it made of it."""

    boot: str = ""
    rev: int = -1
    seq: int = 0
    epoch: str = ""
    at: int = 0
    regions: Regions = field(default_factory=dict)
    dials: int = 0
    lost: int = 0
    silences: int = 0
    snapshots: int = 0
    deltas: int = 0
    beats: int = 0
    asked: int = 0
    heard_at: float = 0.0
    heard: deque[Heard] = field(default_factory=lambda: deque(maxlen=HEARD_KEPT))
    codes: list[int] = field(default_factory=list)
    closed_at: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def frames(self) -> int:
        """How many messages changed something."""
        return self.snapshots + self.deltas

    @property
    def revoked(self) -> bool:
        """Whether it was told to stay dead."""
        return REVOKED in self.codes


class Follower:
    """One screen. `url` is the live address without query; `headers` say who looks."""

    def __init__(self, network: Network, url: str, **headers: str) -> None:
        self.told = Told()
        self.look: Callable[[Regions], None] = lambda regions: None
        """Called on the network's loop with what the screen shows, after every frame."""
        self._network = network
        self._url = url
        self._headers = headers
        self._task: Task[None] | None = None
        self._line: ClientConnection | None = None
        self._may_ask_at = 0.0

    # What a test does with a screen.

    def start(self) -> "Follower":
        """Dial and follow from here on."""
        self._network.do(self._start)
        return self

    def sleep(self) -> None:
        """Hang up without a goodbye and do not dial until woken."""
        self._network.do(self._stop)

    def read(self, what: Callable[[Told], Any]) -> Any:
        """Something of what was told, read between two frames."""
        return self._network.do(lambda: what(self.told))

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = self._network.loop.create_task(self._follow())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._line is not None:
            self._line.transport.abort()

    # The screen.

    async def _follow(self) -> None:
        while not self.told.revoked:
            try:
                await self._dial()
            except (OSError, WebSocketException, EOFError):
                self.told.lost += 1
            except Exception as error:
                self.told.faults.append(repr(error))
            await asyncio.sleep(random.random() * REDIAL_SECONDS)

    async def _dial(self) -> None:
        told = self.told
        held = f"{'&' if '?' in self._url else '?'}boot={told.boot}&rev={told.rev}"
        self._line = await connect(
            self._url + (held if told.boot else ""),
            additional_headers=self._headers,
            origin=Origin(self._url.partition("/live")[0].replace("ws://", "http://")),
            proxy=None,
            max_size=None,
            ping_interval=None,
            close_timeout=1,
            open_timeout=SILENCE_SECONDS,
        )
        told.dials += 1
        try:
            await self._hear(self._line)
        except ConnectionClosed as closed:
            told.codes.append(closed.rcvd.code if closed.rcvd else 1006)
            told.closed_at = time.monotonic()
        finally:
            self._line.transport.abort()

    async def _hear(self, line: ClientConnection) -> None:
        while True:
            try:
                # Not wait_for: in Python 3.11 it may swallow that the screen was put to sleep.
                async with asyncio.timeout(SILENCE_SECONDS):
                    message = await line.recv()
            except TimeoutError:
                self.told.silences += 1
                return
            self.told.heard_at = fair_seconds()
            await self._take(json.loads(message), line)

    async def _take(self, message: dict[str, Any], line: ClientConnection) -> None:
        told = self.told
        told.seq, told.epoch, told.at = message["seq"], message["epoch"], message["at"]
        told.heard.append((told.heard_at, told.epoch, told.seq))
        if message.get("beat"):
            told.beats += 1
            if (message["boot"], message["rev"]) != (told.boot, told.rev):
                await self._ask(line)
        elif message["full"] or (message["boot"], message["from"]) == (told.boot, told.rev):
            self._apply(message)
        else:
            await self._ask(line)

    async def _ask(self, line: ClientConnection) -> None:
        if time.monotonic() < self._may_ask_at:
            return
        self._may_ask_at = time.monotonic() + ASK_SECONDS
        self.told.asked += 1
        stand = {"boot": self.told.boot or None, "rev": max(self.told.rev, 0)}
        await line.send(json.dumps({"resync": stand}))

    def _apply(self, message: dict[str, Any]) -> None:
        told = self.told
        if message["boot"] == told.boot and message["rev"] < told.rev:
            told.faults.append(f"went back from {told.rev} to {message['rev']}")
        regions = {} if message["full"] else dict(told.regions)
        regions.update(message["regions"])
        for key in message["gone"]:
            regions.pop(key, None)
        told.regions, told.boot, told.rev = regions, message["boot"], message["rev"]
        told.snapshots += bool(message["full"])
        told.deltas += not message["full"]
        self.look(regions)


def follower_of(
    network: Network, visitor: Visitor, audience: str, through: Proxy | None = None
) -> Follower:
    """A screen of somebody who is signed in, through a proxy if one is given."""
    port = through.port if through else visitor.shop.port
    return Follower(network, f"ws://127.0.0.1:{port}/live/{audience}", Cookie=visitor.cookies)


def seen_through(visitor: Visitor, proxy: Proxy) -> Visitor:
    """The same browser, asking through a proxy."""
    return Visitor(RunningShop(visitor.shop.folder, proxy.port), visitor.cookies)
