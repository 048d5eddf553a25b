"""What is no ring is dropped, counted and written down; nothing on the bus is ever run."""

import os
import pickle
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis import Redis

from board.doorbell import read_rings
from board.presence import AUDIENCES, Unreadable, read_presence
from displays.audiences import audiences
from tests.attack.strange import VALUES
from tests.attack.target import Target
from tests.desk.bells import channels_of
from tests.e2e.running import running_shop, until
from tests.e2e.watching import Watcher
from tests.servers.redis_server import RedisServer


class Trap:
    """Pickled, it makes a file where it is read."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self._file),))


def _poison(trap: Path) -> list[bytes]:
    return [
        pickle.dumps(Trap(trap)),
        b"",
        b"\0",
        b"[" * 60_000,
        b'{"shop": "x"}',
        b'{"shop": -1}',
        b'{"shop": 99999999999999999999}',
        b'{"shop": 1e400}',
        b'{"__proto__": {}}',
        b'{"process": 1}',
        b'{"process": "p", "audiences": {"board": 254000000000000000000}}',
        b'{"process": "q", "audiences": {"tv": -1}}',
        b'{"process": "r", "audiences": {"<script>": 1}}',
        b"x" * 100_000,
        '{"shop\u202e": 1}'.encode(),
        b"!!python/object/apply:os.system ['id']",
    ]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.one_of(st.binary(max_size=100), VALUES.map(lambda value: repr(value).encode())))
@pytest.mark.parametrize("read", [read_rings, read_presence])
def test_bytes_are_what_we_say_or_unreadable(read: object, data: bytes) -> None:
    """Falls over without `except (msgspec.DecodeError, RecursionError)` in `board/doorbell.py`
    and `board/presence.py`.
    """
    assert callable(read)
    try:
        assert read(data) is not None
    except Unreadable:
        return


def _figure(target: Target, name: str) -> float:
    found = re.search(rf"^baylight_{name} (\S+)", target.shop.get("/metrics")[1].decode(), re.M)
    assert found
    return float(found[1])


def test_a_poisoned_bus_harms_no_screen(tmp_path: Path, private_redis: RedisServer) -> None:
    """Falls over without `except Unreadable` or the pause of `_drop` in `board/doorbell_redis.py`,
    and without either check of the counts in `read_presence`; a pickle would make a folder.
    """
    trap = tmp_path / "trap"
    folder = tmp_path / "shop"
    folder.mkdir()
    with (
        running_shop(folder, REDIS_URL=private_redis.url) as shop,
        Redis.from_url(private_redis.url) as bus,
    ):
        target = Target(shop)
        screen = Watcher(target.anna, "board").dial()
        screen.hear()
        poison = _poison(trap)
        rings, presence = channels_of(folder / "data")
        with target.flat():
            for _ in range(20):
                for data in poison:
                    bus.publish(rings, data)
                    bus.publish(presence, data)
            bus.publish(rings, b'{"no-such-shop": 7, "shop-1": 9223372036854775807}')
            until(lambda: _figure(target, "bell_poisoned") >= 10 * len(poison))
        began = time.monotonic()
        job = target.receive()
        while f"job-{job}" not in screen.regions:
            screen.hear()
        assert time.monotonic() - began < 5
        assert not trap.exists()
        assert "Traceback" not in shop.log.read_text()
        assert shop.log.read_text().count("dropped what is no ring") in (1, 2)
        metrics = shop.get("/metrics")[1].decode()
        assert "script" not in metrics
        assert set(re.findall(r"^baylight_screens_everywhere_\w+ (\S+)$", metrics, re.M)) <= {"1.0"}


def test_every_audience_may_be_told() -> None:
    assert set(audiences()) == AUDIENCES
