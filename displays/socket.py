"""The live endpoint: lets a screen in, brings it up to date, hears its few small messages.

The endpoint ends when the screen is in: no task waits for a socket that says nothing.
Who may look is decided by the function passed in; what is shown, by the hub.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

import msgspec
from starlette.websockets import WebSocket

from displays.hub import Hub, Variant
from displays.joined import JoinedWire
from displays.keepalive import Keepalive
from displays.protocol import EXTENSION, ScreenProtocol
from displays.reports import Report
from displays.wire import BAD_MESSAGE, COME_BACK, PROTOCOL_FAULT, TOO_MANY, Screen

MESSAGES = 20
"""As many messages as a page may send in a span; a well-behaved one sends two or three."""

SPAN_SECONDS = 10.0

SCREENS_OF_A_SESSION = 100
"""A television uses one, a desk a few tabs, and a dead line is held for ten seconds."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to look at one variant, on behalf of one session.

    `person` is '' for a paired screen, whose `account` is named instead.
    """

    variant: Variant
    session: str
    person: str = ""
    account: str = ""


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
    report: Report | None = None


class Visit:
    """One screen at the hub: heeds what it says, forgets it when its connection has ended.

    `held` counts the screens of each session.
    """

    __slots__ = ("_began", "_heard", "_held", "_hub", "_screen")

    def __init__(self, hub: Hub, held: Counter[str], screen: Screen) -> None:
        self._hub = hub
        self._held = held
        self._screen = screen
        self._began = 0.0
        self._heard = 0

    def begin(self, wire: JoinedWire, boot: str | None, rev: int | None) -> None:
        """Bring the screen up to date and listen."""
        wire.on_text = self._hear
        wire.on_gone = self._end
        self._held[self._screen.session] += 1
        self._hub.join(self._screen, boot, rev)

    def _end(self) -> None:
        self._hub.leave(self._screen)
        self._held[self._screen.session] -= 1
        if not self._held[self._screen.session]:
            del self._held[self._screen.session]

    def _hear(self, text: str) -> None:
        if self._is_flooding(asyncio.get_running_loop().time()):
            self._screen.wire.close(PROTOCOL_FAULT, "too many messages")
        elif not _heed(self._hub, self._screen, text):
            self._screen.wire.close(BAD_MESSAGE, "not a message of this channel")

    def _is_flooding(self, now: float) -> bool:
        """Whether one more message, at loop time `now`, is too many."""
        if now - self._began >= SPAN_SECONDS:
            self._began, self._heard = now, 0
        self._heard += 1
        return self._heard > MESSAGES


def socket_endpoint(
    hub: Hub, authorise: Authorise, most: int = SCREENS_OF_A_SESSION
) -> Callable[[WebSocket], Awaitable[None]]:
    """The endpoint of `/live/{audience}`; needs `ScreenProtocol` under it.

    A session may have `most` screens in this process.
    """

    alive: list[Keepalive] = []
    held: Counter[str] = Counter()

    async def live(websocket: WebSocket) -> None:
        answer = await authorise(websocket)
        if isinstance(answer, Rejection):
            await _turn_away(websocket, answer.code)
        elif hub.draining or not hub.knows(answer.variant):
            await _turn_away(websocket, COME_BACK)
        elif held[answer.session] >= most:
            await _turn_away(websocket, TOO_MANY)
        else:
            door = cast(ScreenProtocol, websocket.scope["extensions"][EXTENSION])
            if not alive:
                alive.append(door.keepalive())
            if (wire := door.let_in(alive[0])) is not None:
                _let_in(hub, held, websocket, wire, answer)

    return live


async def _turn_away(websocket: WebSocket, code: int | None) -> None:
    if code is None:
        await websocket.close()
        return
    await websocket.accept()
    await websocket.close(code)


def _let_in(
    hub: Hub, held: Counter[str], websocket: WebSocket, wire: JoinedWire, ticket: Ticket
) -> None:
    if not hub.knows(ticket.variant):
        wire.close(COME_BACK)
        return
    query = websocket.query_params
    screen = Screen(ticket.variant, ticket.session, wire, ticket.person, ticket.account)
    Visit(hub, held, screen).begin(wire, query.get("boot"), _number(query.get("rev")))


def _number(text: str | None) -> int | None:
    """A rev from a query; anything odd is doubt, and doubt gets a snapshot."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if text and sound else None


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
    if said.report is not None:
        hub.note(screen, said.report, asyncio.get_running_loop().time())
    return (said.resync, said.ack, said.report) != (None, None, None)
