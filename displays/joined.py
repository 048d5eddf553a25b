"""A screen's connection after it was let in: prebuilt frames out, a few small messages in.

Takes a transport over from the protocol of the handshake, so that nothing of the request, the
application's task or the HTTP parser is kept for a socket that may stay open for weeks: a
waiting screen costs 5 KB instead of 30. Knows no regions.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from websockets.exceptions import ProtocolError
from websockets.frames import Close

from displays.budget import FRAME_BYTES, Budget
from displays.frames import control
from displays.inbound import CLOSE, PING, PONG, TEXT, Fault, Inbound
from displays.keepalive import Keepalive
from displays.wire import BAD_MESSAGE, COME_BACK, PROTOCOL_FAULT

LINGER_SECONDS = 1.0
"""How long a goodbye may take before the connection is cut."""

UNFINISHED_SECONDS = 5.0
"""How long a message may wait for its last part."""

_ASK = control(PING, b"well")


class Connections(Protocol):
    """The server's open connections, each of which it tells to `shutdown` at its end."""

    def add(self, connection: "JoinedWire", /) -> None: ...

    def discard(self, connection: "JoinedWire", /) -> None: ...


def _nothing() -> None:
    """What a wire does that nobody watches."""


def _unheard(_text: str) -> None:
    """What a page says before anybody listens."""


class JoinedWire(asyncio.Protocol):
    """One screen's connection; to the hub it is a `Wire`.

    `write` is the transport's own method: the hub's loop over all screens calls no Python in
    between. A frame never lands inside another, for none is sent in parts.
    """

    __slots__ = (
        "_alive",
        "_budget",
        "_connections",
        "_inbound",
        "_is_full",
        "_linger",
        "_transport",
        "_unfinished",
        "compressed",
        "on_drained",
        "on_gone",
        "on_stuck",
        "on_text",
        "takes",
        "write",
    )

    def __init__(
        self,
        transport: asyncio.Transport,
        compressed: bool,
        alive: Keepalive,
        connections: Connections,
    ) -> None:
        self._transport = transport
        self._alive = alive
        self._connections = connections
        self._inbound = Inbound(compressed)
        self._is_full = False
        self._budget = Budget(_now())
        self._linger: asyncio.TimerHandle | None = None
        self._unfinished: asyncio.TimerHandle | None = None
        self.compressed = compressed
        self.takes = True
        self.write: Callable[[bytes], None] = transport.write
        self.on_stuck: Callable[[], None] = _nothing
        self.on_drained: Callable[[], None] = _nothing
        self.on_gone: Callable[[], None] = _nothing
        self.on_text: Callable[[str], None] = _unheard
        connections.add(self)
        alive.add(self)

    # The wire, as the hub sees it.

    def unsent(self) -> int:
        """Bytes waiting in this process."""
        return self._transport.get_write_buffer_size()

    def abort(self) -> None:
        """Cut off at once, whatever is unsent."""
        self.takes = False
        self._transport.abort()

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with a code, and cut off soon if the other side does not answer."""
        if self._linger is None and not self._transport.is_closing():
            self._transport.write(control(CLOSE, Close(code, reason).serialize()))
            self._cut_soon()

    def _cut_soon(self) -> None:
        self.takes = False
        self._linger = _soon(LINGER_SECONDS, self._transport.abort)

    def ping(self) -> None:
        """Ask for a sign of life."""
        if self._linger is None:
            self._transport.write(_ASK)

    def shutdown(self) -> None:
        """Say 1012 and go, but do not wait for a peer that stopped reading."""
        self.close(COME_BACK)
        self._transport.close()

    # The transport's side.

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self.takes = False
        if self._linger is not None:
            self._linger.cancel()
        self._has_finished()
        self._alive.remove(self)
        self._connections.discard(self)
        self.on_gone()

    def pause_writing(self) -> None:
        """The peer does not keep up."""
        self._is_full = True
        self.takes = False
        self.on_stuck()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        self._is_full = False
        self.takes = self._linger is None
        self.on_drained()

    # The peer's side.

    def data_received(self, data: bytes) -> None:
        """Take bytes in; after a fault nothing more is read."""
        if self._transport.is_closing() or not self._affords(len(data)):
            return
        try:
            for opcode, payload in self._inbound.feed(data):
                self._hear(opcode, payload)
        except Fault as fault:
            self.close(fault.code)
            self._transport.close()
        if self._inbound.is_unfinished and self._unfinished is None:
            self._unfinished = _soon(UNFINISHED_SECONDS, self._too_slow)

    def _affords(self, size: int) -> bool:
        """Whether the peer may send so much more; if not it is sent away."""
        if self._budget.spend(size, _now()):
            return True
        if self._linger is None:
            self.close(PROTOCOL_FAULT, "too much at once")
        else:
            self.abort()
        return False

    def _too_slow(self) -> None:
        self.close(PROTOCOL_FAULT, "half a message")

    def _has_finished(self) -> None:
        if self._unfinished is not None:
            self._unfinished.cancel()
            self._unfinished = None

    def _hear(self, opcode: int, payload: bytes) -> None:
        if opcode == CLOSE:
            self._answer_goodbye(payload)
        elif self._linger is not None:
            return
        elif opcode == PONG:
            # One that nobody asked for costs its sender too.
            self._alive.heard(self)
            self._affords(FRAME_BYTES)
        elif opcode == PING:
            self._answer_ping(payload)
        elif opcode == TEXT:
            self._hear_text(payload)
        else:
            self.close(PROTOCOL_FAULT)

    def _hear_text(self, payload: bytes) -> None:
        self._has_finished()
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self.close(BAD_MESSAGE)
            return
        self.on_text(text)

    def _answer_ping(self, payload: bytes) -> None:
        """Answer, unless the peer sends without reading."""
        if self._is_full:
            self.abort()
        elif self._affords(FRAME_BYTES):
            self._transport.write(control(PONG, payload))

    def _answer_goodbye(self, payload: bytes) -> None:
        """Say it too, if we have not; and do not wait for ever for that to drain."""
        if self._linger is None:
            try:
                Close.parse(payload)
            except (ProtocolError, UnicodeDecodeError):
                raise Fault(PROTOCOL_FAULT) from None
            self._transport.write(control(CLOSE, payload))
            self._cut_soon()
        self._transport.close()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _soon(seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_later(seconds, call)
