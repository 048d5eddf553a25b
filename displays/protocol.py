"""Our WebSocket protocol for uvicorn: the handshake, hard limits, and goodbyes at the door.

Speaks for one connection until it is let in; then `let_in` gives the transport to a `JoinedWire`,
and all of this is forgotten. Knows no regions.
"""

import asyncio
import socket
from asyncio import TimerHandle
from asyncio.transports import BaseTransport
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.server import ServerProtocol

from displays.budget import Budget
from displays.compression import SharedDeflate
from displays.heads import BoundedHeads
from displays.inbound import INBOUND_BYTES
from displays.joined import LINGER_SECONDS, Connections, JoinedWire
from displays.keepalive import Keepalive

EXTENSION = "baylight.wire"
"""Where the ASGI scope's extensions carry the connection."""

UNSENT_BYTES = 256 * 1024
"""Above this a screen is stuck; below a quarter of it, it has drained."""

KERNEL_BUFFER_BYTES = 128 * 1024
"""Kept small: what the kernel holds can no longer be replaced by something newer."""

DEAD_PEER_MS = 10_000

UVICORN: dict[str, Any] = {
    "http": BoundedHeads,
    "ws_max_size": INBOUND_BYTES,
    "ws_ping_interval": 4.0,
    "ws_ping_timeout": 6.0,
    "timeout_graceful_shutdown": 10,
}
"""Settings that go with this protocol, to be passed to uvicorn beside `ws=ScreenProtocol`."""


class _HandedOver(asyncio.Transport):
    """What uvicorn closes when the endpoint has ended: no longer the socket."""

    def close(self) -> None:
        """Leave it open."""


_HANDED_OVER = _HandedOver()


class ScreenProtocol(WebSocketsSansIOProtocol):
    """One connection at the door."""

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
        self.close_timeout = LINGER_SECONDS
        self._budget = Budget(self.loop.time())
        self._linger: TimerHandle | None = None

    def keepalive(self) -> Keepalive:
        """What looks after sockets with the server's settings."""
        interval, timeout = self.config.ws_ping_interval, self.config.ws_ping_timeout
        assert interval is not None
        assert timeout is not None
        return Keepalive(self.loop.call_later, self.loop.time, interval, timeout)

    def let_in(self, alive: Keepalive) -> JoinedWire | None:
        """Accept, and give the connection away; None if it has ended meanwhile."""
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return None
        self.handshake_complete = True
        self.conn.send_response(self.response)
        self.transport.write(b"".join(self.conn.data_to_send()))
        transport, self.transport = self.transport, _HANDED_OVER
        self.connections.discard(self)
        connections = cast(Connections, self.connections)
        wire = JoinedWire(transport, bool(self.conn.extensions), alive, connections)
        transport.set_protocol(wire)
        return wire

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
        super().connection_lost(exc)

    def start_keepalive(self) -> None:
        """Nobody stays here: who is let in is handed over, who is not is cut off soon."""

    def shutdown(self) -> None:
        """Say 1012 and go, but do not wait for a peer that stopped reading."""
        super().shutdown()
        self._cut_soon()

    def _cut_soon(self) -> None:
        if self._linger is None and not self.disconnected:
            self._linger = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    # The application's side.

    async def run_asgi(self) -> None:
        """Run the endpoint with this connection in its scope."""
        cast(dict[str, object], self.scope["extensions"])[EXTENSION] = self
        await super().run_asgi()
        if self.transport is not _HANDED_OVER:
            self._cut_soon()

    async def send(self, message: Any) -> None:
        """Take an answer out; a refusal in full ends the handshake like any other answer."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True

    # The peer's side.

    def data_received(self, data: bytes) -> None:
        """Take the handshake in; nothing may follow it before our answer."""
        if self.transport.is_closing():
            return
        if not self._budget.spend(len(data), self.loop.time()):
            self.transport.abort()
            return
        if self.handshake_initiated and not self.handshake_complete:
            self._refuse_handshake()
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

    def handle_cont(self, event: Frame) -> None:
        """Keep nothing of one who is being sent away."""

    def handle_close(self, event: Frame) -> None:
        """Answer a goodbye, and do not wait for ever for the answer to drain."""
        super().handle_close(event)
        self._cut_soon()
