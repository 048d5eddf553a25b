"""What one delivered frame costs the server, against a bare asyncio protocol in the same run.

    python -m bench.fanout [screens] [rounds]

Both send the same bytes to as many sockets, in turns; a process of its own reads them.
"""

import asyncio
import socket
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from displays.fanout import WINDOW_SECONDS
from displays.frames import framed
from displays.hub import Hub, Variant
from displays.protocol import UVICORN, ScreenProtocol
from displays.socket import Ticket, socket_endpoint

GOAL_RATIO = 1.5
FRAMES = 30
WALL = Variant("shop", "tv", "en")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HANDSHAKE = (
    b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def read_all(ports: list[int], screens: int) -> None:
    """Connect to every port so often and read for ever; runs in a process of its own."""

    async def drain(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE)
        while await reader.read(65536):
            pass

    async def everything() -> None:
        await asyncio.gather(*(drain(port) for port in ports for _ in range(screens)))

    asyncio.run(everything())


class Bare(asyncio.Protocol):
    """The floor: a transport to write to."""

    transports: list[asyncio.Transport]

    def __init__(self, transports: list[asyncio.Transport]) -> None:
        self.transports = transports

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transports.append(transport)


def card(number: int) -> str:
    """A change of the size of one card."""
    return f'<article id="job-a" data-r class="card">{number:06}' + "x" * 160 + "</article>"


async def cost(send: Callable[[int], None], screens: int) -> float:
    """CPU microseconds of this process for one frame to one socket."""
    before = time.process_time()
    for number in range(FRAMES):
        send(number)
        await asyncio.sleep(WINDOW_SECONDS * 1.5)
    return (time.process_time() - before) / FRAMES / screens * 1e6


async def serve_hub(hub: Hub) -> int:
    """Start the live endpoint; its port."""

    async def authorise(websocket: WebSocket) -> Ticket:
        return Ticket(WALL, "s")

    app = Starlette(routes=[WebSocketRoute("/live", socket_endpoint(hub, authorise))])
    config = uvicorn.Config(app, ws=ScreenProtocol, lifespan="off", log_level="error", **UVICORN)
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    server = uvicorn.Server(config)
    asyncio.get_running_loop().create_task(server.serve([listener]))
    port: int = listener.getsockname()[1]
    return port


async def settled(ready: Callable[[], bool]) -> None:
    """Wait until every screen is there."""
    async with asyncio.timeout(60):
        while not ready():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def compare(screens: int, rounds: int) -> tuple[float, float]:
    """Median cost of a delivery: the floor's and the hub's."""
    bare: list[asyncio.Transport] = []
    loop = asyncio.get_running_loop()
    floor = await loop.create_server(lambda: Bare(bare), "127.0.0.1", 0, backlog=4096)
    hub = Hub("boot", "build", lambda: NOON)
    hub.show(WALL, {"job-a": card(0)}, ("e", 0))
    ports = [floor.sockets[0].getsockname()[1], await serve_hub(hub)]
    reader = await _reader(ports, screens)
    await settled(lambda: len(bare) == len(hub.screens()) == screens)

    def send_bare(number: int) -> None:
        data = framed(card(number).encode() + b" " * 180)
        for transport in bare:
            transport.write(data)

    def send_hub(number: int) -> None:
        hub.publish(WALL, {"job-a": card(number + 1)}, (), ("e", number))

    costs: list[tuple[float, float]] = []
    for _ in range(rounds):
        costs.append((await cost(send_bare, screens), await cost(send_hub, screens)))
    reader.kill()
    await reader.wait()
    floors, hubs = zip(*costs, strict=True)
    return statistics.median(floors), statistics.median(hubs)


def _reader(ports: list[int], screens: int) -> Awaitable[asyncio.subprocess.Process]:
    call = f"from bench.fanout import read_all; read_all({ports}, {screens})"
    return asyncio.create_subprocess_exec(sys.executable, "-c", call)


def main() -> int:
    """Print one line; non-zero if the hub costs more than the goal allows."""
    screens, rounds = (int(text) for text in (sys.argv[1:] + ["500", "7"][len(sys.argv) - 1 :]))
    floor, ours = asyncio.run(compare(screens, rounds))
    line = f"screens={screens} floor={floor:.1f}us hub={ours:.1f}us ratio={ours / floor:.2f}"
    sys.stdout.write(f"{line} goal<={GOAL_RATIO}\n")
    return int(ours / floor > GOAL_RATIO)


if __name__ == "__main__":
    sys.exit(main())
