"""Answers that nobody fetches hold no connection for ever, and who goes away fills no log."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, until

SOON = 1.0
LINES = 30
SLOWLY = 450_000
"""Bytes a second."""

LARGE = b"GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n"
LAST = LARGE.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
SMALL = b"GET /static/desk.css HTTP/1.1\r\nhost: x\r\n\r\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A server with less patience than in a shop."""
    shop = RunningShop(tmp_path_factory.mktemp("unread"))
    shop.prelude = f"from displays import heads\nheads.UNREAD_SECONDS = {SOON}"
    try:
        shop.start()
        until(lambda: _lines(shop) == 0)
        yield shop
    finally:
        shop.kill()


def _lines(shop: RunningShop) -> int:
    """How many connections the server holds; what only the kernel still holds has no inode."""
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    here = f":{shop.port:04X}"
    return sum(row[1].endswith(here) and row[9] != "0" for row in table) - 1


def _asked(shop: RunningShop, asked: bytes) -> socket.socket:
    """A connection that has asked, and takes little in; small packets keep the kernels' part so."""
    line = socket.socket()
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.settimeout(10)
    line.connect(("127.0.0.1", shop.port))
    line.sendall(asked)
    return line


def _wait_for(moment: float) -> None:
    until(lambda: time.monotonic() > moment)


@pytest.mark.parametrize("asked", [LARGE * 60, LARGE, SMALL * 6], ids=["many", "one", "small"])
def test_who_reads_nothing_is_cut_off_and_others_are_answered(
    shop: RunningShop, asked: bytes
) -> None:
    """Falls over without `self.transport.abort()` in `_look` of `displays/heads.py`."""
    logged = len(shop.log.read_text())
    with ExitStack() as lines:
        for _ in range(LINES):
            lines.enter_context(_asked(shop, asked))
        until(lambda: _lines(shop) == LINES)
        assert shop.get("/healthz")[0] == 200
        until(lambda: _lines(shop) == 0)
    assert shop.log.read_text()[logged:] == ""


def test_who_reads_slowly_gets_all(shop: RunningShop) -> None:
    """Falls over without `if self._taken_bytes() < self._due_bytes` in `displays/heads.py`."""
    said, began = b"", time.monotonic()
    with _asked(shop, LARGE * 15 + LAST) as line:
        while part := line.recv(32 * 1024):
            said += part
            _wait_for(began + len(said) / SLOWLY)
    assert time.monotonic() > began + 3 * SOON
    assert said.count(b"HTTP/1.1 200") == 16
    assert said.endswith(b"}")


@pytest.mark.parametrize("asked", [LARGE * 60, SMALL * 60], ids=["large", "small"])
def test_who_goes_away_fills_no_log(shop: RunningShop, asked: bytes) -> None:
    """Falls over without `with suppress(RuntimeError)` in `displays/heads.py`."""
    logged = len(shop.log.read_text())
    for _ in range(LINES):
        with _asked(shop, asked) as line:
            line.recv(1)
    until(lambda: _lines(shop) == 0)
    assert shop.get("/healthz")[0] == 200
    assert shop.log.read_text()[logged:] == ""
