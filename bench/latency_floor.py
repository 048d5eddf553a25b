"""The least that could bring a change to 200 screens: one flushed row, one frame to each.

A bare asyncio.Protocol on uvloop on the server's core. A line that carries a mark is a request:
it is inserted into SQLite (WAL, synchronous FULL), then one frame of 700 bytes with the mark is
written to every socket that said GET. No HTTP, no rules, no rendering, no sessions.
"""

import asyncio
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import uvloop

from bench.cores import SERVER_CORE, stay_on
from displays.frames import framed

FRAME_BYTES = 700


class Floor(asyncio.Protocol):
    """One connection: a screen's or the asker's."""

    def __init__(self, rows: sqlite3.Connection, screens: list[asyncio.Transport]) -> None:
        self._rows = rows
        self._screens = screens

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Let a screen in, or answer a request."""
        if data.startswith(b"GET"):
            self._screens.append(self._transport)
        elif data.startswith(b"<i>"):
            self._rows.execute("INSERT INTO rows VALUES (?)", (data.decode(),))
            frame = framed(data.ljust(FRAME_BYTES, b"x"))
            for screen in self._screens:
                screen.write(frame)
            self._transport.write(b"done")


def serve(port: int, file: str) -> None:
    """What the process does."""
    stay_on(SERVER_CORE)
    rows = sqlite3.connect(file, isolation_level=None)
    rows.execute("PRAGMA journal_mode = WAL")
    rows.execute("PRAGMA synchronous = FULL")
    rows.execute("CREATE TABLE rows (body TEXT)")
    uvloop.run(_serve(port, rows))


async def _serve(port: int, rows: sqlite3.Connection) -> None:
    loop = asyncio.get_running_loop()
    screens: list[asyncio.Transport] = []
    server = await loop.create_server(lambda: Floor(rows, screens), "127.0.0.1", port)
    await server.serve_forever()


@contextmanager
def floor_server(port: int, folder: Path) -> Iterator[int]:
    """The floor on a port, as long as the block lasts; its process."""
    file = str(folder / "latency-floor.db")
    process = get_context("spawn").Process(target=serve, args=(port, file), daemon=True)
    process.start()
    try:
        _wait_until_listening(port)
        yield cast(int, process.pid)
    finally:
        process.kill()
        process.join()


def _wait_until_listening(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
