"""Who goes away before an answer is written fills no log."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, until

LINES = 30
LARGE = b"GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n"
SMALL = b"GET /static/desk.css HTTP/1.1\r\nhost: x\r\n\r\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A server that has nothing else to do."""
    shop = RunningShop(tmp_path_factory.mktemp("unread"))
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
