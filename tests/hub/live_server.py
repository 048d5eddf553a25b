"""A real server in a thread: uvicorn, our protocol, the live endpoint and one page for browsers."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from displays.hub import Hub, Variant
from displays.protocol import UVICORN, ScreenProtocol
from displays.socket import Rejection, Ticket, socket_endpoint

BOARD = Variant("shop", "board", "en")
STATIC = Path(__file__).parents[2] / "static"
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
)

T = TypeVar("T")


class ShopClock:
    """Noon at the start, then as fast as real time."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self) -> datetime:
        return NOON + timedelta(seconds=time.monotonic() - self._start)


class _Server(uvicorn.Server):
    """Tells its port once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Future[int]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell the port."""
        await super().startup(sockets)
        self._ready.set_result(self.servers[0].sockets[0].getsockname()[1])


class LiveServer:
    """One running server with one hub; what touches the hub goes through `do`."""

    def __init__(
        self, port: int = 0, boot: str = "boot-1", build: str = "build-1", **settings: float
    ) -> None:
        self.hub = Hub(boot, build, ShopClock())
        self.page = ""
        self.opened = asyncio.Event()
        self.waiting = 0
        self._ready: Future[int] = Future()
        config = uvicorn.Config(
            Starlette(routes=self._routes()),
            host="127.0.0.1",
            port=port,
            ws=ScreenProtocol,
            loop="asyncio",
            log_config=None,
            **{**UVICORN, **settings},
        )
        self._server = _Server(config, self._ready)
        # A test that fails before it stops its server fails, and does not hang at the end.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _routes(self) -> Sequence[BaseRoute]:
        return (
            WebSocketRoute("/live", socket_endpoint(self.hub, self._authorise)),
            Route("/page", self._page),
            Route("/healthz", lambda request: PlainTextResponse("ok")),
            Mount("/static", StaticFiles(directory=STATIC)),
        )

    async def _authorise(self, websocket: WebSocket) -> Ticket | Rejection:
        """All may look, but a foreign origin and the session `gone`; `slow` waits for the test."""
        if websocket.headers.get("origin") == "http://elsewhere.example":
            return Rejection()
        session = websocket.query_params.get("session", "s")
        if session == "slow":
            self.waiting += 1
            await self.opened.wait()
        return Rejection(4401) if session == "gone" else Ticket(BOARD, session)

    def _page(self, request: Request) -> HTMLResponse:
        return HTMLResponse(self.page, headers={"Content-Security-Policy": POLICY})

    def start(self) -> "LiveServer":
        """Start and wait until connections are accepted."""
        self._thread.start()
        self.port = self._ready.result(60)
        return self

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve()

    def stop(self) -> None:
        """Stop as on SIGTERM and wait for the end."""
        self._server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()

    def do(self, act: Callable[[], T]) -> T:
        """Call a function on the server's loop and return what it gives."""
        done: Future[T] = Future()
        self._loop.call_soon_threadsafe(lambda: done.set_result(act()))
        return done.result(60)

    def drain(self) -> None:
        """Send everybody away as before a deploy."""
        asyncio.run_coroutine_threadsafe(self.hub.drain(), self._loop).result(60)

    def show(self, regions: dict[str, str]) -> None:
        """Fill the board, or change it to this."""
        self.do(lambda: self.hub.show(BOARD, regions, ("e", 1)))

    def beat(self) -> None:
        """Let the heart beat once."""
        self.do(self.hub.beat)

    def publish(self, changed: dict[str, str], *gone: str) -> int:
        """Change the board; the rev it has now."""

        def act() -> int:
            self.hub.publish(BOARD, changed, gone, ("e", 2))
            return self.hub.shown(BOARD).rev

        return self.do(act)

    def figure(self, name: str) -> float:
        """One of the hub's figures."""
        return self.do(lambda: self.hub.gauges()[name])

    @property
    def url(self) -> str:
        """Where the live endpoint is."""
        return f"ws://127.0.0.1:{self.port}/live"


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds, at most so long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
