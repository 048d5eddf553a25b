"""A running shop under attack: who else watches it, how much memory it has, whether it lives."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from tests.attack.frames import goodbye
from tests.e2e.running import RunningShop
from tests.e2e.watching import Visitor, Watcher
from tests.hub.test_nonsense import HANDSHAKE

MEGABYTE = 1024 * 1024
FLAT_BYTES = 24 * MEGABYTE
"""What a process may breathe; one bomb of those thrown at it is four times as large."""


class Target:
    """One shop for all attacks; it is never started anew."""

    def __init__(self, shop: RunningShop) -> None:
        self.shop = shop
        self.pid = shop.pid
        self._plates = 0

    @cached_property
    def anna(self) -> Visitor:
        """An honest advisor."""
        return Visitor(self.shop).sign_in("anna")

    def memory(self) -> int:
        """Resident bytes of the server."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found, status
        return int(found[1]) * 1024

    @contextmanager
    def flat(self) -> Iterator[None]:
        """What happens inside must not make the server grow."""
        before = self.memory()
        yield
        assert self.memory() - before < FLAT_BYTES

    @contextmanager
    def unharmed(self) -> Iterator[None]:
        """Another screen stays connected meanwhile, and hears of a car received afterwards."""
        other = Watcher(self.anna, "board").dial()
        other.hear()
        logged = self.log_size()
        yield
        job = self.receive()
        while f"job-{job}" not in other.regions:
            other.hear()
        other.hang_up()
        assert "Traceback" not in self.log_since(logged), self.log_since(logged)

    def receive(self) -> str:
        """One more car; its job."""
        self._plates += 1
        return self.shop.receive(f"京A{self._plates:05}")

    def log_size(self) -> int:
        """How much the server has said."""
        return len(self.shop.log.read_text())

    def log_since(self, size: int) -> str:
        """What it has said since."""
        return self.shop.log.read_text()[size:]

    def line(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.shop.port), timeout=60)

    def dials(self, cookies: str) -> bytes:
        """All that is answered to somebody who dials with these cookies and is refused."""
        with self.line() as line:
            line.sendall(self._handshake(cookies))
            return self.told(line)

    def _handshake(self, cookies: str, more: str = "", audience: str = "board") -> bytes:
        headers = f"Cookie: {cookies}\r\nOrigin: {self.shop.url}\r\n{more}"
        head = HANDSHAKE.format(path=f"/live/{audience}", more=headers)
        return head.replace("Host: x", f"Host: 127.0.0.1:{self.shop.port}").encode("latin-1")

    def channel(self, more: str = "", audience: str = "board") -> socket.socket:
        """A bare connection on which the live channel is open, as Anna's page has it."""
        line = self.line()
        line.sendall(self._handshake(str(self.anna.cookies), more, audience))
        said = b""
        while b"\r\n\r\n" not in said:
            said += line.recv(1)
        assert said.startswith(b"HTTP/1.1 101"), said
        return line

    def told(self, line: socket.socket) -> bytes:
        """All that comes until the server says goodbye or hangs up."""
        said = b""
        try:
            while goodbye(said) is None and (part := line.recv(65536)):
                said += part
        except ConnectionResetError:
            pass
        return said
