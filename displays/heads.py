"""Our HTTP protocol for uvicorn: a request's head has a size and a time, an answer is fetched.

Speaks before anybody is known: what a stranger sends is bounded before it is kept, and what a
stranger leaves unread is not kept for long.
"""

from asyncio import TimerHandle, Transport
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

HEAD_BYTES = 64 * 1024
"""The longest head: address and headers together, trailers and the like counted with them."""

HEAD_SECONDS = 15.0
"""How long a head may take from its connection or its first byte to its last."""

UNREAD_SECONDS = 15.0
"""How long an answer may wait for its reader."""

TAKEN_BYTES = 4096
"""What a reader must take in that time, unless less than that is left."""

_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class HeadTooLong(Exception):
    """Ends the parser's work; told to the peer as 431."""


class HostUnclear(Exception):
    """Ends the parser's work; told to the peer as 400 (RFC 9112, 3.2)."""


class _Outlet(Transport):
    """What an answer is written to: it may still be writing when its reader has gone."""

    def __init__(self, transport: Transport, wrote: Callable[[int], None]) -> None:
        self._transport = transport
        self._wrote = wrote

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write; nobody is told of what comes too late, for that is no fault of ours."""
        # uvloop raises on a closed transport, and uvicorn tells of the loss only the request it
        # read last, not one before it that is still being answered.
        with suppress(RuntimeError):
            self._transport.write(data)
            self._wrote(len(data))

    def is_closing(self) -> bool:
        """As of the line."""
        return self._transport.is_closing()

    def close(self) -> None:
        """End the line once all is written."""
        self._transport.close()


class BoundedHeads(HttpToolsProtocol):
    """One connection before it is a socket of ours."""

    _head_bytes = 0
    _unparsed_bytes = 0
    _is_too_long = False
    _deadline: TimerHandle | None = None
    _written_bytes = 0
    _due_bytes = 0
    _looks_again: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Wait for the first head no longer than for any other."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self._head_is_here()
        if self._looks_again is not None:
            self._looks_again.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes in; the parser keeps a header that is not complete, so it is counted too."""
        self._unparsed_bytes += len(data)
        super().data_received(data)
        if self._unparsed_bytes > HEAD_BYTES and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head_bytes = self._unparsed_bytes = 0
        self._expect_head()

    def on_url(self, url: bytes) -> None:
        """Count a part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header, or a trailer."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > HEAD_BYTES:
            self._is_too_long = True
            raise HeadTooLong

    def on_headers_complete(self) -> None:
        """The head is here; what stands before us and we must read the same host in it."""
        self._head_is_here()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() != "1.0"):
            raise HostUnclear
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A body has limits of its own."""
        self._unparsed_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Nothing of this request is left in the parser."""
        self._unparsed_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Turn away what could not be parsed, or was too long to be."""
        if self._is_too_long:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _refuse(self) -> None:
        self.transport.write(_TOO_LONG)
        self.transport.close()

    def _expect_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _too_slow(self) -> None:
        self._deadline = None
        self.transport.abort()

    def _head_is_here(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: "ASGI3Application") -> None:
        cycle.transport = _Outlet(self.transport, self._wrote)
        super()._start_asgi_task(cycle, app)

    def _wrote(self, size: int) -> None:
        self._written_bytes += size
        if self._looks_again is None:
            self._look_later()

    def _look_later(self) -> None:
        self._due_bytes = min(self._written_bytes, self._taken_bytes() + TAKEN_BYTES)
        self._looks_again = self.loop.call_later(UNREAD_SECONDS, self._look)

    def _taken_bytes(self) -> int:
        return self._written_bytes - self.transport.get_write_buffer_size()

    def _look(self) -> None:
        """Cut off who took too little of what was there; a large answer may take its time."""
        self._looks_again = None
        if self.transport.get_protocol() is not self:
            return
        if self._taken_bytes() < self._due_bytes:
            self.transport.abort()
        elif self._taken_bytes() < self._written_bytes:
            self._look_later()
