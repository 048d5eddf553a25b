"""Askers that never give up: each command has a key and is asked again until it is answered.

So a killed server may neither lose what it acknowledged nor do what is repeated twice.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from bench.askers import Ask, day_of

AGAIN_SECONDS = 0.1
ANSWER_SECONDS = 10.0
GIVEN_UP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the acknowledged commands."""

    lost: list[str]
    twice: list[str]


class Askers:
    """One thread per key, each with jobs of its own and one command every `pause` seconds."""

    def __init__(
        self, ports: Sequence[int], keys: Sequence[str], jobs: Sequence[str], pause: float
    ) -> None:
        self.acknowledged: dict[str, int] = {}
        self.faults: list[BaseException] = []
        self.repeats = 0
        self._ports, self._keys, self._pause = ports, keys, pause
        self._going, self._over = threading.Event(), threading.Event()
        self._turns = [threading.Lock() for _ in keys]
        self._threads = [
            threading.Thread(target=self._work, args=(n, jobs[n :: len(keys)]), daemon=True)
            for n in range(len(keys))
        ]

    def start(self) -> None:
        """Begin to ask."""
        self._going.set()
        for thread in self._threads:
            thread.start()

    def go_on(self) -> None:
        """Ask again after a rest."""
        self._going.set()

    def rest(self) -> int:
        """Wait until every command under way is answered; the highest acknowledged number."""
        self._going.clear()
        for turn in self._turns:
            with turn:
                pass
        if self.faults:
            raise self.faults[0]
        return self.highest()

    def highest(self) -> int:
        """The highest number of the journal that was acknowledged."""
        return max(self.acknowledged.values(), default=0)

    def end(self) -> None:
        """Ask nothing more."""
        self._over.set()
        self._going.set()

    def _work(self, number: int, jobs: Sequence[str]) -> None:
        deeds = day_of(jobs, number * 37)
        pause = self._pause
        due = time.monotonic() + pause * number / len(self._keys)
        try:
            for done, deed in enumerate(deeds):
                time.sleep(max(0.0, due - time.monotonic()))
                due = max(due + pause, time.monotonic())
                self._going.wait()
                with self._turns[number]:
                    if self._over.is_set():
                        return
                    key = f"bench-{number}-{done}"
                    self.acknowledged[key] = self._until_answered(number, key, deed)
        except BaseException as fault:
            self.faults.append(fault)

    def _until_answered(self, number: int, key: str, deed: Ask) -> int:
        deadline = time.monotonic() + GIVEN_UP_SECONDS
        for attempt in range(10_000):
            # Whoever is cut off comes to another process with the next try.
            port = self._ports[(number + attempt) % len(self._ports)]
            status, answer = self._ask(port, self._keys[number], key, deed)
            if status == 200:
                self.repeats += attempt > 0
                return int(str(answer["seq"]))
            if status not in (0, 503) or time.monotonic() > deadline:
                break
            time.sleep(AGAIN_SECONDS)
        raise RuntimeError(f"{deed}: {status} {answer}")

    @staticmethod
    def _ask(port: int, token: str, key: str, deed: Ask) -> tuple[int, dict[str, object]]:
        name, body = deed
        line = HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        head = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            line.request("POST", f"/api/v1/commands/{name}", json.dumps(body), head)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, HTTPException) as silence:
            return 0, {"silence": repr(silence)}
        finally:
            line.close()

    def kept(self, events: Sequence[dict[str, object]]) -> Kept:
        """What of the acknowledged the journal lacks, and what it has twice."""
        last: dict[str, int] = {}
        times: Counter[tuple[str, str]] = Counter()
        for event in events:
            key = str(event["command_id"]).rpartition(":")[2]
            last[key] = int(str(event["seq"]))
            times[key, str(event["kind"])] += 1
        lost = [key for key, seq in self.acknowledged.items() if last.get(key) != seq]
        twice = sorted({key for (key, _kind), often in times.items() if often > 1})
        return Kept(lost, [key for key in twice if key in self.acknowledged])


@contextmanager
def asking(
    ports: Sequence[int], keys: Sequence[str], jobs: Sequence[str], a_second: float
) -> Iterator[Askers]:
    """Askers at work, all together `a_second` commands a second."""
    askers = Askers(ports, keys, jobs, len(keys) / a_second)
    askers.start()
    try:
        yield askers
    finally:
        askers.end()
