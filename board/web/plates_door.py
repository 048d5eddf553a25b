"""`POST /hooks/plates`: what a plate camera sends, with its key in a header or in the path.

The key opens nothing else, and no other key opens this. Knows nothing of makers of cameras.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.accounts_tokens import ApiToken
from board.web.checks import not_too_often
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.session import Visitors, bearer_of, not_guessing

PATH = "/hooks/plates"
MOST_BYTES = 4 * 1024 * 1024
_HEADER = "x-device-token"
_MOST_OF_ONE = 4
_MOST_AT_ONCE = 4


@dataclass
class PlatesDoor:
    """The door of cameras; few of their bodies, which carry pictures, are in the house at once.

    Few of each key, so that a slow or wild camera holds up nobody but itself; and few are worked
    on, in the order in which they had arrived whole.
    """

    doors: Doors
    _inside: Counter[str] = field(default_factory=Counter)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_MOST_AT_ONCE))

    def routes(self) -> list[Route]:
        """Return the routes; some cameras add words of their own to the path they are given."""
        paths = (PATH, PATH + "/{token}", PATH + "/{token}/{rest:path}")
        return [Route(path, self.take, methods=["POST"]) for path in paths]

    async def take(self, request: Request) -> Response:
        """`{"result": "true"}`, which some cameras wait for before they send the next one.

        Stopped (401) without the key of a device, (422) for what no known camera sends.
        """
        key = await self._key(request)
        not_too_often(self.doors, self.doors.limits.token, key.id)
        kind = request.headers.get("content-type", "")
        with self._one_of(key.id):
            body = await request.body()
            async with self._places:
                was_read = await self.doors.plates(key.shop_id, key.name, kind, body)
        if not was_read:
            raise Stopped(422, "malformed")
        return JSONResponse({"result": "true"})

    @contextmanager
    def _one_of(self, key: str) -> Iterator[None]:
        """One body of this key, from its first byte on; Stopped (429) for one too many."""
        if self._inside[key] >= _MOST_OF_ONE:
            raise Stopped(429, "too_many", {"seconds": 2}, retry_after_seconds=2)
        self._inside[key] += 1
        try:
            yield
        finally:
            self._inside[key] -= 1
            # Keys come and go: one that sends nothing is not kept.
            self._inside += Counter()

    async def _key(self, request: Request) -> ApiToken:
        shown = (
            request.headers.get(_HEADER),
            bearer_of(request),
            request.path_params.get("token"),
        )
        secret = next(filter(None, shown), "")
        found = await Visitors(self.doors).device(request, secret) if secret else None
        if found is None:
            not_guessing(request)
            raise Stopped(401, "not_signed_in")
        return found
