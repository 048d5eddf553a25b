"""uvicorn with an orderly end: screens are sent away in batches before any connection is closed."""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

import uvicorn

from cli_secure import SecureDoor
from displays.protocol import UVICORN, ScreenProtocol
from workshop import Workshop

LAST_REQUESTS_SECONDS = 0.3
STANDARD_INPUT = 0

GARBAGE_AT_ONCE = 5000
"""So many more objects made than given back are looked through for cycles; Python's own is 700."""


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


def settle_memory() -> None:
    """Let the collector of cycles pass over what stays for good, and come less often.

    Else it looks again and again at every template, table and job: a tenth of a second each time,
    half of the time it takes to let 2,000 screens in.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AT_ONCE, 10, 10)


class ShopServer(uvicorn.Server):
    """One process's server; `leave` asks it to end as a signal does."""

    def __init__(
        self,
        config: uvicorn.Config,
        send_away: Callable[[], Awaitable[None]],
        has_neighbours: bool = False,
        secure: SecureDoor | None = None,
    ) -> None:
        """`send_away` ends all live screens; `has_neighbours`: others take the newcomers then.

        `secure`: where https is spoken, beside the sockets it is told to serve.
        """
        super().__init__(config)
        self.serves = asyncio.Event()
        self.starts_again = False
        """Whether it was asked by SIGHUP to make room for itself with the code from the disk."""
        # Looked at now: a terminal whose window is closed is none any more.
        self._may_start_again = not has_neighbours and not os.isatty(STANDARD_INPUT)
        self._send_away = send_away
        self._has_neighbours = has_neighbours
        self._secure = secure
        self._speaks_https = False

    def leave(self) -> None:
        """Ask the server to end."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then say so."""
        await super().startup(sockets)
        await self.speak_https()
        settle_memory()
        self.serves.set()

    async def speak_https(self) -> None:
        """Listen for https, too, once there is a certificate that can be used."""
        door = self._secure
        if door is not None and door.is_usable and not self._speaks_https:
            self._speaks_https = True
            self.servers.append(await self._secured(door))

    async def _secured(self, door: SecureDoor) -> asyncio.base_events.Server:
        config, loop = self.config, asyncio.get_running_loop()
        kind, state, shared = config.http_protocol_class, self.server_state, self.lifespan.state
        # As uvicorn makes them for the sockets it is told of.
        make = partial(kind, config=config, server_state=state, app_state=shared)  # type: ignore[call-arg]
        return await loop.create_server(
            make, sock=door.listener, ssl=door.context, backlog=config.backlog
        )

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
        """End on signals; uvicorn's own way would kill us before all is put away."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._end, number)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)
        yield

    def _end(self, number: signal.Signals) -> None:
        self.starts_again = False
        self.handle_exit(number, None)

    def _hang_up(self) -> None:
        if not self.should_exit:
            self.starts_again = self._may_start_again
        self.leave()
