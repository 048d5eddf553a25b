"""What a proxy before us says of its visitors: believed only from addresses the operator names.

Outermost of all: nothing further in ever sees such a header.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

_SAID = re.compile(rb"x-forwarded-.*|forwarded|x-real-ip|x-original-.*|x-rewrite-url|via")
_HOST = re.compile(rb"[A-Za-z0-9.-]{1,255}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_MOST_HOPS = 20

Network = IPv4Network | IPv6Network
Headers = list[tuple[bytes, bytes]]


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the addresses and networks in a text with commas; ValueError names what is none."""
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise ValueError(f"{text} is no address and no network such as 10.0.0.0/8") from None


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the operator; none by default."""

    networks: tuple[Network, ...] = ()

    def include(self, host: str) -> bool:
        """Whether this address is one of the proxies."""
        found = _address(host)
        return found is not None and any(found in network for network in self.networks)

    def visitor(self, peer: str, said: Iterable[str]) -> str:
        """Who asks: the last address that `said` names before our own proxies begin.

        Each proxy adds whom it heard at the end, so what stands before a stranger is hearsay.
        """
        nearest = peer
        for text in list(said)[::-1][:_MOST_HOPS]:
            found = _address(text)
            if found is None or not self.include(nearest):
                break
            nearest = str(found)
        return nearest


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as headers write it, perhaps with brackets and a port."""
    bare = text.strip().partition("]")[0].lstrip("[")
    try:
        found = ip_address(bare.partition(":")[0] if bare.count(":") == 1 else bare)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


class Behind:
    """Gives each request its visitor's address, scheme and host, as our own proxy knows them."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without what proxies add to it."""
        seen = seen_through(self._proxies, scope) if scope["type"] == "http" else scope
        await self._app(seen, receive, send)


def seen_through(proxies: Proxies, scope: Scope) -> Scope:
    """A request or socket as our own proxies know it, without what anybody says in their name."""
    told: Headers = [pair for pair in scope["headers"] if _SAID.fullmatch(pair[0])]
    if not told:
        return scope
    kept: Headers = [pair for pair in scope["headers"] if not _SAID.fullmatch(pair[0])]
    seen = {**scope, "headers": kept}
    peer = str((scope.get("client") or ("",))[0])
    if proxies.include(peer):
        _believe(seen, told, proxies.visitor(peer, _listed(told, b"x-forwarded-for")))
    return seen


def _believe(seen: Scope, told: Headers, visitor: str) -> None:
    seen["client"] = (visitor, 0)
    scheme = _last(told, b"x-forwarded-proto")
    if scheme in ("http", "https"):
        is_socket = seen["type"] == "websocket"
        seen["scheme"] = scheme.replace("http", "ws") if is_socket else scheme
    host = _last(told, b"x-forwarded-host").encode("latin-1")
    if _HOST.fullmatch(host):
        others = [pair for pair in seen["headers"] if pair[0] != b"host"]
        seen["headers"] = [(b"host", host), *others]


def _listed(told: Headers, name: bytes) -> list[str]:
    values = b",".join(value for key, value in told if key == name).decode("latin-1")
    return [part.strip() for part in values.split(",") if part.strip()]


def _last(told: Headers, name: bytes) -> str:
    """The value that the nearest proxy wrote; what stands before it may be the visitor's own."""
    return next(iter(_listed(told, name)[::-1]), "").lower()
