"""How much a stranger or a person may ask: rates by address or session, size and time of bodies.

Memory is bounded: of too many addresses the least recently heard is forgotten.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.accounts_tries import TryLimit
from board.web.errors import Stopped, answer_stopped

KEYS_KEPT = 10_000
BODY_BYTES = 64 * 1024
BODY_SECONDS = 15.0


class RateLimit:
    """At most `count` in a window of `seconds`, for each key by itself."""

    def __init__(self, count: int, seconds: int) -> None:
        self._count = count
        self._seconds = seconds
        self._heard: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def take(self, key: str, at: float) -> int:
        """Count one more at time `at` (seconds); 0 if it is allowed, else seconds to wait."""
        wait = self.wait(key, at)
        if not wait:
            began, used = self._window(key, at)
            self._heard[key] = (began, used + 1)
            self._heard.move_to_end(key)
            while len(self._heard) > KEYS_KEPT:
                self._heard.popitem(last=False)
        return wait

    def wait(self, key: str, at: float) -> int:
        """Seconds until one more is allowed, 0 for now; counts nothing."""
        began, used = self._window(key, at)
        return max(1, int(began + self._seconds - at)) if used >= self._count else 0

    def forget(self, key: str) -> None:
        """Count anew for a key that proved itself."""
        self._heard.pop(key, None)

    def _window(self, key: str, at: float) -> tuple[float, int]:
        began, used = self._heard.get(key, (at, 0))
        return (at, 0) if at - began >= self._seconds or at < began else (began, used)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one process; counts per minute unless said otherwise.

    What is counted by address is generous, for a whole shop may stand behind one: `sign_in`, and
    `nobody`, who only looks. `stranger` counts cookies and keys that are nobody's. A wrong screen
    code counts against its address alone, for a quarter of an hour: a count over all would let
    strangers close the door, and 24^8 codes do not need one. `unpaired` counts the codes made for
    screens of an address that wait, `unpaired_later` those after that, while the address may type
    no code either.

    Customers: `phone` counts all that is asked about one job, `phone_link` the links of an address
    that do not work. `phone_code` are tries of a job's code, and `phone_codes` those of an address
    for all jobs: six digits need both. `gate_code` are tries of codes that let no car out,
    `approve` wrong codes of a person who approves screens. These are counted in the database, over
    all processes.
    """

    sign_in: RateLimit = field(default_factory=lambda: RateLimit(300, 60))
    claim: RateLimit = field(default_factory=lambda: RateLimit(5, 900))
    unpaired: RateLimit = field(default_factory=lambda: RateLimit(100, 900))
    unpaired_later: RateLimit = field(default_factory=lambda: RateLimit(1, 5))
    stranger: RateLimit = field(default_factory=lambda: RateLimit(60, 60))
    nobody: RateLimit = field(default_factory=lambda: RateLimit(6_000, 60))
    person: RateLimit = field(default_factory=lambda: RateLimit(600, 60))
    token: RateLimit = field(default_factory=lambda: RateLimit(60_000, 60))
    watcher: RateLimit = field(default_factory=lambda: RateLimit(6_000, 60))
    phone: RateLimit = field(default_factory=lambda: RateLimit(300, 60))
    phone_link: RateLimit = field(default_factory=lambda: RateLimit(60, 60))
    phone_code: TryLimit = field(default_factory=lambda: TryLimit(5, 900))
    phone_codes: TryLimit = field(default_factory=lambda: TryLimit(30, 900))
    approve: TryLimit = field(default_factory=lambda: TryLimit(5, 900))
    badge: TryLimit = field(default_factory=lambda: TryLimit(20, 900))
    gate_code: TryLimit = field(default_factory=lambda: TryLimit(20, 300))
    body_bytes: int = BODY_BYTES
    body_seconds: float = BODY_SECONDS
    larger: Mapping[str, int] = field(default_factory=dict)

    def body_limit(self, path: str) -> int:
        """The most bytes that a body sent to `path` may have; `larger` goes by prefix."""
        return next(
            (size for prefix, size in self.larger.items() if path.startswith(prefix)),
            self.body_bytes,
        )


def address(scope: Scope) -> str:
    """Who is asking, for rates: an IPv4 address, or the /64 that an IPv6 address lies in."""
    client = scope.get("client")
    return _counted(str(client[0])[:64]) if client else "unknown"


@lru_cache(4096)
def _counted(client: str) -> str:
    try:
        found = ip_address(client)
    except ValueError:
        return client
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


class BodyLimit:
    """Refuses a body that is too long, as announced or as it streams in, and one too slow."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a receive that counts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limits.body_limit(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or len(announced) > 15 or int(announced) > limit:
            await answer_stopped(Stopped(413, "too_large"), scope)(scope, receive, send)
            return
        await self._app(scope, _bounded(receive, limit, self._limits.body_seconds), send)


def _bounded(receive: Receive, limit: int, seconds: float) -> Receive:
    heard, is_whole = 0, False
    until = asyncio.get_running_loop().time() + seconds

    async def hearing() -> Message:
        nonlocal heard, is_whole
        message = await (receive() if is_whole else _in_time(receive, until))
        # After the body only the end of the connection is waited for, and that may take long.
        is_whole = not message.get("more_body", False)
        heard += len(message.get("body", b""))
        if heard > limit:
            raise Stopped(413, "too_large")
        return message

    return hearing


async def _in_time(receive: Receive, until: float) -> Message:
    try:
        async with asyncio.timeout_at(until):
            return await receive()
    except TimeoutError:
        raise Stopped(408, "too_slow") from None
