"""Many live sockets in a process of their own: they read fast and write down when what came.

Each follows its revs as a page does: takes deltas that fit, asks anew when one does not, and
dials again, with the pages' jitter, when it is cut off.
"""

import asyncio
import hashlib
import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

import msgspec
import uvloop

from bench.line import Line
from bench.seeding import Seat

REDIAL_SECONDS = 2.0
_KEY = "AAAAAAAAAAAAAAAAAAAAAA=="


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message at a socket: when (seconds of the monotonic clock), which seq, bytes on the wire.

    `rev` is the variant's own count after it; `beat`: it was only the heartbeat.
    """

    seat: int
    at: float
    seq: int
    rev: int
    size: int
    beat: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a socket stands: a hash over what it shows, and whether it is connected."""

    seat: int
    boot: str
    rev: int
    seq: int
    shown: str
    regions: int
    is_open: bool
    resyncs: int
    dials: int


class Message(msgspec.Struct, rename={"since": "from"}):
    """A frame or a heartbeat as it comes."""

    boot: str
    rev: int
    seq: int
    beat: bool = False
    full: bool = False
    since: int = -1
    regions: dict[str, str] = {}
    gone: tuple[str, ...] = ()


@dataclass(slots=True)
class Log:
    """What all sockets of the process heard; frames are shared, so each is decoded once."""

    arrivals: list[Arrival] = field(default_factory=list)
    decoded: dict[bytes, Message] = field(default_factory=dict)

    def message(self, first: int, payload: bytes) -> Message:
        """What the payload says; `first` is the frame's first byte."""
        known = self.decoded.get(payload)
        if known is None:
            plain = _inflated(payload) if first & 64 else payload
            known = msgspec.json.decode(plain, type=Message)
            if len(self.decoded) > 4096:
                self.decoded.clear()
            self.decoded[payload] = known
        return known


def hash_of(regions: Mapping[str, str]) -> str:
    """A hash over what is shown, region by region in order of their ids."""
    found = hashlib.blake2b(digest_size=16)
    for key, html in sorted(regions.items()):
        found.update(f"{key}\0{len(html)}\0{html}\0".encode())
    return found.hexdigest()


def _inflated(payload: bytes) -> bytes:
    return zlib.decompressobj(wbits=-15).decompress(payload + b"\0\0\xff\xff")


class Screen:
    """One seat: what it shows and where it stands."""

    def __init__(self, number: int, seat: Seat, port: int, log: Log, compressed: bool) -> None:
        self._number = number
        self._seat = seat
        self._port = port
        self._log = log
        self._compressed = compressed
        self._boot, self._rev, self._seq = "", -1, 0
        self._regions: dict[str, str] = {}
        self._socket: Line | None = None
        self._asked = -3.0
        self._resyncs = self._dials = 0
        self.refused = ""
        self.is_current = asyncio.Event()

    async def dial(self) -> None:
        """Connect; on failure again soon."""
        loop = asyncio.get_running_loop()
        self._dials += 1
        try:
            _, socket = await loop.create_connection(lambda: Line(self), "127.0.0.1", self._port)
            self._socket = socket
        except OSError:
            self.lost()

    def handshake(self) -> bytes:
        """The request that opens the socket, telling where the screen stands."""
        stands = f"?boot={self._boot}&rev={self._rev}" if self._boot else ""
        deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n" if self._compressed else ""
        host = f"127.0.0.1:{self._port}"
        return (
            f"GET {self._seat.path}{stands} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {_KEY}\r\n"
            f"Sec-WebSocket-Version: 13\r\n{deflate}Cookie: {self._seat.cookie}\r\n\r\n"
        ).encode()

    def hear(self, first: int, payload: bytes, size: int, at: float) -> None:
        """Take in one message."""
        told = self._log.message(first, payload)
        self._log.arrivals.append(Arrival(self._number, at, told.seq, told.rev, size, told.beat))
        if told.beat:
            if (told.boot, told.rev) != (self._boot, self._rev):
                self._ask(at)
            else:
                self._seq = told.seq
                self.is_current.set()
        elif told.full or (told.boot, told.since) == (self._boot, self._rev):
            self._apply(told)
        else:
            self._ask(at)

    def _apply(self, told: Message) -> None:
        if told.full:
            self._regions = {}
        self._regions.update(told.regions)
        for key in told.gone:
            self._regions.pop(key, None)
        self._boot, self._rev, self._seq = told.boot, told.rev, told.seq

    def _ask(self, at: float) -> None:
        self.is_current.clear()
        if self._socket is not None and at - self._asked > 3:
            self._asked = at
            self._resyncs += 1
            stands = {"resync": {"boot": self._boot, "rev": self._rev}}
            self._socket.say(msgspec.json.encode(stands))

    def lost(self) -> None:
        """The connection is gone: again after a while."""
        self._socket = None
        self.is_current.clear()
        loop = asyncio.get_running_loop()
        wait = random.random() * REDIAL_SECONDS
        loop.call_later(wait, lambda: loop.create_task(self.dial()))

    def standing(self) -> Standing:
        """Where it stands now."""
        return Standing(
            self._number,
            self._boot,
            self._rev,
            self._seq,
            hash_of(self._regions),
            len(self._regions),
            self._socket is not None and self.is_current.is_set(),
            self._resyncs,
            self._dials,
        )


async def _attend(seats: Sequence[Seat], port: int, compressed: bool, line: Connection) -> None:
    log = Log()
    screens = [Screen(n, seat, port, log, compressed) for n, seat in enumerate(seats)]
    for start in range(0, len(screens), 20):
        batch = screens[start : start + 20]
        await asyncio.gather(*(screen.dial() for screen in batch))
        await _all_current(batch)
    line.send("ready")
    while (asked := await asyncio.to_thread(line.recv)) != "end":
        if asked == "mark":
            log.arrivals = []
            line.send(None)
        elif asked == "heard":
            line.send(log.arrivals)
        elif asked == "standing":
            line.send([screen.standing() for screen in screens])


async def _all_current(screens: Sequence[Screen]) -> None:
    try:
        async with asyncio.timeout(30):
            await asyncio.gather(*(screen.is_current.wait() for screen in screens))
    except TimeoutError:
        said = {screen.refused for screen in screens}
        raise RuntimeError(f"sockets did not open: {said}") from None


def attend(seats: Sequence[Seat], port: int, compressed: bool, line: Connection) -> None:
    """Open a socket for every seat and serve questions on `line` until told to end."""
    uvloop.run(_attend(seats, port, compressed, line))
