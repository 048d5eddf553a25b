"""A screen without a browser: signs in, opens its page, follows frames, hashes what it shows."""

import hashlib
import json
import re
import socket
from contextlib import ExitStack
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from websockets import Origin
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.e2e.running import PIN, RunningShop

Regions = dict[str, str]


def state_hash(regions: Regions) -> str:
    """One hash over sorted region ids and the hashes of their html."""
    lines = (
        f"{key}\0{hashlib.sha256(html.encode()).hexdigest()}"
        for key, html in sorted(regions.items())
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Visitor:
    """A browser without eyes: cookies, forms, sockets."""

    def __init__(self, shop: RunningShop, cookies: str = "") -> None:
        """`cookies`: the header of somebody who is known already."""
        self.shop = shop
        pairs = (pair.partition("=") for pair in cookies.split("; ") if pair)
        self._cookies = {key: value for key, _, value in pairs}
        self.sent_to = ""
        """Where the last answer sends a browser."""

    def request(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Send a request as a page of the shop would."""
        body = urlencode(form).encode() if form is not None else None
        headers = {"Cookie": self.cookies, "Origin": self.shop.url}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, kept, text = self._send(method, path, body, headers)
        self._cookies.update(kept)
        return status, text

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], str]:
        line = HTTPConnection("127.0.0.1", self.shop.port, timeout=60)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        jar: SimpleCookie = SimpleCookie()
        for value in answer.headers.get_all("set-cookie") or ():
            jar.load(value)
        line.close()
        self.sent_to = answer.headers.get("location", "")
        return answer.status, {key: morsel.value for key, morsel in jar.items()}, text

    def fetches(self, path: str) -> bool:
        """Whether something is there, whatever it is."""
        line = HTTPConnection("127.0.0.1", self.shop.port, timeout=60)
        line.request("GET", path, headers={"Cookie": self.cookies})
        answer = line.getresponse()
        found = answer.status == 200 and len(answer.read()) > 0
        line.close()
        return found

    @property
    def cookies(self) -> str:
        """The cookie header."""
        return "; ".join(f"{key}={value}" for key, value in self._cookies.items())

    def sign_in(self, person: str) -> "Visitor":
        """Sign somebody of the cast in with their PIN."""
        status = self.tries(person, PIN)
        assert status in (200, 303), status
        return self

    def tries(self, person: str, pin: str) -> int:
        """The status of a try to sign in."""
        _, page = self.request("GET", "/?tablet")
        found = re.search(r'name="csrf"[^>]*value="([^"]+)"', page)
        assert found, page[:500]
        form = {"person": person, "pin": pin, "csrf": found[1]}
        return self.request("POST", "/sign-in/pin", form)[0]

    def pair(self, audience: str) -> "Visitor":
        """Become a paired screen."""
        status = self.claims(self.shop.screen_code(audience), f"/{audience}")
        assert status in (200, 303), status
        return self

    def claims(self, code: str, back: str = "") -> int:
        """The status of typing a screen's code."""
        return self.request("POST", "/screens/claim", {"code": code, "back": back})[0]


class Watcher:
    """A live screen: what it was told, region by region."""

    def __init__(self, visitor: Visitor, audience: str, buffer_bytes: int = 0) -> None:
        """With `buffer_bytes` the kernel holds no more than about so many, uncompressed."""
        self.audience = audience
        self._visitor = visitor
        self._buffer_bytes = buffer_bytes
        self.boot: str | None = None
        self.rev: int | None = None
        self.seq = 0
        self.at = 0
        self.regions: Regions = {}

    def dial(self) -> "Watcher":
        """Connect, telling where it stands."""
        held = f"?boot={self.boot}&rev={self.rev}" if self.boot else ""
        self._open = ExitStack()
        self.line: ClientConnection = self._open.enter_context(
            connect(
                f"ws://127.0.0.1:{self._visitor.shop.port}/live/{self.audience}{held}",
                additional_headers={"Cookie": self._visitor.cookies},
                origin=Origin(self._visitor.shop.url),
                proxy=None,
                max_size=None,
                # With a full queue it would answer no pings either, and be cut off as dead.
                max_queue=16 if self._buffer_bytes else None,
                sock=self._narrow_socket() if self._buffer_bytes else None,
                compression=None if self._buffer_bytes else "deflate",
            )
        )
        return self

    def _narrow_socket(self) -> socket.socket:
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._buffer_bytes)
        narrow.connect(("127.0.0.1", self._visitor.shop.port))
        return narrow

    def hang_up(self) -> None:
        """Close the connection."""
        self._open.close()

    def hear(self, timeout: float = 60) -> dict[str, Any]:
        """Take in the next message."""
        message: dict[str, Any] = json.loads(self.line.recv(timeout=timeout))
        self.seq, self.at = message["seq"], message["at"]
        if message.get("beat"):
            return message
        if message["full"]:
            self.regions = {}
        else:
            assert (message["boot"], message["from"]) == (self.boot, self.rev)
        self.regions.update(message["regions"])
        for key in message["gone"]:
            self.regions.pop(key, None)
        self.boot, self.rev = message["boot"], message["rev"]
        return message

    def goodbye(self) -> int:
        """Hear until the server closes; its code."""
        while True:
            try:
                self.hear()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006

    def catch_up(self, head: "Watcher") -> "Watcher":
        """Hear until this screen stands where that one does, or further."""
        while not self.reaches(head):
            self.hear()
        return self

    def reaches(self, head: "Watcher") -> bool:
        """Whether this screen stands where that one does, or further."""
        return self.boot == head.boot and (self.rev or 0) >= (head.rev or 0)

    def probed(self, seq: int) -> "Watcher":
        """A second screen that joins now: its snapshot, at the journal's `seq` or later."""
        probe = Watcher(self._visitor, self.audience).dial()
        while probe.rev is None or probe.seq < seq:
            probe.hear()
        probe.hang_up()
        return probe
