"""A screen that stops reading costs nobody else anything, and finds its way back by itself."""

import asyncio
import json
import os
import random
import signal
import socket
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from displays.protocol import UNSENT_BYTES
from tests.hub.live_server import LiveServer, until
from tests.hub.test_nonsense import HANDSHAKE

ROOT = Path(__file__).parents[2]
OTHERS = 49
BYTES = 60_000


@pytest.fixture
def follower(live: LiveServer) -> Iterator[subprocess.Popen[str]]:
    """A screen of its own process, connected."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hub.follower", live.url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def hard_to_compress(mark: str) -> str:
    letters = random.Random(mark).choices(string.ascii_letters + string.digits, k=BYTES)
    return f"<li>{mark:<10}" + "".join(letters) + "</li>"


async def reads_until(url: str, mark: str) -> None:
    async with connect(url, proxy=None) as line:
        async for message in line:
            if mark in str(message):
                return


def longest_queue(live: LiveServer) -> int:
    """The most bytes that any one screen keeps waiting."""
    return live.do(lambda: max((screen.wire.unsent() for screen in live.hub.screens()), default=0))


async def keep_publishing(live: LiveServer, done: Callable[[], bool]) -> list[int]:
    """Publish large changes until `done`; the longest queue after each."""
    unsent: list[int] = []
    async with asyncio.timeout(60):
        while not done():
            text = hard_to_compress(f"n{len(unsent)}")
            await asyncio.to_thread(live.publish, {"job-a": text})
            unsent.append(await asyncio.to_thread(longest_queue, live))
    return unsent


async def scene(live: LiveServer) -> list[int]:
    async with asyncio.TaskGroup() as group:
        for _ in range(OTHERS):
            group.create_task(reads_until(live.url, "the end"))
        unsent = await keep_publishing(live, lambda: live.hub.counts.cut_off == 1)
        await asyncio.to_thread(live.publish, {"job-b": "<li>the end</li>"})
    return unsent


def test_a_stopped_screen_is_cut_off_and_is_current_again_on_return(
    live: LiveServer, follower: subprocess.Popen[str]
) -> None:
    os.kill(follower.pid, signal.SIGSTOP)
    unsent = asyncio.run(scene(live))
    one_frame = BYTES + 1000
    assert UNSENT_BYTES < max(unsent) < UNSENT_BYTES + one_frame
    os.kill(follower.pid, signal.SIGCONT)
    assert follower.stdout is not None
    for line in follower.stdout:
        if json.loads(line)["marks"]["job-b"] == "<li>the end</li>":
            break
    assert live.figure("stuck") >= 1


def test_a_silent_peer_with_a_full_buffer_does_not_outlive_its_ping() -> None:
    server = LiveServer(ws_ping_interval=0.3, ws_ping_timeout=0.3).start()
    server.show({"job-a": hard_to_compress("n")})
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", server.port))
        line.sendall(HANDSHAKE.format(path="/live", more="").encode())
        until(lambda: server.figure("screens") == 1)
        for number in range(12):
            server.publish({"job-a": hard_to_compress(f"n{number}")})
        until(lambda: server.figure("screens") == 0, seconds=4)
        assert server.figure("cut_off") == 0
    server.stop()
