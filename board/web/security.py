"""Headers of every answer, and the check that a request comes from our own pages.

Knows nothing of sessions beyond the names of their cookies.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.web.cookies import COOKIES
from board.web.errors import Stopped, answer_stopped

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src {connect}; font-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]{1,255}")

# Not no-referrer: with it browsers send `Origin: null` with our own forms (Fetch, 3.1).
HEADERS = {
    # By this our scripts know the shop's own answer from that of a guest network or a proxy.
    "x-answered-by": "baylight",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}

_ALWAYS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_STANDARD_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"(https?)://(.+)")


class SecurityHeaders:
    """Adds the headers of every answer; pages with data are kept by nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a send that adds headers."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Another list: an answer made once must not keep what belongs to this request.
                message["headers"] = [*message["headers"], *_missing(message, scope)]
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def _missing(message: Message, scope: Scope) -> Iterator[tuple[bytes, bytes]]:
    given = {name for name, _ in message["headers"]}
    yield from (pair for pair in _ALWAYS if pair[0] not in given)
    if b"content-security-policy" not in given:
        host = Headers(scope=scope).get("host", "")
        yield b"content-security-policy", policy(host).encode()
    if b"cache-control" not in given:
        yield b"cache-control", _caching(scope)


def policy(host: str) -> str:
    """The content security policy of a page that was asked for at `host`, as the header says it.

    Browsers of our floor do not take 'self' to cover sockets, so those are named.
    """
    # The header is the visitor's own text: a blank or a semicolon in it would write policy.
    return _policy(host if _HOST.fullmatch(host) else "")


@lru_cache
def _policy(host: str) -> str:
    sockets = f" ws://{host} wss://{host}" if host else ""
    return POLICY.format(connect=f"'self'{sockets}")


def _caching(scope: Scope) -> bytes:
    if not scope["path"].startswith("/static/"):
        return b"no-store"
    # Pages name files with their build, ?v=…: never another content there.
    is_versioned = bool(parse_qs(scope.get("query_string", b"")).get(b"v"))
    return b"public, max-age=31536000, immutable" if is_versioned else b"no-cache"


class OwnPagesOnly:
    """Refuses what another site's page sends by an unsafe method."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "http" and not is_own(scope):
            await answer_stopped(Stopped(403, "origin_wrong"), scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_own(scope: Scope) -> bool:
    """Whether a request or socket may have come from one of our pages, or from no page at all.

    Origin decides where there is one, else Sec-Fetch-Site, else Referer. Without any of them it is
    no browser of our floor: fine with a bearer token, and for http also without our cookies,
    because then it brings nothing that a foreign page could abuse.
    """
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return True
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    if origins:
        return all(_is_ours(origin, scope, headers) for origin in origins)
    if headers.get("authorization", "").lower().startswith("bearer "):
        return True
    if scope["type"] == "websocket":
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    if "referer" in headers:
        return _is_ours(_origin_of(headers["referer"]), scope, headers)
    return COOKIES.isdisjoint(HTTPConnection(scope).cookies)


def _origin_of(page: str) -> str:
    """The origin of a page's address; what is no address is no origin either."""
    return "/".join(page.split("/", 3)[:3])


def _is_ours(origin: str, scope: Scope, headers: Headers) -> bool:
    """Whether an origin names the host that is asked, letter by letter as browsers write it.

    A page that came over http is no page of ours where we are asked over https.
    """
    parts = _ORIGIN.fullmatch(origin)
    if parts is None or (parts[1] == "http" and scope.get("scheme") in ("https", "wss")):
        return False
    place = _place(parts[1], parts[2])
    return place is not None and place == _place(parts[1], headers.get("host", ""))


def _place(scheme: str, host: str) -> tuple[str, int] | None:
    return _parsed(scheme, host) if _HOST.fullmatch(host) else None


@lru_cache(64)
def _parsed(scheme: str, host: str) -> tuple[str, int] | None:
    # Few names are ever asked for, by everybody; none is longer than a host may be.
    try:
        parts = urlsplit(f"{scheme}://{host}")
        port = _STANDARD_PORTS[scheme] if parts.port is None else parts.port
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None
