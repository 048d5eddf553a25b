"""What is sent by halves is neither kept without end nor waited for without end."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from displays import joined
from tests.attack.frames import FIRST_PART, LAST_PART, NEXT_PART, PONG, TEXT, frame, goodbye
from tests.hub.live_server import LiveServer, until
from tests.hub.test_nonsense import HANDSHAKE

SOON = 0.4


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """A server with less patience than in a shop."""
    monkeypatch.setattr(joined, "UNFINISHED_SECONDS", SOON)
    server = LiveServer(ws_ping_interval=SOON, ws_ping_timeout=SOON).start()
    server.show({"job-a": "<li>a</li>"})
    yield server
    server.stop()


def _channel(live: LiveServer) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", live.port), timeout=60)
    line.sendall(HANDSHAKE.format(path="/live", more="").encode())
    said = b""
    while b'"beat"' not in said:
        said += line.recv(65536)
    return line


def _unfinished(live: LiveServer) -> bool:
    """Whether the server has begun to wait for the end of a message."""
    wires = [screen.wire for screen in live.hub.screens()]
    return all(isinstance(wire, joined.JoinedWire) and wire._unfinished for wire in wires)


def _answering_pings(line: socket.socket, live: LiveServer) -> bytes:
    """What comes until the server hangs up, to a peer that answers each ping for 20 seconds."""
    said, until_when = b"", time.monotonic() + 20
    while time.monotonic() < until_when and (part := line.recv(65536)):
        said += part
        at = part.find(b"\x89\x04")
        if at >= 0:
            line.sendall(frame(part[at + 2 : at + 6], PONG))
    return said


def test_a_message_whose_end_never_comes_is_closed(live: LiveServer) -> None:
    """Falls over without `_soon(UNFINISHED_SECONDS, …)` in `displays/joined.py`."""
    with _channel(live) as line:
        line.sendall(frame(b'{"ack": ', FIRST_PART))
        assert goodbye(_answering_pings(line, live)) == 1002
    until(lambda: live.figure("screens") == 0)


def test_parts_that_trickle_do_not_win_time(live: LiveServer) -> None:
    """Falls over when a further part starts the time anew."""
    began = time.monotonic()
    with _channel(live) as line:
        line.sendall(frame(b'{"ack": ', FIRST_PART))
        line.settimeout(SOON / 4)
        said = b""
        while time.monotonic() < began + 10:
            try:
                if not (part := line.recv(65536)):
                    break
                said += part
            except TimeoutError:
                line.sendall(frame(b"", NEXT_PART))
    assert goodbye(said) in (1002, 1009)


def test_parts_that_are_too_much_together_are_refused(live: LiveServer) -> None:
    """Falls over without `sum(map(len, parts)) > INBOUND_BYTES` in `displays/inbound.py`."""
    with _channel(live) as line:
        line.sendall(frame(b"x" * 2000, FIRST_PART))
        line.sendall(frame(b"x" * 2000, NEXT_PART) + frame(b"x" * 2000, LAST_PART))
        assert goodbye(_answering_pings(line, live)) == 1009
    until(lambda: live.figure("screens") == 0)


def test_a_frame_whose_end_never_comes_is_cut_off(live: LiveServer) -> None:
    """Falls over without `wire.abort()` in `displays/keepalive.py`."""
    with _channel(live) as line:
        line.sendall(frame(b'{"ack": ', TEXT, claimed=4000))
        with suppress(ConnectionResetError):
            while line.recv(65536):
                pass
    until(lambda: live.figure("screens") == 0)


def test_a_message_in_parts_that_comes_in_time_is_heard(live: LiveServer) -> None:
    """Falls over without `self._has_finished()` where a message is whole."""
    with _channel(live) as line:
        line.sendall(frame(b'{"ack"', FIRST_PART))
        until(lambda: live.do(lambda: _unfinished(live)))
        line.sendall(frame(b": 7}", LAST_PART))
        until(lambda: live.do(lambda: [each.acked for each in live.hub.screens()]) == [7])
        ended = time.monotonic() + 3 * SOON
        while time.monotonic() < ended:
            part = line.recv(65536)
            assert part
            if (at := part.find(b"\x89\x04")) >= 0:
                line.sendall(frame(part[at + 2 : at + 6], PONG))
        assert live.figure("screens") == 1


def test_parts_without_end_are_too_many(live: LiveServer) -> None:
    """Falls over without `if len(parts) > INBOUND_PARTS` in `displays/inbound.py`."""
    with _channel(live) as line:
        line.sendall(frame(b"", FIRST_PART) + frame(b"", NEXT_PART) * 50)
        assert goodbye(_answering_pings(line, live)) == 1009
