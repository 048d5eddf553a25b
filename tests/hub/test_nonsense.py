"""Whatever a peer sends, it is closed with a fitting code, and the server's log stays clean."""

import logging
import os
import socket
import struct
import zlib
from collections.abc import Callable

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.hub.client import Client
from tests.hub.live_server import LiveServer, until
from tests.hub.test_connection import close_code

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
)
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"


def frame(payload: bytes, first: int = 0x81, masked: bool = True) -> bytes:
    mask = os.urandom(4)
    flag = 0x80 if masked else 0
    size = len(payload)
    head = (
        struct.pack("!BB", first, flag | size)
        if size < 126
        else struct.pack("!BBH", first, flag | 126, size)
    )
    if not masked:
        return head + payload
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def bomb() -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return (squeeze.compress(b" " * 2_000_000) + squeeze.flush(zlib.Z_SYNC_FLUSH))[:-4]


def answer(live: LiveServer, sent: bytes, path: str = "/live", more: str = DEFLATE) -> bytes:
    """All that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=60) as line:
        line.sendall(HANDSHAKE.format(path=path, more=more).encode("latin-1"))
        got = line.recv(65536)
        line.sendall(sent)
        try:
            while chunk := line.recv(65536):
                got += chunk
        except ConnectionResetError:
            pass
        return got


def goodbye(code: int) -> bytes:
    return struct.pack("!H", code)


@pytest.fixture(autouse=True)
def clean_log(live: LiveServer, caplog: pytest.LogCaptureFixture) -> Callable[[], None]:
    """Fails the test if anything was logged as an error, or if others are no longer served."""

    def check() -> None:
        client = Client(live.url).dial()
        client.hear()
        client.hang_up()
        until(lambda: live.figure("screens") == 0)
        records = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert records == []

    return check


SAID = [
    ("not json", 1007),
    ("", 1007),
    ("[]", 1007),
    ("{}", 1007),
    ("null", 1007),
    ('{"move": "job-a"}', 1007),
    ('{"ack": "12"}', 1007),
    ('{"ack": 1, "more": 2}', 1007),
    ('{"resync": {"boot": 1, "rev": 2}}', 1007),
    ('{"resync": {"rev": 1.5}}', 1007),
    ("[" * 4000, 1007),
    ('{"ack": ' + "1" * 5000 + "}", 1009),
    (b"\x00\x01", 1002),
]


@pytest.mark.parametrize(("said", "code"), SAID)
def test_a_senseless_message_closes_with_its_code(
    live: LiveServer, said: str | bytes, code: int, clean_log: Callable[[], None]
) -> None:
    with connect(live.url, proxy=None) as line:
        line.send(said)
        assert close_code(line) == code
    clean_log()


def test_a_flood_of_messages_is_stopped(live: LiveServer, clean_log: Callable[[], None]) -> None:
    with connect(live.url, proxy=None) as line:
        try:
            for number in range(200):
                line.send(f'{{"ack": {number}}}')
        except ConnectionClosed:
            pass
        assert close_code(line) == 1002
    clean_log()


BYTES = [
    ("unmasked", frame(b'{"ack":1}', masked=False), 1002),
    ("reserved opcode", frame(b"x", first=0x83), 1002),
    ("reserved bit", frame(b"x", first=0xA1), 1002),
    ("not utf-8", frame(b"\xff\xfe"), 1007),
    ("stray continuation", frame(b"x", first=0x80), 1002),
    ("inflates to two megabytes", frame(bomb(), first=0xC1), 1009),
    ("broken deflate", frame(b"\xff\xff\xff\xff", first=0xC1), 1002),
    ("endless empty parts", frame(b"", first=0x01) + frame(b"", first=0x00) * 50, 1009),
    ("long control frame", frame(b"x" * 126, first=0x89), 1002),
]


@pytest.mark.parametrize(("what", "sent", "code"), BYTES, ids=[name for name, _, _ in BYTES])
def test_bytes_against_the_protocol_close_with_their_code(
    live: LiveServer, what: str, sent: bytes, code: int, clean_log: Callable[[], None]
) -> None:
    got = answer(live, sent)
    assert got.startswith(b"HTTP/1.1 101"), what
    assert goodbye(code) in got[-130:]
    clean_log()


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/live", "X-Long: " + "x" * 20_000 + "\r\n"),
        ("/live", "".join(f"X-{number}: 1\r\n" for number in range(200))),
        ("/live?\xff\xfe", ""),
        ("/live", "Sec-WebSocket-Key: twice\r\n"),
    ],
    ids=["long header", "many headers", "bytes in the path", "two keys"],
)
def test_a_bad_handshake_is_refused(
    live: LiveServer, path: str, more: str, clean_log: Callable[[], None]
) -> None:
    assert answer(live, b"", path, more).startswith(b"HTTP/1.1 4")
    clean_log()


def test_a_frame_against_the_protocol_before_the_door_opens_is_refused(
    live: LiveServer, clean_log: Callable[[], None]
) -> None:
    with socket.create_connection(("127.0.0.1", live.port), timeout=60) as line:
        line.sendall(HANDSHAKE.format(path="/live?session=slow", more="").encode())
        until(lambda: live.waiting == 1)
        line.sendall(frame(b"x", first=0x83))
        assert line.recv(65536).startswith(b"HTTP/1.1 400")
        live.do(live.opened.set)
    clean_log()


def test_a_peer_that_pings_without_reading_is_cut_off(
    live: LiveServer, clean_log: Callable[[], None]
) -> None:
    line = socket.create_connection(("127.0.0.1", live.port), timeout=60)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.sendall(HANDSHAKE.format(path="/live", more="").encode())
    pings = frame(b"x" * 125, first=0x89) * 2000
    with line, pytest.raises(OSError, match=r"reset|pipe"):
        line.sendall(pings * 200)
    clean_log()
