"""What goes over a live socket: frames and heartbeats as JSON, and their WebSocket framing.

Pure. Knows neither sockets nor who is watching.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

Position = tuple[str, int]
"""Where the journal stood: (epoch, seq)."""

WORTH_DEFLATING_BYTES = 256
"""Below this a compressed frame saves nothing; permessage-deflate allows plain ones in between."""

_SHORT, _LONG = (12, 6), (15, 8)
"""Window and memory of zlib. Clearing the tables of a long one takes several times as long as
packing a short frame, which comes out the same: it lies within the shorter window."""

_SHORT_BYTES = 4096

_TEXT, _FIN, _RSV1 = 0x01, 0x80, 0x40
_EMPTY_BLOCK_BYTES = 4


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware moment."""
    return round(moment.timestamp() * 1000)


def framed(payload: bytes, *, deflated: bool = False) -> bytes:
    """One unmasked, unfragmented text frame around a payload."""
    first = _FIN | _TEXT | (_RSV1 if deflated else 0)
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", first, size) + payload
    if size < 65536:
        return struct.pack("!BBH", first, 126, size) + payload
    return struct.pack("!BBQ", first, 127, size) + payload


def control(opcode: int, payload: bytes = b"") -> bytes:
    """One unmasked control frame: close, ping or pong; at most 125 bytes of payload."""
    return struct.pack("!BB", _FIN | opcode, len(payload)) + payload


def deflate(payload: bytes) -> bytes:
    """A permessage-deflate payload that depends on no earlier message, so anybody can read it."""
    window, memory = _SHORT if len(payload) <= _SHORT_BYTES else _LONG
    squeeze = zlib.compressobj(wbits=-window, memLevel=memory)
    packed = squeeze.compress(payload) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    return packed[:-_EMPTY_BLOCK_BYTES]


class Built:
    """One message, framed at most twice: plain and compressed, each on first use."""

    __slots__ = ("_deflated", "_plain", "payload")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self._plain: bytes | None = None
        self._deflated: bytes | None = None

    def wire(self, deflated: bool) -> bytes:
        """The bytes for a socket with or without compression; the same object every time."""
        if not deflated or len(self.payload) < WORTH_DEFLATING_BYTES:
            if self._plain is None:
                self._plain = framed(self.payload)
            return self._plain
        if self._deflated is None:
            self._deflated = framed(deflate(self.payload), deflated=True)
        return self._deflated


@dataclass(frozen=True, slots=True)
class Head:
    """Where a variant stands: boot token, own count, the journal's position, the shop's time."""

    boot: str
    rev: int
    position: Position
    at: datetime

    def fields(self) -> dict[str, object]:
        """The part that every message to a screen carries; `at` in milliseconds."""
        epoch, seq = self.position
        at = milliseconds(self.at)
        return {"boot": self.boot, "rev": self.rev, "seq": seq, "epoch": epoch, "at": at}


def snapshot(head: Head, regions: Mapping[str, str]) -> Built:
    """Everything a variant shows; the screen drops what is not in it."""
    body = {**head.fields(), "regions": regions, "gone": (), "full": True}
    return Built(msgspec.json.encode(body))


def delta(head: Head, since: int, regions: Mapping[str, str], gone: Collection[str]) -> Built:
    """What changed after rev `since`; only a screen that stands there may apply it."""
    told: dict[str, object] = {"regions": regions, "gone": tuple(gone), "full": False}
    return Built(msgspec.json.encode({**head.fields(), "from": since, **told}))


def heartbeat(head: Head, rate: float, build: str) -> Built:
    """The proof of life: the head of both counts, the shop's clock and its speed, the build."""
    return Built(msgspec.json.encode({"beat": True, **head.fields(), "rate": rate, "build": build}))


def order(what: str) -> Built:
    """What a page is told to do at once: `identify` or `reload`."""
    return Built(msgspec.json.encode({"do": what}))
