"""Readers that tell how long each frame was under way: a process of its own, asked over a pipe.

A frame says itself when it was sent, by the clock that all processes of a machine share.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

import uvloop

from bench.cores import CLIENT_CORE, stay_on
from bench.readers import Reader

_SENT = re.compile(rb"<i>([0-9.]+)</i>")
_LONGEST_MARK = 40


def mark() -> str:
    """What a frame carries: when it was sent."""
    return f"<i>{time.monotonic():.6f}</i>"


class Timer(Reader):
    """Adds the delay of each frame it reads to a list, in seconds."""

    def __init__(self, delays: list[float]) -> None:
        self._delays = delays
        self._end = b""

    def data_received(self, data: bytes) -> None:
        """Find the marks, also one that came in two pieces."""
        now = time.monotonic()
        super().data_received(data)
        text, after = self._end + data, 0
        for found in _SENT.finditer(text):
            self._delays.append(now - float(found[1]))
            after = found.end()
        self._end = text[max(after, len(text) - _LONGEST_MARK) :]


def attend(port: int, screens: int, line: Connection) -> None:
    """What the process does: read for ever, and hand the delays over when asked."""
    stay_on(CLIENT_CORE)
    uvloop.run(_attend(port, screens, line))


async def _attend(port: int, screens: int, line: Connection) -> None:
    loop = asyncio.get_running_loop()
    delays: list[float] = []
    for _ in range(screens):
        await loop.create_connection(lambda: Timer(delays), "127.0.0.1", port)
    while True:
        await asyncio.to_thread(line.recv)
        line.send(list(delays))
        delays.clear()


class Delays:
    """The other end of the pipe."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    async def taken(self) -> list[float]:
        """The delays since the last time, in seconds."""
        self._line.send(None)
        heard: list[float] = await asyncio.to_thread(self._line.recv)
        return heard


@contextmanager
def timers(port: int, screens: int) -> Iterator[Delays]:
    """So many readers at a port, as long as the block lasts."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=attend, args=(port, screens, theirs), daemon=True)
    process.start()
    try:
        yield Delays(ours)
    finally:
        process.kill()
        process.join()
