"""A wire that keeps what is written on it, a page that reads it, and time that stands still."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any

from displays.hub import Hub, Screen, Variant

BOARD = Variant("shop", "board", "en")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@dataclass(order=True)
class Call:
    """A function to be called at a time, unless taken back."""

    at: float
    turn: int
    run: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Take it back."""
        self.cancelled = True


class Timeline:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self._calls: list[Call] = []
        self._turns = count()

    def later(self, seconds: float, run: Callable[[], None]) -> Call:
        """What the hub is given in place of the loop's own."""
        call = Call(self.now + seconds, next(self._turns), run)
        heappush(self._calls, call)
        return call

    def pass_time(self, seconds: float) -> None:
        """Let time pass and make the calls that fall due."""
        end = self.now + seconds
        while self._calls and self._calls[0].at <= end:
            call = heappop(self._calls)
            self.now = max(self.now, call.at)
            if not call.cancelled:
                call.run()
        self.now = end


def unframed(data: bytes) -> dict[str, Any]:
    """The message in one server frame."""
    size, start = data[1], 2
    if size == 126:
        size, start = int.from_bytes(data[2:4]), 4
    elif size == 127:
        size, start = int.from_bytes(data[2:10]), 10
    payload = data[start : start + size]
    assert len(data) == start + size
    assert data[1] < 128
    if data[0] & 0x40:
        payload = zlib.decompress(payload + b"\0\0\xff\xff\3\0", wbits=-15)
    message: dict[str, Any] = json.loads(payload)
    return message


class PaperWire:
    """A connection without a network. `slow` makes it full with the next frame."""

    def __init__(self, compressed: bool = False) -> None:
        self.compressed = compressed
        self.on_stuck: Callable[[], None] = lambda: None
        self.on_drained: Callable[[], None] = lambda: None
        self.written: list[bytes] = []
        self.full = False
        self.slow = False
        self.broken = False
        self.closed: int | None = None
        self.aborted = False

    @property
    def takes(self) -> bool:
        """Whether it takes a frame."""
        return not (self.full or self.aborted or self.closed)

    def write(self, data: bytes) -> None:
        """Keep a frame."""
        if self.broken:
            raise OSError("the line is dead")
        assert self.takes
        self.written.append(data)
        if self.slow:
            self.full = True
            self.on_stuck()

    def drain(self) -> None:
        """The reader caught up."""
        self.slow = False
        if self.full:
            self.full = False
            self.on_drained()

    def close(self, code: int, reason: str = "") -> None:
        """Note the code."""
        self.closed = code

    def abort(self) -> None:
        """Note the end."""
        self.aborted = True

    def unsent(self) -> int:
        """Nothing is really sent."""
        return 0


class Page:
    """What a browser does with frames, without the browser: applies, and asks when in doubt."""

    def __init__(self, hub: Hub, compressed: bool = False, session: str = "s") -> None:
        self.hub = hub
        self.compressed = compressed
        self.session = session
        self.boot: str | None = None
        self.rev: int | None = None
        self.regions: dict[str, str] = {}
        self.heard: list[dict[str, Any]] = []
        self.wire = PaperWire()
        self.screen: Screen | None = None

    def dial(self, variant: Variant = BOARD) -> None:
        """Connect with what is held, as after a lost connection."""
        self.hang_up()
        self.wire = PaperWire(self.compressed)
        self.screen = Screen(variant, self.session, self.wire)
        self.hub.join(self.screen, self.boot, self.rev)
        self.read()

    def hang_up(self) -> None:
        """Lose the connection."""
        self.read()
        if self.screen is not None:
            self.hub.leave(self.screen)
            self.screen = None

    def read(self) -> None:
        """Take in what has arrived since the last time."""
        arrived, self.wire.written = self.wire.written, []
        for data in arrived:
            self.take(unframed(data))

    def take(self, message: dict[str, Any]) -> None:
        """One frame or heartbeat."""
        self.heard.append(message)
        if message.get("beat"):
            assert (message["boot"], message["rev"]) == (self.boot, self.rev)
            return
        if message["full"]:
            self.regions = {}
        else:
            assert (message["boot"], message["from"]) == (self.boot, self.rev)
        self.regions.update(message["regions"])
        for key in message["gone"]:
            self.regions.pop(key, None)
        self.boot, self.rev = message["boot"], message["rev"]

    @property
    def frames(self) -> list[dict[str, Any]]:
        """What was heard, without the heartbeats."""
        return [message for message in self.heard if not message.get("beat")]


def make_hub(timeline: Timeline, boot: str = "boot-1") -> Hub:
    """A hub whose time is the timeline's and whose shop stands at noon."""
    return Hub(boot, "build-1", lambda: NOON, 1.0, timeline.later)
