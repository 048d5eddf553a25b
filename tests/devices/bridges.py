"""A running bridge for tests, and brokers played by hand."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from devices.address import BrokerAddress
from devices.bridge import Bridge
from devices.deliveries import Deliveries
from devices.pace import Pace
from tests.devices.waiting import now

TOPIC = "shop/main/dev/eye/st/occupancy"


def local(port: int) -> BrokerAddress:
    return BrokerAddress("127.0.0.1", port)


@asynccontextmanager
async def bridge_to(
    address: BrokerAddress,
    *,
    filters: tuple[str, ...] = ("shop/main/dev/#",),
    clock: Callable[[], datetime] = now,
    keepalive_seconds: int = 15,
    home: str = "",
    again_seconds: float = 60,
    time_seconds: float = 60,
) -> AsyncIterator[tuple[Bridge, Deliveries]]:
    deliveries = Deliveries()
    bridge = Bridge(
        address,
        site="main",
        role="test",
        filters=filters,
        deliveries=deliveries,
        clock=clock,
        home=home,
        pace=Pace(keepalive_seconds, 0.5, 0.1, again_seconds, time_seconds),
    )
    task = asyncio.create_task(bridge.run())
    try:
        yield bridge, deliveries
    finally:
        task.cancel()
        await asyncio.wait([task])


class Cable:
    """Carries bytes to the broker until it is pulled; both ends stay open, as in life."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pulled = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        back = asyncio.create_task(self._copy(far_reader, writer))
        await self._copy(reader, far_writer)
        far_writer.close()
        await back

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if not self.pulled:
                writer.write(data)


@asynccontextmanager
async def listening(
    play: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await play(reader, writer)
        except asyncio.IncompleteReadError:
            pass  # whoever was played with has gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, family=socket.AF_INET, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        if tasks:
            await asyncio.wait(tasks, timeout=10)


async def packet(reader: asyncio.StreamReader) -> bytes:
    """One MQTT packet's content (all of ours here are shorter than 128 bytes or two digits)."""
    await reader.readexactly(1)
    length, shift = 0, 0
    while True:
        [byte] = await reader.readexactly(1)
        length += (byte & 127) << shift
        shift += 7
        if byte < 128:
            return await reader.readexactly(length)


Play = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What a broker played by hand does after it was given this CONNECT."""
ACCEPTED = b"\x20\x03\x00\x00\x00"


def played(play: Play) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A broker at which nobody else listens: it answers who looks, and plays with others."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connect = await packet(reader)
        if b"-look-" not in connect:
            await play(connect, reader, writer)
            return
        writer.write(ACCEPTED)
        subscribe = await packet(reader)
        writer.write(b"\x90\x05" + subscribe[:2] + b"\x00\x01\x01")
        await reader.read()

    return serve
