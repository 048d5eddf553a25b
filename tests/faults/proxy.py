"""A TCP proxy that plays a bad network: it delays, holds, drops, cuts, half-closes, drips, heals.

All proxies of a test live on one event loop in a thread of its own; a test calls plain functions.
"""

import asyncio
import socket
import struct
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

Target = tuple[str, int] | str
"""Host and port, or the path of a Unix socket."""

PIECE_BYTES = 16
KEPT_SMALL_BYTES = 16_384
"""What a proxy itself may hold for a reader that is held back."""

T = TypeVar("T")


@dataclass
class Weather:
    """What the network does to bytes that pass."""

    delay_seconds: float = 0.0
    drip_bytes_per_second: float = 0.0
    swallows: bool = False
    refuses: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)


class Network:
    """The thread and the loop that proxies live on."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._proxies: list[Proxy] = []
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def start(self) -> "Network":
        """Start the thread."""
        self._thread.start()
        return self

    def do(self, act: Callable[[], T]) -> T:
        """Call a function on the loop and return what it gives."""
        done: Future[T] = Future()

        def call() -> None:
            try:
                done.set_result(act())
            except BaseException as error:
                done.set_exception(error)

        self.loop.call_soon_threadsafe(call)
        return done.result(10)

    def proxy(self, target: Target) -> "Proxy":
        """A proxy before `target`, listening."""
        made = self.do(lambda: Proxy(self, target))
        asyncio.run_coroutine_threadsafe(made.listen(), self.loop).result(10)
        self._proxies.append(made)
        return made

    def stop(self) -> None:
        """Drop every connection and end the thread."""
        for proxy in self._proxies:
            self.do(proxy.close)
        asyncio.run_coroutine_threadsafe(_cancel_all(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


async def _cancel_all() -> None:
    while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
        # One that has not begun, of a connection accepted just now, would close nothing.
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Proxy:
    """One listening port of the loopback interface, and what passes through it."""

    def __init__(self, network: Network, target: Target) -> None:
        self._network = network
        self._target = target
        self._weather = Weather()
        self._weather.open.set()
        self._writers: dict[StreamWriter, StreamWriter] = {}
        self._robbed: set[StreamWriter] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    async def listen(self) -> None:
        """Accept connections until the network stops."""
        self._server = await asyncio.start_server(
            self._serve, sock=self._listener, limit=KEPT_SMALL_BYTES
        )

    def close(self) -> None:
        """Accept no more and reset what there is."""
        self._server.close()
        self._reset(list(self._writers))

    # What a test does to the network.

    def delay(self, seconds: float) -> None:
        """Let every piece arrive so much later."""
        self._network.do(lambda: setattr(self._weather, "delay_seconds", seconds))

    def drip(self, bytes_per_second: float) -> None:
        """Let bytes through one small piece at a time."""
        self._network.do(lambda: setattr(self._weather, "drip_bytes_per_second", bytes_per_second))

    def stall(self) -> None:
        """Hold every byte and read no more; the connections stay."""
        self._network.do(self._weather.open.clear)

    def swallow(self) -> None:
        """Take every byte and pass none on, as a link that is dead at its far end."""
        self._network.do(lambda: setattr(self._weather, "swallows", True))

    def refuse(self) -> None:
        """Turn away whoever dials from now on."""
        self._network.do(lambda: setattr(self._weather, "refuses", True))

    def lead_to(self, target: Target) -> None:
        """Pass whoever dials from now on to another target."""
        self._network.do(lambda: setattr(self, "_target", target))

    def cut(self) -> None:
        """Reset every connection on both sides."""
        self._network.do(lambda: self._reset(list(self._writers)))

    def half_close(self) -> None:
        """Tell the target that no more comes, while it may still talk."""
        self._network.do(self._say_no_more)

    def heal(self) -> None:
        """Let everything pass; a connection that lost bytes is reset, as by whoever forgot it."""
        self._network.do(self._heal)

    @property
    def connections(self) -> int:
        """How many there are now."""
        return self._network.do(lambda: len(self._writers))

    def _say_no_more(self) -> None:
        for far in self._writers.values():
            far.write_eof()

    def _heal(self) -> None:
        weather = self._weather
        weather.delay_seconds = weather.drip_bytes_per_second = 0.0
        weather.swallows = weather.refuses = False
        self._reset([near for near in self._writers if near in self._robbed])
        weather.open.set()

    def _reset(self, those: list[StreamWriter]) -> None:
        for near in those:
            _abort(near)
            _abort(self._writers[near])

    # One connection.

    async def _serve(self, reader: StreamReader, near: StreamWriter) -> None:
        if self._weather.refuses:
            _abort(near)
            return
        try:
            far_reader, far = await self._dial()
        except BaseException as fault:
            _abort(near)
            if isinstance(fault, OSError):
                return
            raise
        self._writers[near] = far
        try:
            pumps = self._pump(reader, far, near), self._pump(far_reader, near, near)
            await asyncio.gather(*pumps)
        except asyncio.CancelledError:
            # Nobody would wait until the rest is written.
            _abort(near)
            _abort(far)
            raise
        finally:
            del self._writers[near]
            self._robbed.discard(near)
            near.close()
            far.close()

    async def _dial(self) -> tuple[StreamReader, StreamWriter]:
        if isinstance(self._target, str):
            return await asyncio.open_unix_connection(self._target, limit=KEPT_SMALL_BYTES)
        return await asyncio.open_connection(*self._target, limit=KEPT_SMALL_BYTES)

    async def _pump(self, reader: StreamReader, writer: StreamWriter, near: StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(KEPT_SMALL_BYTES):
                await self._weather.open.wait()
                if self._weather.swallows:
                    self._robbed.add(near)
                else:
                    await self._pass(data, writer)
            await self._weather.open.wait()
            if self._weather.swallows:
                self._robbed.add(near)
            else:
                writer.write_eof()
            return
        _abort(writer)

    async def _pass(self, data: bytes, writer: StreamWriter) -> None:
        weather = self._weather
        if weather.delay_seconds:
            await asyncio.sleep(weather.delay_seconds)
        speed = weather.drip_bytes_per_second
        size = PIECE_BYTES if speed else len(data)
        for start in range(0, len(data), size):
            writer.write(data[start : start + size])
            await writer.drain()
            if weather.drip_bytes_per_second:
                await asyncio.sleep(size / speed)


def _abort(writer: StreamWriter) -> None:
    """Close with a reset instead of a goodbye."""
    line = writer.get_extra_info("socket")
    if line is not None and not writer.transport.is_closing():
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def network() -> Iterator[Network]:
    """A network for one test; its connections end with it."""
    started = Network().start()
    try:
        yield started
    finally:
        started.stop()
