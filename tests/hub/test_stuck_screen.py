"""A screen that stops reading costs nobody else anything, and finds its way back by itself."""

import asyncio
import json
import os
import random
import signal
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from displays.protocol import UNSENT_BYTES
from tests.hub.live_server import LiveServer

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


async def keep_publishing(live: LiveServer, done: Callable[[], bool]) -> list[float]:
    """Publish large changes until `done`; what was unsent after each."""
    unsent: list[float] = []
    async with asyncio.timeout(10):
        while not done():
            text = hard_to_compress(f"n{len(unsent)}")
            await asyncio.to_thread(live.publish, {"job-a": text})
            unsent.append(await asyncio.to_thread(live.figure, "unsent_bytes"))
    return unsent


async def scene(live: LiveServer) -> list[float]:
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
    # Others may briefly have a frame under way; what the stopped one holds back is bounded.
    assert unsent[-2] <= (UNSENT_BYTES + 2 * BYTES) + OTHERS * BYTES
    assert max(unsent) > UNSENT_BYTES
    os.kill(follower.pid, signal.SIGCONT)
    assert follower.stdout is not None
    for line in follower.stdout:
        if json.loads(line)["marks"]["job-b"] == "<li>the end</li>":
            break
    assert live.figure("stuck") >= 1
