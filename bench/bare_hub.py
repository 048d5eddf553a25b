"""The hub alone behind uvicorn, as `baylight serve` runs it, and the floor beside it.

No shop, no sessions: what is measured on it is the way of a frame.
"""

import asyncio
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from displays.hub import Hub, Variant
from displays.protocol import UVICORN, ScreenProtocol
from displays.socket import Ticket, socket_endpoint

WALL = Variant("shop", "tv", "en")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


class Bare(asyncio.Protocol):
    """The floor: a transport to write to."""

    def __init__(self, transports: list[asyncio.Transport]) -> None:
        self._transports = transports

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        self._transports.append(cast(asyncio.Transport, transport))


async def serve_bare(transports: list[asyncio.Transport]) -> int:
    """Listen with the floor; its port. Whoever connects stands in `transports`."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Bare(transports), "127.0.0.1", 0, backlog=4096)
    port: int = server.sockets[0].getsockname()[1]
    return port


async def serve_hub(hub: Hub) -> int:
    """Listen with the live endpoint; its port."""

    async def authorise(_websocket: WebSocket) -> Ticket:
        return Ticket(WALL, "s")

    endpoint = socket_endpoint(hub, authorise, most=sys.maxsize)
    app = Starlette(routes=[WebSocketRoute("/live", endpoint)])
    config = uvicorn.Config(app, ws=ScreenProtocol, lifespan="off", log_level="error", **UVICORN)
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    _KEPT.add(asyncio.get_running_loop().create_task(uvicorn.Server(config).serve([listener])))
    port: int = listener.getsockname()[1]
    return port


_KEPT: set[asyncio.Task[None]] = set()


def filled_hub() -> Hub:
    """A hub whose wall shows one card."""
    hub = Hub("boot", "build", lambda: NOON)
    hub.show(WALL, {"job-a": card(0, 0)}, ("e", 0))
    return hub


def card(number: int, padding: int) -> str:
    """A card of a certain length, different for every number."""
    return f'<article id="job-a" data-r class="card">{number:08}{"x" * padding}</article>'


async def settled(ready: Callable[[], bool]) -> None:
    """Wait until every screen is there."""
    async with asyncio.timeout(60):
        while not ready():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
