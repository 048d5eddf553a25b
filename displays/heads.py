"""Our HTTP protocol for uvicorn: the head of a request has a size and a time.

Speaks before anybody is known: what a stranger sends is bounded before it is kept.
"""

from asyncio import TimerHandle, Transport
from contextlib import suppress
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

HEAD_BYTES = 64 * 1024
"""The longest head: address and headers together, trailers and the like counted with them."""

HEAD_SECONDS = 15.0
"""How long a head may take from its connection or its first byte to its last."""

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

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write; nobody is told of what comes too late, for that is no fault of ours."""
        # uvloop raises on a closed transport, and uvicorn tells of the loss only the request it
        # read last, not one before it that is still being answered.
        with suppress(RuntimeError):
            self._transport.write(data)

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

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Wait for the first head no longer than for any other."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self._head_is_here()
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
        cycle.transport = _Outlet(self.transport)
        super()._start_asgi_task(cycle, app)
