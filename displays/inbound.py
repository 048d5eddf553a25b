"""What a peer may send on a live socket: small whole texts, a few of them, in good time.

Hard limits before anything is understood. Knows nothing of what messages mean.
"""

import asyncio
from asyncio import TimerHandle
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame

from displays.budget import FRAME_BYTES, Budget
from displays.wire import BAD_MESSAGE, PROTOCOL_FAULT, TOO_BIG

INBOUND_BYTES = 4096
"""The longest message a page may send, also after inflation."""

INBOUND_PARTS = 8

UNFINISHED_SECONDS = 5.0
"""How long a message may wait for its last part."""


class BoundedPeer(WebSocketsSansIOProtocol):
    """One connection as far as its peer sends."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._unfinished: TimerHandle | None = None
        self._budget = Budget(self.loop.time())

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with a code."""
        raise NotImplementedError

    def is_full(self) -> bool:
        """Whether the peer does not read what it is sent."""
        raise NotImplementedError

    def affords(self, size: int) -> bool:
        """Whether the peer may send so much more; if not it is sent away."""
        if self._budget.spend(size, self.loop.time()):
            return True
        if self.handshake_complete and not self.close_sent:
            self.close(PROTOCOL_FAULT, "too much at once")
        else:
            self.transport.abort()
        return False

    def handle_ping(self) -> None:
        """Answer, unless the peer sends without reading."""
        if self.is_full():
            self.transport.abort()
        elif self.affords(FRAME_BYTES):
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Hear the answer to a ping of ours; any other costs its sender too."""
        if self.affords(FRAME_BYTES):
            super().handle_pong(event)

    def handle_text(self, event: Frame) -> None:
        """Wait for the rest of a message, but not for ever."""
        super().handle_text(event)
        if not event.fin:
            self._unfinished = self.loop.call_later(UNFINISHED_SECONDS, self._too_slow)

    def _too_slow(self) -> None:
        self.frames = []
        self.close(PROTOCOL_FAULT, "half a message")

    def has_finished(self) -> None:
        """Wait for nothing more."""
        if self._unfinished is not None:
            self._unfinished.cancel()
            self._unfinished = None

    def handle_cont(self, event: Frame) -> None:
        """Bound the parts of a message as well as its bytes."""
        if len(self.frames) >= INBOUND_PARTS:
            self.frames = []
            self.close(TOO_BIG)
            return
        super().handle_cont(event)

    def handle_bytes(self, event: Frame) -> None:
        """Pages send text only."""
        self.close(PROTOCOL_FAULT)

    def send_receive_event_to_app(self) -> None:
        """Hand a message on if it is text at all."""
        self.has_finished()
        try:
            b"".join(self.frames).decode()
        except UnicodeDecodeError:
            self.frames = []
            self.close(BAD_MESSAGE)
            return
        super().send_receive_event_to_app()
