"""Whoever sends without end on a socket is closed; memory stays, and others are served."""

import json
import socket
from contextlib import suppress

import pytest

from tests.attack.frames import PING, PONG, TEXT, frame, goodbye, noise
from tests.attack.target import MEGABYTE, Target

RESYNC = frame(json.dumps({"resync": {"boot": None, "rev": None}}).encode())
FLOODS = {
    "10,000 resyncs": RESYNC * 10_000,
    "10,000 acknowledgements": frame(b'{"ack": 1}') * 10_000,
    "100,000 pings": frame(b"", PING) * 100_000,
    "100,000 pongs nobody asked for": frame(b"x", PONG) * 100_000,
    "32 megabytes in one frame": frame(noise(MEGABYTE), TEXT, claimed=32 * MEGABYTE) * 2,
    "32 megabytes of nothing": noise(1) + bytes(2 * MEGABYTE),
}


def _sent(line: socket.socket, flood: bytes) -> None:
    with suppress(OSError):
        line.sendall(flood)


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_closes_its_own_socket_only(target: Target, flood: bytes) -> None:
    """Falls over without any bound on what a socket may send."""
    with target.unharmed(), target.flat(), target.channel() as line:
        _sent(line, flood)
        assert goodbye(target.told(line)) in (1002, 1007, 1009, None)


def test_a_flood_of_bytes_is_closed_whatever_they_are(target: Target) -> None:
    """Falls over without `self._affords(len(data))` in `displays/joined.py`: what is heard is
    slow enough for the count of messages, and still too much.
    """
    with target.channel() as line:
        for number in range(19):
            padded = b'{"ack": %d' % number + b" " * 4000 + b"}"
            _sent(line, frame(padded))
        assert goodbye(target.told(line)) == 1002


@pytest.mark.parametrize(
    "flood",
    [frame(b'{"ack": 1}') * 21, frame(b"", PING) * 600, frame(b"", PONG) * 600],
    ids=["messages", "pings", "pongs"],
)
def test_a_flood_of_small_frames_is_closed_for_their_number(target: Target, flood: bytes) -> None:
    """Falls over by messages without `if self._is_flooding(…)` in `displays/socket.py`, by pings
    and pongs without `self._affords(FRAME_BYTES)` in `displays/joined.py`: in bytes they are few.
    """
    with target.channel() as line:
        _sent(line, flood)
        line.settimeout(3)
        assert goodbye(target.told(line)) == 1002


def test_sixty_floods_at_once_do_not_fill_the_memory(target: Target) -> None:
    """Falls over without the same lines."""
    with target.unharmed(), target.flat():
        lines = [target.channel() for _ in range(60)]
        for line in lines:
            line.setblocking(False)
            with suppress(OSError):
                line.send(RESYNC * 2_000)
        for line in lines:
            line.setblocking(True)
            target.told(line)
            line.close()
