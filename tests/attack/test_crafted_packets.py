"""Bytes by chance, on the socket and before it: the process and the other screens live."""

import socket
from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.attack.frames import frame, goodbye
from tests.attack.target import Target

ROUNDS = 60
BY_CHANCE = settings(
    max_examples=ROUNDS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PAYLOADS = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b'{"ack": 1}', b'{"resync": {}}', b"[" * 4000, b"\xed\xa0\x80", b"\0"]),
)
FRAMES = st.builds(
    frame, PAYLOADS, st.integers(0, 255), st.one_of(st.none(), st.integers(0, 2**63 - 1))
)
PACKETS = st.lists(st.one_of(FRAMES, st.binary(max_size=40)), min_size=1, max_size=6)
UPGRADE = (
    "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
)
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"

METHODS = st.sampled_from(["GET", "POST", "PUT", "TRACE", "CONNECT", "PRI", "G\0T", "", "X" * 300])
TARGETS = st.one_of(
    st.sampled_from(["/", "*", "//", "/live/board", "http://a/", "/%00", "/\xff", "a" * 9000]),
    st.text(st.characters(max_codepoint=255), max_size=40),
)
HEADERS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Host: a",
                "Host: a\r\nHost: b",
                "Host:",
                "Content-Length: -1",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 3",
                "Upgrade: websocket\r\nConnection: Upgrade",
                "Upgrade: h2c\r\nConnection: Upgrade",
                "Sec-WebSocket-Key: x",
                "Sec-WebSocket-Version: 99",
                "Cookie: baylight_session_http=\xff; ;;==",
                "Cookie: " + "a=b; " * 3000,
                "Authorization: Bearer \x01",
                "Origin: \xff",
                "Accept-Language: " + "zh," * 3000,
                "Expect: 100-continue",
                " folded: x",
                "no colon",
            ]
        ),
        st.text(st.characters(max_codepoint=255), max_size=40),
    ),
    max_size=8,
).map("\r\n".join)
BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"x" * 70_000]
    ),
)


def _exchange(line: socket.socket, data: bytes) -> bytes:
    line.settimeout(0.05)
    said = b""
    with suppress(OSError):
        line.sendall(data)
        while goodbye(said) is None and (part := line.recv(65536)):
            said += part
    return said


def test_packets_by_chance_on_a_socket(target: Target) -> None:
    """Falls over without `except UnicodeDecodeError` in `displays/joined.py`."""
    with target.unharmed(), target.flat():

        @BY_CHANCE
        @example([frame(b"\xff\xfe")], False)
        @given(PACKETS, st.booleans())
        def attack(packets: list[bytes], deflate: bool) -> None:
            with target.channel(DEFLATE if deflate else "") as line:
                _exchange(line, b"".join(packets))

        attack()


def test_requests_by_chance(target: Target) -> None:
    """Falls over when anything sent is answered with a 5xx, ends in a traceback or costs memory.

    `event.path.isascii()` in `displays/protocol.py` is a second fence: this holds without it.
    """
    with target.unharmed(), target.flat():

        @BY_CHANCE
        @example("GET", "/\xff", UPGRADE, b"")
        @given(METHODS, TARGETS, HEADERS, BODIES)
        def attack(method: str, path: str, headers: str, body: bytes) -> None:
            head = f"{method} {path} HTTP/1.1\r\n{headers}\r\n\r\n"
            with target.line() as line:
                said = _exchange(line, head.encode("latin-1") + body)
            assert not said.startswith(b"HTTP/1.1 5"), (head, said)

        attack()


def test_bytes_by_chance(target: Target) -> None:
    """Falls over when the parser's error is not answered."""
    with target.unharmed():

        @BY_CHANCE
        @given(st.binary(min_size=1, max_size=300))
        def attack(data: bytes) -> None:
            with target.line() as line:
                _exchange(line, data)

        attack()
