"""A head that is too long or never ends is turned away before it is kept."""

import socket

import pytest

from displays import heads
from displays.heads import HEAD_BYTES
from tests.hub.client import Client
from tests.hub.live_server import LiveServer

LONG = b"x" * (HEAD_BYTES + 1)
UPGRADE = (
    b"GET /live HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n%s"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def answered(live: LiveServer, *parts: bytes) -> bytes:
    """What the server says until it hangs up, or until the parts are sent and answered."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=60) as line:
        try:
            for part in parts:
                line.sendall(part)
            return line.recv(4096)
        except (BrokenPipeError, ConnectionResetError):
            return b"cut off"


@pytest.mark.parametrize(
    "parts",
    [
        (b"GET /healthz HTTP/1.1\r\nhost: x\r\nlong: ", LONG, b"\r\n\r\n"),
        (b"GET /healthz HTTP/1.1\r\nhost: x\r\nlong: " + LONG + b"\r\n\r\n",),
        (b"GET /" + LONG + b" HTTP/1.1\r\nhost: x\r\n\r\n",),
        (b"GET /healthz HTTP/1.1\r\nhost: x\r\n", b"a: b\r\n" * 40_000),
    ],
)
def test_too_long_a_head_is_turned_away(live: LiveServer, parts: tuple[bytes, ...]) -> None:
    said = answered(live, *parts)
    assert said == b"cut off" or b" 431 " in said, said


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /healthz HTTP/1.1\r\nlong: ",
        b"POST /healthz HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nlong: ",
    ],
)
def test_a_header_or_trailer_without_end_is_cut_off(live: LiveServer, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", live.port), timeout=60) as line:
        line.sendall(begun)
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            line.sendall(b"x" * 64 * 1024 * 1024)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", b" 200 "),
        (b"GET /healthz HTTP/1.0\r\n\r\n", b" 200 "),
        (b"GET /healthz HTTP/1.1\r\n\r\n", b" 400 "),
        (b"GET /healthz HTTP/1.1\r\nhost: x\r\nHost: x\r\n\r\n", b" 400 "),
        (b"GET /healthz HTTP/1.0\r\nhost: x\r\nhost: y\r\n\r\n", b" 400 "),
        (UPGRADE % b"", b" 400 "),
        (UPGRADE % b"host: x\r\nhost: y\r\n", b" 400 "),
        (UPGRADE % b"host: x\r\n", b" 101 "),
    ],
)
def test_a_head_names_one_host(live: LiveServer, head: bytes, status: bytes) -> None:
    """Falls over without `raise HostUnclear` in displays/heads.py."""
    live.show({})
    assert status in answered(live, head)[:14]


def test_a_head_that_does_not_come_is_not_waited_for(
    live: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.05)
    for begun in (b"", b"GET /healthz HTTP/1.1\r\nhost"):
        with socket.create_connection(("127.0.0.1", live.port), timeout=60) as line:
            line.sendall(begun)
            assert line.recv(100) == b""


def test_long_heads_within_the_limit_and_sockets_are_served(live: LiveServer) -> None:
    cookie = b"cookie: a=" + b"x" * (HEAD_BYTES - 4096)
    said = answered(live, b"GET /healthz HTTP/1.1\r\nhost: x\r\n" + cookie + b"\r\n\r\n")
    assert b" 200 " in said
    client = Client(live.url).dial()
    client.hear()
    client.hang_up()
