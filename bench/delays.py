"""Readers that tell how long each frame was under way: a process of its own, asked over a pipe.

A frame says itself when it was sent, by the clock that all processes of a machine share.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection

import uvloop

from bench.cores import CLIENT_CORE, stay_on
from bench.readers import Reader

_SENT = re.compile(rb"<i>([0-9.]+)</i>")
_LONGEST_MARK = 40

Heard = tuple[int, float, float]
"""Which reader heard a frame, when the frame says it was sent, when it was there."""


def mark() -> str:
    """What a frame carries: when it was sent."""
    return f"<i>{time.monotonic():.6f}</i>"


class Timer(Reader):
    """Adds each frame it reads to a list; `number` tells readers apart."""

    def __init__(self, number: int, heard: list[Heard]) -> None:
        self._number = number
        self._heard = heard
        self._end = b""

    def data_received(self, data: bytes) -> None:
        """Find the marks, also one that came in two pieces."""
        now = time.monotonic()
        super().data_received(data)
        text, after = self._end + data, 0
        for found in _SENT.finditer(text):
            self._heard.append((self._number, float(found[1]), now))
            after = found.end()
        self._end = text[max(after, len(text) - _LONGEST_MARK) :]


def attend(port: int, screens: int, line: Connection) -> None:
    """What the process does: read for ever, and hand over when asked what was heard."""
    stay_on(CLIENT_CORE)
    uvloop.run(_attend(port, screens, line))


async def _attend(port: int, screens: int, line: Connection) -> None:
    loop = asyncio.get_running_loop()
    heard: list[Heard] = []
    for number in range(screens):
        await loop.create_connection(partial(Timer, number, heard), "127.0.0.1", port)
    while True:
        await asyncio.to_thread(line.recv)
        line.send(list(heard))
        heard.clear()


class Delays:
    """The other end of the pipe."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    async def taken(self) -> list[Heard]:
        """What was heard since the last time."""
        self._line.send(None)
        heard: list[Heard] = await asyncio.to_thread(self._line.recv)
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
