"""uvicorn with an orderly end: screens are sent away in batches before any connection is closed."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn

from displays.protocol import UVICORN, ScreenProtocol
from workshop import Workshop

LAST_REQUESTS_SECONDS = 0.3


def server_config(workshop: Workshop) -> uvicorn.Config:
    """How the application is served, alone or as one of several workers."""
    return uvicorn.Config(
        workshop.app,
        ws=ScreenProtocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        **UVICORN,
    )


class ShopServer(uvicorn.Server):
    """One process's server; `leave` asks it to end as a signal does."""

    def __init__(
        self,
        config: uvicorn.Config,
        send_away: Callable[[], Awaitable[None]],
        has_neighbours: bool = False,
    ) -> None:
        """`send_away` ends all live screens; `has_neighbours`: others take the newcomers then."""
        super().__init__(config)
        self.serves = asyncio.Event()
        self._send_away = send_away
        self._has_neighbours = has_neighbours

    def leave(self) -> None:
        """Ask the server to end."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then say so."""
        await super().startup(sockets)
        self.serves.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send the screens away in batches, then close as uvicorn does: all at once."""
        if self._has_neighbours:
            for server in self.servers:
                server.close()
        await self._send_away()
        # Whoever was let in just before may still be writing a request.
        await asyncio.sleep(LAST_REQUESTS_SECONDS)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM; uvicorn's own way would kill us before all is put away."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
