"""One WebSocket client connection at the lowest price: frames in, small messages out."""

import asyncio
import struct
import time
from typing import Protocol, cast

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Ears(Protocol):
    """Whoever listens on a line."""

    refused: str

    def handshake(self) -> bytes:
        """The request that opens it."""
        ...

    def hear(self, first: int, payload: bytes, size: int, at: float) -> None:
        """Take in a text frame: its first byte, its payload, its bytes in all, and when it came."""
        ...

    def lost(self) -> None:
        """The line is dead."""
        ...


class Line(asyncio.Protocol):
    """One connection of a seat; the state outlives it."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._buffer = b""
        self._open = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._ears.handshake())

    def data_received(self, data: bytes) -> None:
        """Take in whole frames."""
        at = time.monotonic()
        buffer = self._buffer + data if self._buffer else data
        if not self._open:
            head, found, buffer = buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            self._open = head.startswith(b"HTTP/1.1 101")
            if not self._open:
                self._ears.refused = head[:200].decode("latin-1")
        self._buffer = self._frames(buffer, at)

    def _frames(self, buffer: bytes, at: float) -> bytes:
        start = 0
        while len(buffer) - start >= 2:
            size, body = buffer[start + 1], start + 2
            if size == 126:
                body = start + 4
                size = int.from_bytes(buffer[start + 2 : body])
            elif size == 127:
                body = start + 10
                size = int.from_bytes(buffer[start + 2 : body])
            if len(buffer) < body + size or body > len(buffer):
                break
            self._take(buffer[start], buffer[body : body + size], body + size - start, at)
            start = body + size
        return buffer[start:]

    def _take(self, first: int, payload: bytes, size: int, at: float) -> None:
        kind = first & 15
        if kind == _TEXT:
            self._ears.hear(first, payload, size, at)
        elif kind == _PING:
            self.say(payload, kind=_PONG)
        elif kind == _CLOSE and self.transport is not None:
            self.transport.close()

    def say(self, payload: bytes, kind: int = _TEXT) -> None:
        """Send one masked frame of at most 125 bytes; the mask is nought."""
        if self.transport is not None and not self.transport.is_closing():
            head = struct.pack("!BB4x", 128 | kind, 128 | len(payload))
            self.transport.write(head + payload)

    def connection_lost(self, exc: Exception | None) -> None:
        """Dial again, as a page does."""
        self._ears.lost()
