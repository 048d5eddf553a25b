"""The broker's socket is read in large pieces, and nothing in them is forgotten."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator

import pytest

from devices.deliveries import MOST_WAITING, Deliveries, Delivery
from devices.mqtt_line import MOST_AT_ONCE
from devices.mqtt_socket import LargeReads
from tests.devices.bridges import ACCEPTED, bridge_to, listening, local, packet, played
from tests.devices.waiting import next_message


@pytest.fixture
def line() -> Iterator[tuple[LargeReads, socket.socket]]:
    """Our end, and the broker's."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    yield LargeReads(ours), theirs
    ours.close()
    theirs.close()


def test_bytes_come_in_the_pieces_that_are_asked_for(
    line: tuple[LargeReads, socket.socket],
) -> None:
    ours, theirs = line
    theirs.send(b"abcdef")
    assert [ours.recv(1), ours.recv(1), ours.recv(10)] == [b"a", b"b", b"cdef"]


def test_what_was_read_already_is_told(line: tuple[LargeReads, socket.socket]) -> None:
    ours, theirs = line
    theirs.send(b"abcdef")
    assert ours.pending() == 0, "nobody has asked yet"
    ours.recv(2)
    assert ours.pending() == 4
    ours.recv(4)
    assert ours.pending() == 0


def test_an_empty_line_is_said_to_be_empty(line: tuple[LargeReads, socket.socket]) -> None:
    ours, theirs = line
    with pytest.raises(BlockingIOError):
        ours.recv(1)
    theirs.send(b"a")
    theirs.close()
    assert [ours.recv(5), ours.recv(5), ours.recv(5)] == [b"a", b"", b""]


def test_what_is_sent_goes_out_at_once(line: tuple[LargeReads, socket.socket]) -> None:
    ours, theirs = line
    assert ours.send(b"hello") == 5
    assert theirs.recv(10) == b"hello"


def test_what_came_in_one_piece_is_heard_to_its_end() -> None:
    """Falls over without `_read_on` in `devices/mqtt_line.py`: of a broker that says no more,
    nothing else wakes the reader.
    """
    most = 5 * MOST_AT_ONCE

    async def scenario() -> list[Delivery]:
        async with listening(_says(most)) as port, bridge_to(local(port)) as (_, deliveries):
            return [await next_message(deliveries) for _ in range(most)]

    assert len(asyncio.run(scenario())) == most


def test_what_is_heard_has_its_turn_between_two_readings() -> None:
    """Falls over without `_read_unless_read_on` in `devices/mqtt_line.py`: each wake-up of the line
    would begin a row of readings of its own, and what waits for us would have no room.
    """
    most = 2 * MOST_WAITING

    async def scenario() -> Deliveries:
        async with listening(_says(most)) as port, bridge_to(local(port)) as (_, deliveries):
            left = most
            while left and not deliveries.dropped:
                await deliveries.wait(1.0)
                taken = [deliveries.take() for _ in range(4 * MOST_AT_ONCE)]
                left -= sum(isinstance(one, Delivery) for one in taken)
                await asyncio.sleep(0)
            return deliveries

    assert asyncio.run(scenario()).dropped == 0


def _says(
    most: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A broker that says so much at once, then nothing more."""

    async def play(
        connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(ACCEPTED)
        subscribe = await packet(reader)
        granted = b"\x90\x04" + subscribe[:2] + b"\x00\x01"
        writer.write(granted + b"\x30\x05\x00\x01a\x00x" * most)
        await reader.read(-1)

    return played(play)
