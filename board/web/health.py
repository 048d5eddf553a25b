"""`/healthz`, `/readyz`, `/metrics`: whether the process lives and can write; what it counts."""

import asyncio
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.journal import JournalUnavailable
from board.web.checks import not_too_often
from board.web.doors import Doors
from board.web.limits import address
from board.web.patience import not_for_ever

COMMANDS_ASKED = Counter(
    "baylight_commands", "Commands by name and result", ("name", "result"), registry=None
)

LOOK_SECONDS = 7.0
"""Longer than a locked database is waited for, so that whoever asks hears of the lock."""


class Health:
    """The doors of those who watch the process."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self._look: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/healthz", self.healthz, methods=["GET"]),
            Route("/readyz", self.readyz, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def healthz(self, _request: Request) -> Response:
        """200 while the event loop answers."""
        return JSONResponse({"status": "lives"})

    async def readyz(self, request: Request) -> Response:
        """200 when the journal can be written, else 503; names what is degraded either way.

        A simulated shop says `clock` either way: `{"now", "rate"}`.
        """
        self._patient(request)
        degraded = dict(self.doors.degraded())
        try:
            await self._write()
        except JournalUnavailable as error:
            degraded["journal"] = error.sentence
        clock = self.doors.simulated()
        said = {"degraded": degraded, **({"clock": clock} if clock else {})}
        if "journal" in degraded:
            return JSONResponse({"status": "not ready", **said}, 503, {"retry-after": "2"})
        return JSONResponse({"status": "ready", **said})

    async def _write(self) -> None:
        """Write something; one try at a time, for while the database hangs each keeps a thread."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(asyncio.to_thread(self.doors.journal.writable))
            self._look.add_done_callback(_heard)
        async with not_for_ever(LOOK_SECONDS):
            await asyncio.shield(self._look)

    async def metrics(self, request: Request) -> Response:
        """What Prometheus reads; names are in docs/api.md."""
        self._patient(request)
        registry = CollectorRegistry()
        registry.register(COMMANDS_ASKED)
        registry.register(_Figures(self.doors))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _patient(self, request: Request) -> None:
        # Nobody has looked who asks: these must answer while sessions cannot be read.
        not_too_often(self.doors, self.doors.limits.watcher, address(request.scope))


def _heard(look: asyncio.Task[None]) -> None:
    """Nobody may wait any more for what a look found."""
    if not look.cancelled():
        look.exception()


class _Figures(Collector):
    """Numbers that the wiring knows, read when they are asked for."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def collect(self) -> Iterator[Metric]:
        """Yield one gauge per figure."""
        for name, value in self._doors.figures().items():
            yield GaugeMetricFamily(f"baylight_{name}", name.replace("_", " "), value=value)
        degraded = len(self._doors.degraded())
        yield GaugeMetricFamily("baylight_degraded", "Parts that do not work", value=degraded)
