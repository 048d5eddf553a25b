"""The live endpoint: lets a screen in, brings it up to date, hears its few small messages.

Who may look is decided by the function passed in; what is shown, by the hub.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

import msgspec
from starlette.websockets import WebSocket

from displays.hub import Hub, Variant
from displays.protocol import EXTENSION, ScreenProtocol
from displays.wire import BAD_MESSAGE, COME_BACK, PROTOCOL_FAULT, Screen

MESSAGES = 20
"""As many messages as a page may send within the span; a well-behaved one sends two or three."""

SPAN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to look at one variant, on behalf of one session; `person` '' for a screen."""

    variant: Variant
    session: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """No leave. With a code the socket opens and closes with it, so that the page learns why;
    without one the handshake itself is refused (403), as for a foreign origin."""

    code: int | None = None


Authorise = Callable[[WebSocket], Awaitable[Ticket | Rejection]]
"""Checks origin, session and audience; must have filled the variant it gives out."""


class Standing(msgspec.Struct, forbid_unknown_fields=True):
    """Where a page says it stands; nulls ask for a snapshot."""

    boot: str | None = None
    rev: int | None = None


class Said(msgspec.Struct, forbid_unknown_fields=True):
    """All that a page may say."""

    resync: Standing | None = None
    ack: int | None = None


class Patience:
    """Counts a page's messages over the last seconds."""

    def __init__(self) -> None:
        self._heard: deque[float] = deque(maxlen=MESSAGES)

    def lost(self, now: float) -> bool:
        """Whether one more message, at loop time `now`, is too many."""
        full = len(self._heard) == MESSAGES and now - self._heard[0] < SPAN_SECONDS
        self._heard.append(now)
        return full


def socket_endpoint(hub: Hub, authorise: Authorise) -> Callable[[WebSocket], Awaitable[None]]:
    """The endpoint of `/live/{audience}`; needs `ScreenProtocol` under it."""

    async def live(websocket: WebSocket) -> None:
        answer = await authorise(websocket)
        if isinstance(answer, Rejection):
            await _turn_away(websocket, answer.code)
        elif hub.draining or not hub.knows(answer.variant):
            await _turn_away(websocket, COME_BACK)
        else:
            await _serve(hub, websocket, answer)

    return live


async def _turn_away(websocket: WebSocket, code: int | None) -> None:
    if code is None:
        await websocket.close()
        return
    await websocket.accept()
    await websocket.close(code)


async def _serve(hub: Hub, websocket: WebSocket, ticket: Ticket) -> None:
    await websocket.accept()
    wire = cast(ScreenProtocol, websocket.scope["extensions"][EXTENSION])
    if not hub.knows(ticket.variant):
        wire.close(COME_BACK)
        return
    screen = Screen(ticket.variant, ticket.session, wire, ticket.person)
    query = websocket.query_params
    try:
        hub.join(screen, query.get("boot"), _number(query.get("rev")))
        await _listen(hub, websocket, screen)
    finally:
        hub.leave(screen)


def _number(text: str | None) -> int | None:
    """A rev from a query; anything odd is doubt, and doubt gets a snapshot."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if text and sound else None


async def _listen(hub: Hub, websocket: WebSocket, screen: Screen) -> None:
    patience = Patience()
    clock = asyncio.get_running_loop().time
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        if patience.lost(clock()):
            screen.wire.close(PROTOCOL_FAULT, "too many messages")
        elif not _heed(hub, screen, message["text"]):
            screen.wire.close(BAD_MESSAGE, "not a message of this channel")


def _heed(hub: Hub, screen: Screen, text: str) -> bool:
    """Act on one message; False if it is nonsense."""
    try:
        said = msgspec.json.decode(text, type=Said)
    except (msgspec.DecodeError, RecursionError):
        return False
    if said.resync is not None and hub.knows(screen.variant):
        hub.join(screen, said.resync.boot, said.resync.rev)
    if said.ack is not None:
        screen.acked = said.ack
    return said.resync is not None or said.ack is not None
