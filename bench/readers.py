"""Sockets that only read, as many as wanted, in a process of their own on the clients' core.

They answer pings as browsers do, so that a server's keepalive costs what it costs in a shop.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import cast

import uvloop

from bench.cores import CLIENT_CORE, stay_on

AT_ONCE = 100
PING, PONG = b"\x89\x04", b"\x8a\x84"
HANDSHAKE = (
    b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Reader(asyncio.Protocol):
    """Says hello, throws away what it reads, answers pings."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(HANDSHAKE)

    def data_received(self, data: bytes) -> None:
        """A ping has four bytes, and may stand before or after frames: their text is ASCII."""
        at = data.find(PING)
        if at >= 0:
            self._transport.write(PONG + bytes(4) + data[at + 2 : at + 6].ljust(4))


async def read_for_ever(ports: Sequence[int], screens: int) -> None:
    """Connect to every port so often, and read until this process is ended."""
    loop = asyncio.get_running_loop()
    narrow = asyncio.Semaphore(AT_ONCE)

    async def dial(port: int) -> None:
        async with narrow:
            await loop.create_connection(Reader, "127.0.0.1", port)

    await asyncio.gather(*(dial(port) for port in ports for _ in range(screens)))
    await asyncio.Event().wait()


def run(ports: Sequence[int], screens: int) -> None:
    """What the readers' process does."""
    stay_on(CLIENT_CORE)
    uvloop.run(read_for_ever(ports, screens))


@asynccontextmanager
async def readers(ports: Sequence[int], screens: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """So many sockets at each port, as long as the block lasts."""
    call = f"from bench.readers import run; run({list(ports)}, {screens})"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", call)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()
