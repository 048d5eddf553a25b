"""Our WebSocket protocol for uvicorn: prebuilt frames straight to the transport, hard limits.

Speaks for one connection: negotiates compression that can be shared, tells the hub when the
buffer is full or drained, and cuts off a peer that stopped reading. Knows no regions.
"""

import asyncio
import socket
from asyncio import TimerHandle
from asyncio.transports import BaseTransport
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from displays.compression import SharedDeflate
from displays.heads import BoundedHeads
from displays.inbound import INBOUND_BYTES, BoundedPeer

EXTENSION = "baylight.wire"
"""Where the ASGI scope's extensions carry the connection."""

UNSENT_BYTES = 256 * 1024
"""Above this a screen is stuck; below a quarter of it, it has drained."""

KERNEL_BUFFER_BYTES = 128 * 1024
"""Kept small: what the kernel holds can no longer be replaced by something newer."""

LINGER_SECONDS = 1.0
"""How long a goodbye may take before the connection is cut."""

DEAD_PEER_MS = 10_000

UVICORN: dict[str, Any] = {
    "http": BoundedHeads,
    "ws_max_size": INBOUND_BYTES,
    "ws_ping_interval": 4.0,
    "ws_ping_timeout": 6.0,
    "timeout_graceful_shutdown": 10,
}
"""Settings that go with this protocol, to be passed to uvicorn beside `ws=ScreenProtocol`."""


def _nothing() -> None:
    """What a wire does that nobody watches."""


class ScreenProtocol(BoundedPeer):
    """One connection; as a `Wire` it is what the hub writes to."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        deflate = SharedDeflate()
        self.conn = ServerProtocol(extensions=[deflate], max_size=INBOUND_BYTES, logger=self.logger)
        self.compressed = False
        self.on_stuck = _nothing
        self.on_drained = _nothing
        self._full = False
        self._linger: TimerHandle | None = None

    # The wire, as the hub sees it.

    def ready(self) -> bool:
        """Open, and with little enough unsent to take a frame now."""
        return not (self._full or self.close_sent or self.transport.is_closing())

    def write(self, data: bytes) -> None:
        """Send one whole frame; it never lands inside another, for none is sent in parts."""
        self.transport.write(data)

    def is_full(self) -> bool:
        """Whether too much is unsent."""
        return self._full

    def unsent(self) -> int:
        """Bytes waiting in this process."""
        return self.transport.get_write_buffer_size()

    def abort(self) -> None:
        """Cut off at once, whatever is unsent."""
        self.transport.abort()

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with a code, and cut off soon if the other side does not answer."""
        if self.close_sent or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self._flush()
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _flush(self) -> None:
        self.transport.write(b"".join(self.conn.data_to_send()))

    # The transport's side.

    def connection_made(self, transport: BaseTransport) -> None:
        """Bound what the kernel and this process hold for the peer."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=UNSENT_BYTES, low=UNSENT_BYTES // 4)
        peer = transport.get_extra_info("socket")
        if peer is not None and peer.family in (socket.AF_INET, socket.AF_INET6):
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_PEER_MS)
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        if self._linger is not None:
            self._linger.cancel()
        self.has_finished()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The peer does not keep up."""
        super().pause_writing()
        self._full = True
        self.on_stuck()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        super().resume_writing()
        self._full = False
        self.on_drained()

    def keepalive_timeout(self) -> None:
        """Cut a silent peer off: closing would wait for a buffer that may never drain."""
        self.pong_timer = None
        self.pending_ping_payload = None
        self.transport.abort()

    def shutdown(self) -> None:
        """Say 1012 and go, but do not wait for a peer that stopped reading."""
        super().shutdown()
        self._cut_soon()

    def _cut_soon(self) -> None:
        if self._linger is None and not self.disconnected:
            self._linger = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    # The application's side.

    async def run_asgi(self) -> None:
        """Run the endpoint with this wire in its scope."""
        cast(dict[str, object], self.scope["extensions"])[EXTENSION] = self
        self.compressed = bool(self.conn.extensions)
        await super().run_asgi()
        if self.close_timer is None:
            self._cut_soon()

    # The peer's side.

    def data_received(self, data: bytes) -> None:
        """Take bytes in; after a fault nothing more is read."""
        if self.transport.is_closing() or not self.affords(len(data)):
            return
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self._refuse_handshake()

    def handle_connect(self, event: Request) -> None:
        """Turn away a request target that no scope can hold."""
        if not event.path.isascii():
            self._refuse_handshake()
            return
        super().handle_connect(event)

    def _refuse_handshake(self) -> None:
        self.handshake_complete = self.close_sent = self.disconnected = True
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def handle_parser_exception(self) -> None:
        """Close with the code that fits the fault; before the handshake, with a 400."""
        if self.conn.close_sent is None:
            self._refuse_handshake()
            return
        super().handle_parser_exception()
        self._cut_soon()

    def handle_close(self, event: Frame) -> None:
        """Answer a goodbye, and do not wait for ever for the answer to drain."""
        super().handle_close(event)
        self._cut_soon()
