"""A whole shop behind a free port of this machine, with nothing but its walls in mind."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from displays.protocol import UVICORN, ScreenProtocol
from settings import read_settings
from workshop import Workshop

DEADLINE_SECONDS = 60.0


@contextmanager
def served(folder: Path) -> Iterator[tuple[Workshop, str]]:
    """A new shop without sensors, and its address, while the context is open."""
    workshop = Workshop(read_settings({"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"}))
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(workshop.app, ws=ScreenProtocol, lifespan="on", log_config=None, **UVICORN)
    )
    work = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    work.start()
    try:
        _wait_until_started(server)
        yield workshop, f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        work.join(DEADLINE_SECONDS)
        workshop.close()
        listener.close()


def _wait_until_started(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
