"""The doorbell through Redis, the only file that knows it: rings and presence, nothing kept there.

Once a second every process tells of its screens and must hear itself: that proves both ways.
"""

import asyncio
import logging
import math
import random
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlsplit

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from board.doorbell import Heard, Rings, read_rings, rings_text
from board.presence import Gathering, Presence, Unreadable, presence_text, read_presence

TELL_SECONDS = 0.8
ANSWER_SECONDS = 1.0
SILENT_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 2.0
POISON_TOLD_SECONDS = 60.0

LOG = logging.getLogger("baylight")


def require_address(url: str) -> None:
    """ValueError, with a sentence, for an address to which no connection could be made."""
    parts = urlsplit(url)
    if parts.scheme != "unix" and not re.fullmatch(r"(/[0-9]*)?", parts.path):
        raise ValueError("the database after the host must be a number, as in redis://host:6379/0")
    try:
        pool = Redis.from_url(url).connection_pool
        pool.connection_class(**pool.connection_kwargs)
    except (TypeError, AttributeError):
        # The library's words are about its own code.
        names = ", ".join(sorted(parse_qs(parts.query, keep_blank_values=True)))
        raise ValueError(f"an option after the ? is not possible: {names}") from None
    except RedisError as error:
        raise ValueError(str(error)) from None


def channels(house: str) -> tuple[str, str]:
    """Where the bells of a house tell their rings, and their presence."""
    return f"baylight:{house}:rings", f"baylight:{house}:presence"


@dataclass(slots=True)
class Counts:
    """What happened since the start; `bell_poisoned` is what no process of ours would say."""

    bell_rung: int = 0
    bell_heard: int = 0
    bell_poisoned: int = 0
    bell_failed: int = 0


class RedisBell:
    """The bell of one process among many; `tell` says which screens this one has."""

    def __init__(self, url: str, house: str, own: str, tell: Callable[[], Presence]) -> None:
        """Bells of one `house` hear each other; `own` names this process. Nothing is connected
        before `run`. ValueError for an address that is none.
        """
        require_address(url)
        self._rings, self._presence = channels(house)
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        self._own = own
        self._tell = tell
        self._answered: list[Heard] = []
        self._rung: dict[str, int] = {}
        self._waiting = asyncio.Event()
        self._gathering = Gathering(time.monotonic)
        self._counts = Counts()
        self._heard_ourselves = 0.0
        self._poison_told_at = -math.inf
        self._leaving = False
        self.fault = ""

    @property
    def figures(self) -> Mapping[str, float]:
        """Counts since the start by name, and whether the bell is away."""
        counts = {name: float(count) for name, count in asdict(self._counts).items()}
        return {**counts, "bell_away": float(bool(self.fault))}

    def ring(self, shop_id: str, seq: int) -> None:
        """Tell the other processes soon; what comes meanwhile travels together."""
        self._rung[shop_id] = max(seq, self._rung.get(shop_id, 0))
        self._waiting.set()

    def answer(self, heard: Heard) -> None:
        """Call `heard` for every ring, our own included."""
        self._answered.append(heard)

    def others(self) -> Collection[Presence]:
        """What the other processes have told of their screens lately."""
        return self._gathering.others(self._own)

    async def run(self) -> None:
        """Ring, tell and listen until cancelled; a Redis that is away is tried again and again."""
        works = (self._ring_on, self._tell_on, self._listen)
        tasks = [asyncio.create_task(self._again_and_again(work)) for work in works]
        try:
            await asyncio.gather(*tasks)
        finally:
            # A cancellation may be lost inside the library, so that it alone is not enough.
            self._leaving = True
            self._waiting.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._redis.aclose()

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        pause = 0.1
        while not self._leaving:
            began = time.monotonic()
            try:
                await work()
            except (RedisError, OSError) as error:
                self._counts.bell_failed += 1
                self._lost(f"{type(error).__name__}: {error}")
            except Exception:
                self._lost("a defect, see the log")
                LOG.exception("the doorbell failed")
            steady = time.monotonic() - began > LONGEST_PAUSE_SECONDS
            pause = 0.1 if steady else min(2 * pause, LONGEST_PAUSE_SECONDS)
            # Many processes must not come back at one moment.
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))

    def _lost(self, reason: str) -> None:
        if not self.fault:
            LOG.warning("the doorbell does not get through: %s", reason)
        self.fault = f"Redis cannot be used ({reason}): check it and REDIS_URL."

    def _found(self) -> None:
        self._heard_ourselves = time.monotonic()
        if self.fault:
            LOG.warning("the doorbell gets through again")
        self.fault = ""

    async def _ring_on(self) -> None:
        while not self._leaving:
            await self._waiting.wait()
            self._waiting.clear()
            rung, self._rung = self._rung, {}
            await self._redis.publish(self._rings, rings_text(rung))
            self._counts.bell_rung += 1

    async def _tell_on(self) -> None:
        while not self._leaving:
            await self._redis.publish(self._presence, presence_text(self._tell()))
            await asyncio.sleep(TELL_SECONDS)

    async def _listen(self) -> None:
        async with self._redis.pubsub() as line:
            await line.subscribe(self._rings, self._presence)
            self._heard_ourselves = time.monotonic()
            while not self._leaving:
                await self._hear_one(line)
                if time.monotonic() - self._heard_ourselves > SILENT_SECONDS:
                    raise TimeoutError("it does not answer")

    async def _hear_one(self, line: PubSub) -> None:
        message = await line.get_message(ignore_subscribe_messages=True, timeout=ANSWER_SECONDS)
        if message is None:
            return
        try:
            if message["channel"] == self._rings.encode():
                self._sound(read_rings(message["data"]))
            else:
                self._hear_of(read_presence(message["data"]))
        except Unreadable as error:
            self._drop(error)

    def _drop(self, error: Unreadable) -> None:
        """Count what is no ring; the log is told once a minute, however many there are."""
        self._counts.bell_poisoned += 1
        if time.monotonic() - self._poison_told_at >= POISON_TOLD_SECONDS:
            self._poison_told_at = time.monotonic()
            so_far = self._counts.bell_poisoned
            LOG.warning("dropped what is no ring, %s so far: %s", so_far, str(error)[:200])

    def _sound(self, rings: Rings) -> None:
        self._counts.bell_heard += 1
        for shop_id, seq in rings.items():
            for heard in self._answered:
                heard(shop_id, seq)

    def _hear_of(self, presence: Presence) -> None:
        self._gathering.hear(presence)
        if presence.process == self._own:
            self._found()
